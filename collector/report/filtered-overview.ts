/** The overview of a part of the traffic: the same figures, each a query of its own with the same filters. */
import { offsetAt } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { dimensionOf } from './dimensions.ts';
import type { Filter } from './filters/filter.ts';
import { readStoreNames, type StoreNames } from './labels.ts';
import { metricOf } from './metrics.ts';
import type { LatestOptIn } from './opt-ins.ts';
import { OVERVIEW_METRICS, PAGE_METRICS, SERIES_METRICS, SOURCE_METRICS, TOP, TOUCHPOINT_METRICS } from './overview.ts';
import type { ViewedTime } from './overview-plan.ts';
import { chartBucket, cutSpan, resolveRange, type SettledRange } from './period.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Query } from './query.ts';
import { ROW_BUDGET } from './raw/budget.ts';
import type { Readings } from './raw/readings.ts';
import type { Meta, Overview, QueryResult, Row } from './result.ts';
import { type ReportDatabases, runQuery } from './run-query.ts';

/** An overview of which parts may be too much to read. `latest` is null where it is not filtered. */
export type OverviewParts = {
  headline: Row;
  series: Overview['series'] | Problem;
  touchpoints: Overview['touchpoints'] | Problem;
  pages: Overview['pages'] | Problem;
  sources: Overview['sources'] | Problem;
  optIns: { submitted: number | null; confirmed: number | null; latest: LatestOptIn[] | null };
  meta: Meta;
};
type Options = ViewedTime<SettledRange> & { filters: readonly Filter[] };

/** Stores that a site may have: all of them are shown. */
const EVERY = 1_000;
const OPT_INS = ['opt_ins', 'opt_ins_confirmed'];

function toQuery(names: readonly string[], dimensions: readonly string[], options: Options, limit: number): Query {
  return {
    metrics: names.flatMap((name) => metricOf(name) ?? []),
    dimensions: dimensions.flatMap((name) => dimensionOf(name) ?? []),
    range: options.range,
    filters: [...options.filters],
    compare: options.compare,
    matchWeekdays: options.matchWeekdays ?? false,
    orderBy: [],
    limit,
    offset: 0,
    source: 'auto',
  };
}

/** Web first, then the stores as they were opened: no ranking. */
function inOrder(rows: Row[], { stores }: StoreNames): Row[] {
  const order = ['web', ...stores.values()];
  return rows.sort((a, b) => order.indexOf(a.dimensions[0] ?? '') - order.indexOf(b.dimensions[0] ?? ''));
}

/** @returns a problem when not even the headline can be read: then the period is too long for these filters. */
export async function readFilteredOverview(
  env: ReportDatabases,
  site: Site,
  options: Options,
  nowMs: number,
): Promise<OverviewParts | Problem> {
  const readings: Readings = new Map();
  const ask = (names: readonly string[], dimensions: readonly string[], limit: number, compare = options.compare) =>
    runQuery(env, site, toQuery(names, dimensions, { ...options, compare }, limit), nowMs, ROW_BUDGET, readings);
  const metrics = [...new Set([...OVERVIEW_METRICS, ...OPT_INS])];
  const headline = await ask(metrics, [], 1);
  if (isProblem(headline)) return headline;
  const span = resolveRange(site, options.range, nowMs);
  const bucket = chartBucket(span);
  const ranked = (answer: QueryResult | Problem, names: string[]) =>
    isProblem(answer) ? answer : { metrics: names, rows: answer.results, total: answer.meta.total_rows, about: answer.meta };
  const series = await ask(SERIES_METRICS, [`time:${bucket}`], EVERY);
  const touchpoints = await ask(TOUCHPOINT_METRICS, ['store'], EVERY);
  const stores = await readStoreNames(env.PEOPLE, site.id);
  const pages = await ask(PAGE_METRICS, ['page'], TOP, null);
  const sources = await ask(SOURCE_METRICS, ['source', 'channel'], TOP, null);
  const of = (name: string) => headline.totals.metrics[metrics.indexOf(name)] ?? null;
  const open = cutSpan(site.zone, span, bucket, offsetAt).find((b) => b.end > nowMs);
  return {
    headline: headline.totals,
    series: isProblem(series)
      ? series
      : { bucket, metrics: SERIES_METRICS, rows: series.results, incompleteFrom: open?.name ?? null },
    touchpoints: isProblem(touchpoints)
      ? touchpoints
      : { metrics: TOUCHPOINT_METRICS, rows: inOrder(touchpoints.results, stores), about: touchpoints.meta },
    pages: ranked(pages, PAGE_METRICS),
    sources: ranked(sources, SOURCE_METRICS),
    optIns: { submitted: of('opt_ins'), confirmed: of('opt_ins_confirmed'), latest: null },
    meta: headline.meta,
  };
}
