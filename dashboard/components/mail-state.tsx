/** How mails leave, and how many did: never to whom. */
import type { MailState } from '../../collector/people/mail-state.ts';
import type { MailProblem, MailWay } from '../../collector/people/mail-way.ts';
import { mailPhrases, mails as text, wayWords } from '../text/mails.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

export type Way = Pick<MailWay, 'kind' | 'from'> | { problem: MailProblem };

export const MailStateSection = ({ ui, way, state }: { ui: Ui; way: Way; state: MailState }) => (
  <Section id="state" title={ui.say(text.state)} note={ui.say(text.stateNote)}>
    <dl class="facts roomy">
      {'kind' in way && (
        <>
          <dt>{ui.say(text.way)}</dt>
          <dd>{ui.say(wayWords[way.kind])}</dd>
          <dt>{ui.say(text.from)}</dt>
          <dd>{way.from}</dd>
        </>
      )}
      <dt>{ui.say(text.sent)}</dt>
      <dd>{ui.format.count(state.sent)}</dd>
      <dt>{ui.say(text.waiting)}</dt>
      <dd>
        {ui.format.count(state.waiting)}
        {state.nextAt !== null && state.nextAt > ui.nowMs && (
          <span class="from">{ui.say(mailPhrases.next(ui.format.moment(state.nextAt)))}</span>
        )}
      </dd>
      <dt>{ui.say(text.failed)}</dt>
      {state.failed.length === 0 && <dd>{ui.format.count(0)}</dd>}
      {state.failed.map(({ why, n }) => (
        <dd>
          {ui.format.count(n)} <code>{why}</code>
        </dd>
      ))}
    </dl>
  </Section>
);
