/** What stands above every report: its title, what its figures are about, the other reports, and the view as links. */
import type { Problem } from '../../collector/report/query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { type Days, fairnessOf, firstDay, isOver } from '../comparison.ts';
import { type Here, viewHref } from '../links.ts';
import { firstOf, REPORTS, type Report } from '../reports.ts';
import { filters } from '../text/filters.ts';
import { importedPhrases, importedWords, toolsOf } from '../text/imports.ts';
import { lists, reportNames } from '../text/lists.ts';
import { overview as text } from '../text/overview.ts';
import { periods } from '../text/periods.ts';
import type { Ui } from '../ui.ts';
import { AddFilter, Filters } from './filter-bar.tsx';
import { Comparisons, Periods } from './period-picker.tsx';

/** What the figures are about, as one sentence. */
const Scope = ({ ui, site, days: shown }: { ui: Ui; site: Site; days: Days }) => {
  const { days, zoneCity } = ui.format;
  const compared = shown.compared_from && shown.compared_to ? days(shown.compared_from, shown.compared_to) : null;
  const early = fairnessOf(site, shown, ui.nowMs) === 'early';
  return (
    <p class="scope">
      <span>{days(shown.from, shown.to)}</span>
      {!isOver(site, shown, ui.nowMs) && <span>{ui.say(periods.open)}</span>}
      {compared && (
        <span>{ui.say(early ? periods.early(days(firstDay(site), firstDay(site))) : periods.compared(compared))}</span>
      )}
      <span>{ui.say(periods.zone(zoneCity()))}</span>
      {shown.imported && (
        <span class="badge" title={ui.say(importedWords.why)}>
          {ui.say(importedPhrases.from(toolsOf(shown.imported.tools), days(shown.imported.from, shown.imported.to)))}
          <span class="spoken">. {ui.say(importedWords.why)}</span>
        </span>
      )}
      {shown.updating && (
        <span class="badge" title={ui.say(text.updatingWhy)}>
          {ui.say(text.updating)}
          <span class="spoken">. {ui.say(text.updatingWhy)}</span>
        </span>
      )}
    </p>
  );
};

const Reports = ({ ui, site, here, report }: { ui: Ui; site: Site; here: Here; report: Report | null }) => (
  <nav class="tabs reports" aria-label={ui.say(lists.reports)}>
    <a href={viewHref(site, here.view)} aria-current={report === null ? 'page' : undefined}>
      {ui.say(lists.overview)}
    </a>
    {REPORTS.map((one) => (
      <a href={viewHref(site, here.view, {}, `/by/${firstOf(one)}`)} aria-current={report === one ? 'page' : undefined}>
        {ui.say(reportNames[one])}
      </a>
    ))}
  </nav>
);

/** The filters of the address said nothing that can be asked: the page shows everything, and says so. */
const Unread = ({ ui, problem }: { ui: Ui; problem: Problem }) => (
  <p class="notice" role="alert">
    <b>{ui.say(filters.unread)}</b> {ui.say({ fr: problem.detail_fr, en: problem.detail })} {ui.say(filters.unreadThen)}
  </p>
);

type Props = {
  ui: Ui;
  site: Site;
  here: Here;
  title: string;
  report: Report | null;
  days: Days;
  /** What is wrong with the filters of the address, if anything is. */
  unread: Problem | null;
};

export const ReportHead = ({ ui, site, here, title, report, days, unread }: Props) => (
  <>
    <header class="opening">
      <h1>{title}</h1>
      <Scope ui={ui} site={site} days={days} />
    </header>
    <Reports ui={ui} site={site} here={here} report={report} />
    <div class="pickers">
      <Periods ui={ui} here={here} days={days} />
      <AddFilter ui={ui} here={here} />
      <Comparisons ui={ui} here={here} />
    </div>
    <Filters ui={ui} here={here} />
    {unread && <Unread ui={ui} problem={unread} />}
  </>
);
