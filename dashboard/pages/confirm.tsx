/** The page behind a confirmation mail's link. Opening it changes nothing: mail scanners open links too. */
import { Document } from '../layout.tsx';
import { confirmLead, confirm as text } from '../text/confirm.ts';
import type { Ui } from '../ui.ts';

export type ConfirmState = 'pending' | 'confirmed' | 'withdrawn' | 'expired' | 'denied' | 'unknown';
type Props = { ui: Ui; state: ConfirmState; site: string; address: string; title: string };

const ANSWERS = {
  confirmed: [text.confirmed, text.confirmedLead],
  withdrawn: [text.withdrawn, text.withdrawnLead],
  expired: [text.expired, text.expiredLead],
  denied: [text.denied, text.deniedLead],
  unknown: [text.unknown, text.unknownLead],
} as const;

const Question = ({ ui, site, address, title }: Omit<Props, 'state'>) => (
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
    </dl>
    <form method="post" class="form">
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

export const ConfirmPage = ({ ui, state, site, address, title }: Props) => (
  <Document ui={ui} title={site === '' ? ui.say(text.title) : site}>
    <main class="narrow" id="main">
      {site !== '' && <p class="brand">{site}</p>}
      {state === 'pending' ? <Question ui={ui} site={site} address={address} title={title} /> : <Answer ui={ui} state={state} />}
    </main>
  </Document>
);
