/** The one page a marketer opens: figures, chart, web next to stores, pages, sources, opt-ins, and what was not counted. */
import type { Overview } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { fairnessOf, firstDay, isOver, measuredOnly } from '../comparison.ts';
import { Pages, Sources } from '../components/breakdown.tsx';
import { ChartSection } from '../components/chart-section.tsx';
import { Definitions } from '../components/definitions.tsx';
import { Headline } from '../components/headline.tsx';
import { OptIns } from '../components/opt-ins.tsx';
import { PeriodPicker } from '../components/period-picker.tsx';
import { Refused, type RefusedRow } from '../components/refused.tsx';
import { Touchpoints } from '../components/touchpoints.tsx';
import { type Frame, Page } from '../layout.tsx';
import { type View, viewHref } from '../links.ts';
import { overview as text } from '../text/overview.ts';
import { periods } from '../text/periods.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  view: View;
  overview: Overview;
  metrics: readonly string[];
  refused: RefusedRow[];
  live: boolean;
};

/** What the figures are about, as one sentence. */
const Scope = ({ ui, site, overview }: { ui: Ui; site: Site; overview: Overview }) => {
  const { meta } = overview;
  const { days, zoneCity } = ui.format;
  const compared = meta.compared_from && meta.compared_to ? days(meta.compared_from, meta.compared_to) : null;
  const early = fairnessOf(site, overview, ui.nowMs) === 'early';
  return (
    <p class="scope">
      <span>{days(meta.from, meta.to)}</span>
      {!isOver(site, overview, ui.nowMs) && <span>{ui.say(periods.open)}</span>}
      {compared && (
        <span>{ui.say(early ? periods.early(days(firstDay(site), firstDay(site))) : periods.compared(compared))}</span>
      )}
      <span>{ui.say(periods.zone(zoneCity()))}</span>
      {meta.updating && (
        <span class="badge" title={ui.say(text.updatingWhy)}>
          {ui.say(text.updating)}
          <span class="spoken">. {ui.say(text.updatingWhy)}</span>
        </span>
      )}
    </p>
  );
};

export const OverviewPage = ({ ui, frame, site, view, overview: read, metrics, refused, live }: Props) => {
  const overview = measuredOnly(site, read, ui.nowMs);
  const open = fairnessOf(site, read, ui.nowMs) === 'open';
  const empty = overview.series.rows.every((row) => row.metrics.every((value) => value === null || value === 0));
  return (
    <Page ui={ui} frame={frame} place="overview" title={site.name} script live={live}>
      <header class="opening">
        <h1>{site.name}</h1>
        <Scope ui={ui} site={site} overview={overview} />
      </header>
      <PeriodPicker ui={ui} site={site} view={view} meta={overview.meta} />
      {empty && (
        <p class="notice">
          {ui.say(text.empty)}{' '}
          {view.range !== 'day' && <a href={viewHref(site, view, { range: 'day' })}>{ui.say(text.emptyToday)}</a>}
        </p>
      )}
      <Headline ui={ui} row={overview.headline} names={metrics} meta={overview.meta} open={open} />
      {!empty && <ChartSection ui={ui} site={site} view={view} series={overview.series} />}
      <Touchpoints ui={ui} touchpoints={overview.touchpoints} open={open} />
      <Pages ui={ui} pages={overview.pages} />
      <Sources ui={ui} sources={overview.sources} />
      <OptIns ui={ui} optIns={overview.optIns} />
      <Refused ui={ui} rows={refused} />
      <Definitions ui={ui} overview={overview} headline={metrics} />
    </Page>
  );
};
