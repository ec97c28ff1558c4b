/** What was sent to a connection: each message, how its attempts went, and a button to send it again. */
import type { LoggedAttempt, LoggedDelivery } from '../../collector/notify/outlets/delivery-log.ts';
import { isAnnouncementType } from '../../collector/notify/webhooks/announcement-types.ts';
import { connectionPhrases, outcomeWords, connections as text, typeWords } from '../text/connections.ts';
import type { Ui } from '../ui.ts';
import { Table } from './table.tsx';

const CLASSES = { delivered: 'on', waiting: 'amber', failed: 'red' } as const;

const Attempt = ({ ui, one }: { ui: Ui; one: LoggedAttempt }) => (
  <li>
    {ui.say(
      connectionPhrases.attempt(
        ui.format.moment(one.at),
        ui.say(outcomeWords[one.outcome]),
        one.status,
        ui.format.count(one.durationMs),
      ),
    )}
    {one.answer !== '' && <span class="from">{one.answer}</span>}
  </li>
);

export const OutletLog = ({ ui, path, log }: { ui: Ui; path: string; log: readonly LoggedDelivery[] }) => {
  const label = (words: (typeof text)[keyof typeof text]) => ({ label: ui.say(words), plain: ui.say(words) });
  const typeOf = ({ type }: LoggedDelivery) => ui.say(typeWords[isAnnouncementType(type) ? type : 'test']);
  return (
    <Table
      kind="settings"
      caption={ui.say(text.log)}
      first={ui.say(text.message)}
      columns={[label(text.state), label(text.attempts), label(text.again)]}
      rows={log.map((one) => ({
        head: (
          <>
            {typeOf(one)} <span class="from">{ui.format.moment(one.at)}</span>
          </>
        ),
        cells: [
          <>
            <span class={`state ${CLASSES[one.state]}`}>{ui.say(one.state === 'waiting' ? text.pending : text[one.state])}</span>
            {one.nextAt !== null && one.attempts.length > 0 && (
              <span class="from">{ui.say(connectionPhrases.next(ui.format.moment(one.nextAt)))}</span>
            )}
          </>,
          <ul class="attempts">
            {one.attempts.map((attempt) => (
              <Attempt ui={ui} one={attempt} />
            ))}
          </ul>,
          <form method="post" action={path}>
            <input type="hidden" name="act" value="replay" />
            <button
              type="submit"
              name="delivery"
              value={one.id}
              aria-label={`${ui.say(text.again)} – ${typeOf(one)}, ${ui.format.moment(one.at)}`}
            >
              {ui.say(text.again)}
            </button>
          </form>,
        ],
      }))}
    />
  );
};
