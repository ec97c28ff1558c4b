/** Imports of a site: a file to read, what was understood of it, and what is shown in the reports. */
import type { Findings } from '../../collector/import/findings.ts';
import type { Import } from '../../collector/import/imports.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import { FileUpload } from '../components/file-upload.tsx';
import { ImportPreview } from '../components/import-preview.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { importPhrases, imports as text, toolNames } from '../text/imports.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  imports: readonly Import[];
  /** Why the file that was just sent was not taken. */
  findings: Findings | null;
  problem: Words | null;
  said: Words | null;
};
const path = (site: Site) => sitePath(site, '/imports');

const Mistakes = ({ ui, findings }: { ui: Ui; findings: Findings }) => (
  <section class="notice" role="alert" aria-labelledby="mistakes">
    <h2 id="mistakes">{ui.say(text.mistakes)}</h2>
    <p>
      {ui.say(
        importPhrases.mistakes(
          ui.format.count(findings.total),
          findings.total === 1,
          findings.total === findings.mistakes.length,
        ),
      )}
    </p>
    <ul class="mistakes">
      {findings.mistakes.map(({ file, line, column, what }) => (
        <li>
          <b>{ui.say(importPhrases.line(file, ui.format.count(line), column))}</b> {ui.say(what)}
        </li>
      ))}
    </ul>
  </section>
);

const Card = ({ ui, site, one }: { ui: Ui; site: Site; one: Import }) => (
  <article class="import">
    <h3>
      {toolNames[one.tool]} <span class="from">{one.about.file}</span>
    </h3>
    <p class="remark">{ui.format.moment(one.madeAt)}</p>
    <ImportPreview ui={ui} one={one} />
    {one.state === 'staged' ? (
      <form method="post" action={path(site)} class="choice">
        <button type="submit" class="primary" name="confirm" value={one.id} disabled={one.days === 0}>
          {ui.say(text.confirm)}
        </button>
        <button type="submit" name="remove" value={one.id}>
          {ui.say(text.discard)}
        </button>
      </form>
    ) : (
      <details class="twice">
        <summary>{ui.say(text.remove)}</summary>
        <form method="post" action={path(site)}>
          <button type="submit" name="remove" value={one.id}>
            {ui.say(text.removeForGood)}
          </button>
        </form>
      </details>
    )}
  </article>
);

export const ImportsPage = ({ ui, frame, site, imports, findings, problem, said }: Props) => {
  const staged = imports.filter(({ state }) => state === 'staged');
  const shown = imports.filter(({ state }) => state === 'shown');
  return (
    <Page ui={ui} frame={frame} place="imports" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/import">{ui.say(text.help)}</a>
        </p>
      </header>
      {said && (
        <p class="notice" role="status">
          {ui.say(said)} {said === text.done && <a href={`${sitePath(site)}?period=all`}>{ui.say(text.see)}</a>}
        </p>
      )}
      {findings && <Mistakes ui={ui} findings={findings} />}
      <Section id="upload" title={ui.say(text.upload)} note={ui.say(text.uploadNote)}>
        <FileUpload ui={ui} action={path(site)} label={text.file} accept=".zip,.csv,.gz" submit={text.submit} problem={problem} />
      </Section>
      {staged.length > 0 && (
        <Section id="staged" title={ui.say(text.staged)} note={ui.say(text.stagedNote)}>
          {staged.map((one) => (
            <Card ui={ui} site={site} one={one} />
          ))}
        </Section>
      )}
      <Section id="shown" title={ui.say(text.shown)} note={ui.say(text.shownNote)}>
        {shown.length === 0 ? (
          <p class="empty">{ui.say(text.none)}</p>
        ) : (
          shown.map((one) => <Card ui={ui} site={site} one={one} />)
        )}
      </Section>
    </Page>
  );
};
