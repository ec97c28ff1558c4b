/** Everything the overview page shows, out of as few reads as there are kinds of figures. */
import { dateOfDay, offsetAt } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { ROLLUP_DIMENSIONS, unpackTouchpoint } from '../store/visits-sql.ts';
import { addSums, type Cell, noSums } from './cell.ts';
import { type Closed, readCells } from './cells.ts';
import { dimensionOf } from './dimensions.ts';
import { nameValue, readStoreNames, readTexts, type StoreNames } from './labels.ts';
import type { Figures, Metric } from './metric.ts';
import { metricOf } from './metrics.ts';
import { latestOptIns } from './opt-ins.ts';
import { type Bucket, type BucketSize, chartBucket, comparedSpan, cutSpan, resolveRange, type Span } from './period.ts';
import type { Compare, DateRange } from './query.ts';
import type { About, Overview, Row } from './result.ts';
import { closedOf, describeMetrics, homeOf, isUpdating, type ReportDatabases, toRow } from './run-query.ts';
import { readTail, type Tail } from './tail.ts';
import { addVisitors, noVisitors, readVisitors, type VisitorRow } from './visitors.ts';

const registered = (names: string[]): Metric[] => names.flatMap((name) => metricOf(name) ?? []);
export const OVERVIEW_METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'known_ratio',
  'recurring_visitors',
  'opt_ins',
  'opt_in_rate',
];
export const SERIES_METRICS = ['visitors', 'visits', 'pageviews', 'opt_ins'];
export const TOUCHPOINT_METRICS = [
  'visits',
  'visitors',
  'pages_per_visit',
  'visit_time',
  'known_ratio',
  'opt_ins',
  'opt_in_rate',
  'exposures',
];
export const PAGE_METRICS = ['pageviews', 'visits', 'time_on_page', 'scroll_depth', 'opt_ins'];
export const SOURCE_METRICS = ['visits', 'pages_per_visit', 'engagement_rate', 'opt_in_rate'];
export const TOP = 10;

type Read = { cells: Cell[]; rowsRead: number };
const pick = (read: Read, dimension: keyof typeof ROLLUP_DIMENSIONS) =>
  read.cells.filter((c) => c.dimension === ROLLUP_DIMENSIONS[dimension]);

/** Groups cells and visitor counts under names. */
function group(cells: Cell[], nameOf: (cell: Cell) => string, visitors: boolean): Map<string, Figures> {
  const groups = new Map<string, Figures>();
  for (const cell of cells) {
    const name = nameOf(cell);
    const figures = groups.get(name) ?? { sums: noSums(), visitors: visitors ? noVisitors() : null };
    addSums(figures.sums, cell.sums);
    groups.set(name, figures);
  }
  return groups;
}

const whole = (cells: Cell[], rows: VisitorRow[], range: number): Figures => {
  const figures: Figures = { sums: noSums(), visitors: noVisitors() };
  for (const cell of cells) addSums(figures.sums, cell.sums);
  for (const row of rows) if (row.range === range && figures.visitors) addVisitors(figures.visitors, row.counts);
  return figures;
};

/** Figures per touchpoint: web, then each store, with its visitors. */
function byStore(cells: Cell[], rows: VisitorRow[], range: number, stores: Iterable<number>): Map<number, Figures> {
  const groups = new Map<number, Figures>([[0, { sums: noSums(), visitors: noVisitors() }]]);
  const of = (store: number) => {
    const found = groups.get(store) ?? { sums: noSums(), visitors: noVisitors() };
    groups.set(store, found);
    return found;
  };
  for (const store of stores) of(store);
  for (const cell of cells) addSums(of(unpackTouchpoint(cell.value).store).sums, cell.sums);
  for (const row of rows) {
    const { visitors } = of(row.store);
    if (row.range === range && visitors) addVisitors(visitors, row.counts);
  }
  return groups;
}

/** Coverage over all groups, and why a metric is missing in one of them. */
function aboutOf(metrics: readonly Metric[], groups: Map<unknown, Figures>): About {
  const total: Figures = { sums: noSums(), visitors: noVisitors() };
  for (const { sums, visitors } of groups.values()) {
    addSums(total.sums, sums);
    if (visitors && total.visitors) addVisitors(total.visitors, visitors);
  }
  return describeMetrics(metrics, total, [...groups.values()], []);
}

/** The rows of a ranked table: most of the first metric first. */
function top(
  groups: Map<string, Figures>,
  metrics: Metric[],
  dimensionsOf: (name: string) => string[],
): { rows: Row[]; total: number; about: About } {
  const rows = [...groups].map(([name, figures]) => toRow(dimensionsOf(name), metrics, figures, undefined));
  rows.sort((a, b) => (b.metrics[0] ?? 0) - (a.metrics[0] ?? 0) || ((a.dimensions[0] ?? '') < (b.dimensions[0] ?? '') ? -1 : 1));
  return { rows: rows.slice(0, TOP), total: rows.length, about: aboutOf(metrics, groups) };
}

/** Both readings that the page needs of a span; with hours, closed hours of other dimensions are gone, so those are read by day. */
async function readSpan(
  db: ReportDatabases,
  site: Site,
  span: Span,
  size: BucketSize,
  closed: Closed,
  tail: Tail,
): Promise<{ total: Read; rest: Read }> {
  const total = await readCells(db.EVENTS, site, closed, span, size === 'hour' ? 'hour' : 'day', ['total'], tail);
  const partial = span.end - span.start < 86_400_000 * (span.to - span.from + 1) - 7_200_000;
  const rest = await readCells(db.EVENTS, site, partial ? null : closed, span, 'whole', ['page', 'origin', 'touchpoint'], tail);
  return { total, rest };
}

