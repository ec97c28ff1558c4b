/** Mail of a site: how it leaves, what waits for a decision, who confirms; in the demo, what would have been sent. */
import type { Held } from '../../collector/people/held-opt-ins.ts';
import type { LocalMail } from '../../collector/people/local-mails.ts';
import type { HeldFor } from '../../collector/people/mail-quotas.ts';
import type { MailSettings } from '../../collector/people/mail-settings.ts';
import type { MailState } from '../../collector/people/mail-state.ts';
import type { Site } from '../../collector/store/sites.ts';
import { HeldSection } from '../components/held.tsx';
import { MailSettingsSection } from '../components/mail-settings.tsx';
import { MailStateSection, type Way } from '../components/mail-state.tsx';
import { Outbox } from '../components/outbox.tsx';
import { type Frame, Page } from '../layout.tsx';
import { mailPhrases, problemWords, mails as text } from '../text/mails.ts';
import type { Ui } from '../ui.ts';

/** What was just decided about held sign-ups. */
export type Decided = { decision: 'send' | 'drop'; done: number };
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  way: Way;
  state: MailState;
  held: readonly Held[];
  counts: ReadonlyMap<HeldFor, number>;
  decided: Decided | null;
  /** Null: not for whoever reads this. */
  settings: MailSettings | null;
  problem: 'choice' | { typed: string } | null;
  saved: boolean;
  /** Null outside the demo. */
  outbox: readonly LocalMail[] | null;
};

const Done = ({ ui, decided, left }: { ui: Ui; decided: Decided; left: number }) => {
  const say = decided.decision === 'send' ? mailPhrases.sent : mailPhrases.dropped;
  const rest = left === 0 ? '' : ui.format.count(left);
  return (
    <p class="notice" role="status">
      {ui.say(say(ui.format.count(decided.done), decided.done === 1, rest))}
    </p>
  );
};

export const MailsPage = (props: Props) => {
  const { ui, frame, site, way, state, held, counts, decided, settings, problem, saved, outbox } = props;
  const left = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return (
    <Page ui={ui} frame={frame} place="mails" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/mail">{ui.say(text.help)}</a>
        </p>
      </header>
      {'problem' in way && <p class="notice">{ui.say(mailPhrases.waits(ui.say(problemWords[way.problem])))}</p>}
      {decided && <Done ui={ui} decided={decided} left={left} />}
      {saved && (
        <p class="notice" role="status">
          {ui.say(text.saved)}
        </p>
      )}
      {outbox && <Outbox ui={ui} site={site} mails={outbox} />}
      <HeldSection ui={ui} site={site} held={held} counts={counts} noChoice={problem === 'choice'} />
      <MailStateSection ui={ui} way={way} state={state} />
      {settings && (
        <MailSettingsSection
          ui={ui}
          site={site}
          settings={settings}
          typed={problem !== null && problem !== 'choice' ? problem.typed : null}
        />
      )}
    </Page>
  );
};
