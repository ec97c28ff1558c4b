/** Files of opt-ins: out as a table, with addresses for those who may; unsubscribes, bounces and complaints back in. */
import type { Findings } from '../../collector/import/findings.ts';
import { RETURN_KINDS } from '../../collector/people/returns/return.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import { FileUpload } from '../components/file-upload.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { optInFilePhrases, returnKinds, optInFiles as text } from '../text/opt-in-files.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  seesAddresses: boolean;
  /** Why the file that was just sent was not taken. */
  findings: Findings | null;
  problem: Words | null;
  said: Words | null;
};
const API = '/api/v1/opt-ins.csv';

const Mistakes = ({ ui, findings }: { ui: Ui; findings: Findings }) => (
  <section class="notice" role="alert" aria-labelledby="mistakes">
    <h2 id="mistakes">{ui.say(text.mistakes)}</h2>
    <p>{ui.say(optInFilePhrases.mistakes(ui.format.count(findings.total), findings.total === 1))}</p>
    <ul class="mistakes">
      {findings.mistakes.map(({ line, what }) => (
        <li>
          <b>{ui.say(optInFilePhrases.line(ui.format.count(line)))}</b> {ui.say(what)}
        </li>
      ))}
    </ul>
  </section>
);

const WithAddresses = ({ ui, site }: { ui: Ui; site: Site }) => (
  <form method="post" action={API} class="form">
    <h3>{ui.say(text.addresses)}</h3>
    <input type="hidden" name="site" value={site.key} />
    <label for="reason">{ui.say(text.reason)}</label>
    <input id="reason" name="reason" required minlength={5} maxlength={200} autocomplete="off" aria-describedby="reason-hint" />
    <p class="remark" id="reason-hint">
      {ui.say(text.reasonHint)}
    </p>
    <div class="choice">
      <button type="submit" class="primary">
        {ui.say(text.download)} ({ui.say(text.csv)})
      </button>
      <button type="submit" name="excel" value="fr">
        {ui.say(text.download)} ({ui.say(text.frenchExcel)})
      </button>
    </div>
  </form>
);

const Upload = ({ ui, site, problem }: Pick<Props, 'ui' | 'site' | 'problem'>) => (
  <FileUpload
    ui={ui}
    action={sitePath(site, '/opt-in-files')}
    label={text.file}
    accept=".csv,.txt"
    submit={text.submit}
    problem={problem}
  >
    <label for="kind">{ui.say(text.kind)}</label>
    <select id="kind" name="kind">
      <option value="">{ui.say(text.byColumn)}</option>
      {RETURN_KINDS.map((kind) => (
        <option value={kind}>{ui.say(returnKinds[kind])}</option>
      ))}
    </select>
  </FileUpload>
);

export const OptInFilesPage = ({ ui, frame, site, seesAddresses, findings, problem, said }: Props) => {
  const query = new URLSearchParams({ site: site.key }).toString();
  return (
    <Page ui={ui} frame={frame} place="optInFiles" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/connections">{ui.say(text.help)}</a>
        </p>
      </header>
      {said && (
        <p class="notice" role="status">
          {ui.say(said)}
        </p>
      )}
      {findings && <Mistakes ui={ui} findings={findings} />}
      <Section id="out" title={ui.say(text.out)} note={ui.say(text.outNote)}>
        <p class="choice">
          <a href={`${API}?${query}`}>{ui.say(text.plain)}</a>
          <a href={`${API}?${query}&excel=fr`}>{ui.say(text.excel)}</a>
        </p>
        {seesAddresses ? <WithAddresses ui={ui} site={site} /> : <p class="remark">{ui.say(text.noAddresses)}</p>}
      </Section>
      <Section id="back" title={ui.say(text.back)} note={ui.say(text.backNote)}>
        <Upload ui={ui} site={site} problem={problem} />
      </Section>
    </Page>
  );
};
