/** The page behind "unsubscribe". Opening it changes nothing: mail scanners open links too. */
import { Document } from '../layout.tsx';
import { unsubscribe as text, unsubscribeLead } from '../text/unsubscribe.ts';
import type { Ui } from '../ui.ts';

export type UnsubscribeState = 'question' | 'done' | 'unlinked' | 'nothing' | 'unknown';
type Props = { ui: Ui; state: UnsubscribeState; site: string; linked: boolean };

const ANSWERS = {
  done: [text.done, text.doneLead],
  unlinked: [text.unlinked, text.unlinkedLead],
  nothing: [text.nothing, text.nothingLead],
  unknown: [text.unknown, text.unknownLead],
} as const;

const Question = ({ ui, site, linked }: Omit<Props, 'state'>) => (
  <>
    <h1>{ui.say(text.title)}</h1>
    <p class="lead">{ui.say(unsubscribeLead(site))}</p>
    <form method="post" class="form">
      <button type="submit" name="answer" value="news" class="primary" aria-describedby="withdraw-help">
        {ui.say(text.withdraw)}
      </button>
      <p class="remark" id="withdraw-help">
        {ui.say(text.withdrawHelp)}
      </p>
      {linked && (
        <>
          <button type="submit" name="answer" value="link" class="secondary" aria-describedby="unlink-help">
            {ui.say(text.unlink)}
          </button>
          <p class="remark" id="unlink-help">
            {ui.say(text.unlinkHelp)}
          </p>
        </>
      )}
    </form>
  </>
);

const Answer = ({ ui, state }: { ui: Ui; state: keyof typeof ANSWERS }) => (
  <div role="status">
    <h1>{ui.say(ANSWERS[state][0])}</h1>
    <p class="lead">{ui.say(ANSWERS[state][1])}</p>
  </div>
);

export const UnsubscribePage = ({ ui, state, site, linked }: Props) => (
  <Document ui={ui} title={site === '' ? ui.say(text.title) : site}>
    <main class="narrow" id="main">
      {site !== '' && <p class="brand">{site}</p>}
      {state === 'question' ? <Question ui={ui} site={site} linked={linked} /> : <Answer ui={ui} state={state} />}
    </main>
  </Document>
);
