/** Sign-ups that wait for somebody's decision, by reason, without addresses: tick some or all, then send or drop. */
import type { Held } from '../../collector/people/held-opt-ins.ts';
import { HELD_FOR, type HeldFor } from '../../collector/people/mail-quotas.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { heldWords, mailPhrases, mails as text } from '../text/mails.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

type Props = { ui: Ui; site: Site; held: readonly Held[]; counts: ReadonlyMap<HeldFor, number>; noChoice: boolean };

const placeOf = ({ store, kiosk, host }: Held) => (store === null ? host : [store, kiosk].filter(Boolean).join(' · '));

const Group = ({ ui, site, reason, held, count }: Pick<Props, 'ui' | 'site' | 'held'> & { reason: HeldFor; count: number }) => {
  const label = (words: (typeof text)[keyof typeof text]) => ({ label: ui.say(words), plain: ui.say(words) });
  return (
    <form method="post" action={sitePath(site, '/mails')} class="held">
      <h3>{ui.say(heldWords[reason])}</h3>
      <Table
        kind="settings"
        caption={ui.say(heldWords[reason])}
        first={ui.say(text.choose)}
        columns={[label(text.received), label(text.place), label(text.wording)]}
        rows={held.map((one) => ({
          head: (
            <label class="pick">
              <input
                type="checkbox"
                name="id"
                value={one.id}
                aria-label={ui.say(mailPhrases.one(ui.format.moment(one.capturedAt), placeOf(one)))}
              />{' '}
              {ui.format.moment(one.capturedAt)}
            </label>
          ),
          cells: [ui.format.ago(one.receivedAt), placeOf(one), one.wording],
        }))}
      />
      <label class="pick">
        <input type="checkbox" name="all" value={reason} /> {ui.say(mailPhrases.all(ui.format.count(count)))}
      </label>
      <div class="decisions">
        <button type="submit" name="decision" value="send">
          {ui.say(text.send)}
        </button>
        <details class="twice">
          <summary>{ui.say(text.drop)}</summary>
          <button type="submit" name="decision" value="drop">
            {ui.say(text.dropForGood)}
          </button>
        </details>
      </div>
    </form>
  );
};

export const HeldSection = ({ ui, site, held, counts, noChoice }: Props) => (
  <Section id="held" title={ui.say(text.held)} note={ui.say(text.heldNote)} wide>
    {noChoice && (
      <p class="problem" role="alert">
        {ui.say(text.noChoice)}
      </p>
    )}
    {counts.size === 0 && <p class="empty">{ui.say(text.nothingHeld)}</p>}
    {HELD_FOR.map((reason) => {
      const some = held.filter((one) => one.heldFor === reason);
      const count = counts.get(reason) ?? 0;
      return count > 0 && <Group ui={ui} site={site} reason={reason} held={some} count={count} />;
    })}
  </Section>
);