/** @param options range and comparison as the page's address has them. */
export async function readOverview(
  env: ReportDatabases,
  site: Site,
  options: { range: DateRange; compare: Compare },
  nowMs: number,
): Promise<Overview> {
  const db = homeOf(env, site);
  const span = resolveRange(site, options.range, nowMs);
  const before = comparedSpan(site, span, options.compare);
  const size = chartBucket(span);
  const buckets = cutSpan(site.zone, span, size, offsetAt);
  const closed = await closedOf(db.EVENTS, site, span);
  const names = await readStoreNames(db.PEOPLE, site.id);
  const tail = await readTail(db.EVENTS, site, closed.detail_before, nowMs);
  const now = await readSpan(db, site, span, size, closed, tail);
  const then = before
    ? {
        total: await readCells(db.EVENTS, site, closed, before, size === 'hour' ? 'hour' : 'day', ['total'], tail),
        touchpoint: await readCells(db.EVENTS, site, closed, before, 'whole', ['touchpoint'], tail),
      }
    : null;
  const byDay = size === 'hour' ? [] : buckets;
  const ranges = [span, ...(before ? [before] : []), ...byDay].map((s) => [s.from, s.to] as const);
  const visitors = await readVisitors(db.EVENTS, site, ranges, tail);
  const texts = await readOverviewTexts(db.EVENTS, site, now.rest);
  const headline = whole(now.total.cells, visitors.rows, 0);
  const headlineRow = toRow(
    [],
    registered(OVERVIEW_METRICS),
    headline,
    then ? whole(then.total.cells, visitors.rows, 1) : undefined,
  );
  return {
    headline: headlineRow,
    series: series(size, buckets, now.total.cells, visitors.rows, before ? 2 : 1, nowMs),
    touchpoints: touchpoints(
      pick(now.rest, 'touchpoint'),
      then ? pick(then.touchpoint, 'touchpoint') : null,
      visitors.rows,
      names,
    ),
    pages: {
      metrics: PAGE_METRICS,
      ...top(group(pick(now.rest, 'page'), texts.page, false), registered(PAGE_METRICS), (name) => [name]),
    },
    sources: {
      metrics: SOURCE_METRICS,
      ...top(group(pick(now.rest, 'origin'), texts.source, false), registered(SOURCE_METRICS), (name) => name.split('\0')),
    },
    optIns: {
      submitted: headline.sums.opt_ins,
      confirmed: headline.sums.opt_ins_confirmed,
      latest: await latestOptIns(db.PEOPLE, site.id, names, 6),
    },
    meta: {
      ...describeMetrics(registered(OVERVIEW_METRICS), headline, [], []),
      source: closed.detail_before > span.start ? 'rollup' : 'raw',
      rows_read:
        tail.rowsRead +
        now.total.rowsRead +
        now.rest.rowsRead +
        (then ? then.total.rowsRead + then.touchpoint.rowsRead : 0) +
        visitors.rowsRead +
        texts.rowsRead,
      updating: await isUpdating(db.EVENTS, site.id, span),
      from: dateOfDay(span.from),
      to: dateOfDay(span.to),
      ...(before ? { compared_from: dateOfDay(before.from), compared_to: dateOfDay(before.to) } : {}),
      total_rows: 1,
    },
  };
}

async function readOverviewTexts(events: D1Database, site: Site, rest: Read) {
  const values = (dimension: 'page' | 'origin') => [...new Set(pick(rest, dimension).map((c) => c.value))];
  const pages = await readTexts(events, site.id, 'pages', ['path'], values('page'));
  const origins = await readTexts(events, site.id, 'origins', ['source', 'channel'], values('origin'));
  const [page, source, channel] = [dimensionOf('page'), dimensionOf('source'), dimensionOf('channel')];
  return {
    page: (c: Cell) => (page ? nameValue(page, c.value, pages.texts) : ''),
    source: (c: Cell) =>
      source && channel ? `${nameValue(source, c.value, origins.texts)}\0${nameValue(channel, c.value, origins.texts, 1)}` : '',
    rowsRead: pages.rowsRead + origins.rowsRead,
  };
}

/** The chart's rows. Hours have no distinct visitors. */
function series(
  size: BucketSize,
  buckets: Bucket[],
  cells: Cell[],
  visitors: VisitorRow[],
  firstRange: number,
  nowMs: number,
): Overview['series'] {
  const rows = buckets.map((bucket, i) => {
    const inside = cells.filter((c) => c.start >= bucket.start && c.start < bucket.end);
    const figures = whole(inside, visitors, firstRange + i);
    return toRow(
      [bucket.name],
      registered(SERIES_METRICS),
      size === 'hour' ? { ...figures, visitors: null } : figures,
      undefined,
    );
  });
  return { bucket: size, metrics: SERIES_METRICS, rows, incompleteFrom: buckets.find((b) => b.end > nowMs)?.name ?? null };
}

function touchpoints(now: Cell[], then: Cell[] | null, visitors: VisitorRow[], names: StoreNames): Overview['touchpoints'] {
  const metrics = registered(TOUCHPOINT_METRICS);
  const current = byStore(now, visitors, 0, names.stores.keys());
  const earlier = then ? byStore(then, visitors, 1, names.stores.keys()) : null;
  const rows = [...current].map(([store, figures]) =>
    toRow(
      [store === 0 ? 'web' : (names.stores.get(store) ?? `#${store}`)],
      metrics,
      figures,
      earlier ? (earlier.get(store) ?? null) : undefined,
    ),
  );
  return { metrics: TOUCHPOINT_METRICS, rows, about: aboutOf(metrics, current) };
}
