/** Everything the overview page shows, out of as few reads as there are kinds of figures. */
import { dateOfDay } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import { settleRange } from './beginning.ts';
import { describeMetrics } from './describe.ts';
import { readStoreNames } from './labels.ts';
import { latestOptIns } from './opt-ins.ts';
import { OVERVIEW_METRICS, registered } from './overview-metrics.ts';
import { type OverviewPlan, planOverview, type ViewedTime } from './overview-plan.ts';
import { type OverviewRead, readOverviewFigures } from './overview-read.ts';
import { pagesOf, seriesOf, sourcesOf, type Told, totals, touchpointsOf } from './overview-tables.ts';
import { type State, toState } from './question.ts';
import { estimateRows, ROW_BUDGET } from './raw/budget.ts';
import type { Overview } from './result.ts';
import { isPartOfDays } from './rollup-plan.ts';
import { toRow } from './rows.ts';
import { homeOf, type ReportDatabases } from './run-query.ts';

export { OVERVIEW_METRICS, PAGE_METRICS, SERIES_METRICS, SOURCE_METRICS, TOP, TOUCHPOINT_METRICS } from './overview-metrics.ts';

const LATEST_OPT_INS = 6;
/** Windows move a few times an hour: when they do while a report reads them, it reads again; in the end it says “updating”. */
const ATTEMPTS = 5;

type Read = { figures: OverviewRead; state: State; isTooMuch: boolean; rowsRead: number };

/** Parts of days are answered from facts, if these are not too many: then nothing from their beginning on is taken from rollups. */
async function openParts(
  events: D1Database,
  site: Site,
  { span, before }: OverviewPlan,
  state: State,
): Promise<{ state: State; isTooMuch: boolean; rowsRead: number }> {
  const parts = [span, ...(before ? [before] : [])].filter(isPartOfDays);
  const start = Math.min(...parts.map((part) => part.start));
  const { rows, rowsRead } = await estimateRows({ events, site, state }, { ...span, start });
  if (rows > ROW_BUDGET) return { state, isTooMuch: true, rowsRead };
  const [days_before, detail_before] = [Math.min(state.days_before, start), Math.min(state.detail_before, start)];
  return { state: { ...state, days_before, detail_before }, isTooMuch: false, rowsRead };
}

async function read(events: D1Database, site: Site, plan: OverviewPlan, nowMs: number): Promise<Read> {
  let rowsRead = 0;
  for (let attempt = 1; ; attempt += 1) {
    const closing = await closingOf(events, site.id);
    const closed = toState(site, closing, Math.min(plan.span.start, plan.before?.start ?? plan.span.start));
    const opened = plan.isPart ? await openParts(events, site, plan, closed) : { state: closed, isTooMuch: false, rowsRead: 0 };
    rowsRead += opened.rowsRead;
    const figures = await readOverviewFigures(events, site, plan, opened.state, closing?.version ?? -1, nowMs);
    rowsRead += figures.rowsRead;
    if (!figures.moved || attempt === ATTEMPTS) return { figures, state: opened.state, isTooMuch: opened.isTooMuch, rowsRead };
  }
}

/** @param time range and comparison as the page's address has them. */
export async function readOverview(env: ReportDatabases, site: Site, time: ViewedTime, nowMs: number): Promise<Overview> {
  const db = homeOf(env, site);
  const plan = planOverview(site, { ...time, range: await settleRange(env, site, time.range, nowMs) }, nowMs);
  const { span, before } = plan;
  const [{ figures, state, isTooMuch, rowsRead }, [names, latest]] = await Promise.all([
    read(db.EVENTS, site, plan, nowMs),
    readStoreNames(db.PEOPLE, site.id).then(
      async (found) => [found, await latestOptIns(db.PEOPLE, site.id, found, LATEST_OPT_INS)] as const,
    ),
  ]);
  const told: Told = { site, plan, visitorsFrom: state.visitors_from, isTooMuch, nowMs };
  const { now, earlier } = totals(figures, told);
  const metrics = registered(OVERVIEW_METRICS);
  return {
    headline: toRow([], metrics, now, earlier),
    series: seriesOf(figures, told),
    touchpoints: touchpointsOf(figures, told, names),
    pages: pagesOf(figures, told),
    sources: sourcesOf(figures, told),
    optIns: { submitted: now.sums.opt_ins, confirmed: now.sums.opt_ins_confirmed, latest },
    meta: {
      ...describeMetrics(metrics, now, [], []),
      source: state.detail_before > span.start ? 'rollup' : 'raw',
      rows_read: rowsRead,
      updating: figures.updating || figures.moved,
      from: dateOfDay(span.from),
      to: dateOfDay(span.to),
      ...(before ? { compared_from: dateOfDay(before.from), compared_to: dateOfDay(before.to) } : {}),
      total_rows: 1,
    },
  };
}
