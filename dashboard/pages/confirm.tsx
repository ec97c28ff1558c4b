/** The page behind a confirmation mail's link. Opening it changes nothing: mail scanners open links too. */
import type { Request } from '../../collector/people/confirmation.ts';
import { Document } from '../layout.tsx';
import { atStore, confirmLead, confirm as text } from '../text/confirm.ts';
import type { Ui } from '../ui.ts';

export type ConfirmState = 'pending' | 'confirmed' | 'withdrawn' | 'expired' | 'denied' | 'dropped' | 'unknown';
type Props = { ui: Ui; state: ConfirmState; site: string; address: string; title: string; requests: Request[] };

const ANSWERS = {
  confirmed: [text.confirmed, text.confirmedLead],
  withdrawn: [text.withdrawn, text.withdrawnLead],
  expired: [text.expired, text.expiredLead],
  denied: [text.denied, text.deniedLead],
  dropped: [text.dropped, text.droppedLead],
  unknown: [text.unknown, text.unknownLead],
} as const;

/** What else waits for the same address: one mail a day goes to it, so its link answers for all. Visits are linked where it was them. */
const Requests = ({ ui, requests }: Pick<Props, 'ui' | 'requests'>) => (
  <>
    <dt>{ui.say(requests.length > 1 ? text.asked : text.askedOnce)}</dt>
    {requests.map(({ id, own, at, store, host, linked }) => (
      <dd>
        {ui.format.moment(at)}, {store === null ? host : ui.say(atStore(store))}
        {linked && own && <span class="from">{ui.say(text.linked)}</span>}
        {linked && !own && (
          <label class="claim ticks">
            <input type="checkbox" name="mine" value={id} form="answer" /> {ui.say(text.mine)}
          </label>
        )}
      </dd>
    ))}
  </>
);

const Question = ({ ui, site, address, title, requests }: Omit<Props, 'state'>) => (
  <>
    <h1>{ui.say(text.title)}</h1>
    <p class="lead">{ui.say(confirmLead(site))}</p>
    <dl class="facts">
      <dt>{ui.say(text.address)}</dt>
      <dd>{address}</dd>
      {title !== '' && (
        <>
          <dt>{ui.say(text.subject)}</dt>
          <dd>{title}</dd>
        </>
      )}
      <Requests ui={ui} requests={requests} />
    </dl>
    <form method="post" class="form" id="answer">
      <input type="hidden" name="until" value={String(ui.nowMs)} />
      <button type="submit" name="answer" value="confirm" class="primary">
        {ui.say(text.confirm)}
      </button>
      <button type="submit" name="answer" value="deny" class="secondary" aria-describedby="deny-help">
        {ui.say(text.deny)}
      </button>
      <p class="remark" id="deny-help">
        {ui.say(text.denyHelp)}
      </p>
    </form>
  </>
);

const Answer = ({ ui, state }: { ui: Ui; state: keyof typeof ANSWERS }) => (
  <div role="status">
    <h1>{ui.say(ANSWERS[state][0])}</h1>
    <p class="lead">{ui.say(ANSWERS[state][1])}</p>
  </div>
);

export const ConfirmPage = ({ ui, state, site, address, title, requests }: Props) => (
  <Document ui={ui} title={site === '' ? ui.say(text.title) : site}>
    <main class="narrow" id="main">
      {site !== '' && <p class="brand">{site}</p>}
      {state === 'pending' ? (
        <Question ui={ui} site={site} address={address} title={title} requests={requests} />
      ) : (
        <Answer ui={ui} state={state} />
      )}
    </main>
  </Document>
);
