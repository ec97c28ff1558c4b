/** The one page a marketer opens: figures, chart, web next to stores, pages, sources, opt-ins, and what was not counted; all of it filtered, when the address says so. */
import type { OverviewParts } from '../../collector/report/filtered-overview.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { Realtime } from '../../collector/report/realtime.ts';
import type { About } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { type Days, fairnessOf, measuredOnly } from '../comparison.ts';
import { Breakdown } from '../components/breakdown.tsx';
import { ChartSection } from '../components/chart-section.tsx';
import { Definitions } from '../components/definitions.tsx';
import { Headline } from '../components/headline.tsx';
import { NowStrip } from '../components/now-strip.tsx';
import { OptIns } from '../components/opt-ins.tsx';
import { Refused, type RefusedRow } from '../components/refused.tsx';
import { ReportHead } from '../components/report-head.tsx';
import { TooMuch } from '../components/too-much.tsx';
import { Touchpoints } from '../components/touchpoints.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath, viewHref } from '../links.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  view: View;
  /** A problem when a filtered view is too much to read. */
  overview: OverviewParts | Problem;
  /** What the page is about. */
  days: Days;
  metrics: readonly string[];
  /** Nothing was measured here yet: all figures are another tool's. */
  importedOnly: boolean;
  unread: Problem | null;
  /** Of the whole site: null where something is filtered. */
  now: Realtime | null;
  refused: RefusedRow[] | null;
  live: boolean;
};
type Shown = Omit<Props, 'overview' | 'frame' | 'live' | 'unread' | 'days' | 'importedOnly'> & { overview: OverviewParts };

const isEmpty = ({ headline, series }: OverviewParts) =>
  isProblem(series)
    ? headline.metrics.every((value) => value === null || value === 0)
    : series.rows.every((row) => row.metrics.every((value) => value === null || value === 0));

/** The parts with columns of their own. */
function columnsOf({ touchpoints, pages, sources }: OverviewParts): { names: string[]; about: About[] } {
  const parts = [touchpoints, pages, sources].flatMap((part) => (isProblem(part) ? [] : [part]));
  return { names: parts.flatMap((part) => part.metrics), about: parts.flatMap((part) => part.about ?? []) };
}

const Figures = ({ ui, site, view, overview: read, metrics, now, refused }: Shown) => {
  const overview = measuredOnly(site, read, ui.nowMs);
  const open = fairnessOf(site, read.meta, ui.nowMs) === 'open';
  const empty = isEmpty(overview);
  const here = { path: sitePath(site), view, more: [] };
  const columns = columnsOf(overview);
  return (
    <>
      {now && <NowStrip ui={ui} site={site} now={now} />}
      {empty && (
        <p class="notice">
          {ui.say(view.filters.length > 0 ? text.emptyFiltered : text.empty)}{' '}
          {view.range !== 'day' && <a href={viewHref(site, view, { range: 'day' })}>{ui.say(text.emptyToday)}</a>}
        </p>
      )}
      <Headline ui={ui} row={overview.headline} names={metrics} meta={overview.meta} open={open} />
      {!empty && <ChartSection ui={ui} here={here} series={overview.series} last={overview.meta.to} />}
      <Touchpoints ui={ui} site={site} view={view} touchpoints={overview.touchpoints} open={open} />
      <Breakdown ui={ui} site={site} view={view} id="pages" by={['page']} ranked={overview.pages} />
      <Breakdown ui={ui} site={site} view={view} id="sources" by={['source', 'channel']} ranked={overview.sources} />
      <OptIns ui={ui} optIns={overview.optIns} />
      {refused && <Refused ui={ui} rows={refused} />}
      <Definitions
        ui={ui}
        names={[...metrics, ...columns.names]}
        about={[overview.meta, ...columns.about]}
        intervals={overview.headline.intervals}
      />
    </>
  );
};

export const OverviewPage = ({ frame, overview, days, importedOnly, unread, live, ...shown }: Props) => {
  const { ui, site, view } = shown;
  return (
    <Page ui={ui} frame={frame} place="overview" title={site.name} script live={live}>
      <ReportHead
        ui={ui}
        site={site}
        here={{ path: sitePath(site), view, more: [] }}
        title={site.name}
        report={null}
        days={days}
        unread={unread}
      />
      {importedOnly && (
        <p class="notice">
          {ui.say(text.importedOnly)} <a href={sitePath(site, '/start')}>{ui.say(text.install)}</a>
        </p>
      )}
      {isProblem(overview) ? (
        <TooMuch ui={ui} site={site} view={view} problem={overview} />
      ) : (
        <Figures {...shown} overview={overview} />
      )}
    </Page>
  );
};
