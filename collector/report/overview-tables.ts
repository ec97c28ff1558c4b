/** The parts of the overview, out of cells and visitor counts. */
import type { Site } from '../store/sites.ts';
import { unpackTouchpoint } from '../store/visits-sql.ts';
import { addSums, type Cell } from './cell.ts';
import { describeMetrics } from './describe.ts';
import { dimensionOf } from './dimensions.ts';
import { figuresAt, keyOf, namesOfKey, noFigures, tidyTimesOf } from './groups.ts';
import { nameValue, type StoreNames } from './labels.ts';
import { addLack, whyNever } from './lacks.ts';
import type { Figures, Metric } from './metric.ts';
import { PAGE_METRICS, registered, SERIES_METRICS, SOURCE_METRICS, TOP, TOUCHPOINT_METRICS } from './overview-metrics.ts';
import type { OverviewPlan } from './overview-plan.ts';
import type { OverviewRead } from './overview-read.ts';
import type { Span } from './period.ts';
import type { About, Overview } from './result.ts';
import { toRow } from './rows.ts';
import { addVisitors, type VisitorRow } from './visitors.ts';

/** What holds for every part: which figures cannot be told, and why. */
export type Told = {
  site: Site;
  plan: OverviewPlan;
  /** Number of the first day whose visitors are kept. */
  visitorsFrom: number;
  /** Parts of days take facts, and these are too many. */
  isTooMuch: boolean;
  nowMs: number;
};

/** Figures of a span with what it cannot tell. */
function mark(figures: Figures, span: Span, { site, plan, visitorsFrom, isTooMuch, nowMs }: Told): Figures {
  const never = whyNever(site, span, figures, nowMs);
  if (never) addLack(figures, 'all', never);
  // Part of the visitors of a range that begins before visitor-days are kept would be a wrong number, not a small one.
  if (span.from < visitorsFrom) addLack(figures, 'visitors', 'visitors_purged');
  if (plan.isPart && isTooMuch) addLack(figures, 'visitors', 'over_budget');
  return figures;
}

function addUp(cells: readonly Cell[], rows: readonly VisitorRow[], range: number): Figures {
  const figures = noFigures(true);
  for (const cell of cells) addSums(figures.sums, cell.sums);
  for (const row of rows) if (row.range === range && figures.visitors) addVisitors(figures.visitors, row.counts);
  return figures;
}

/** Figures of the whole span, and of the one it is compared with. */
export function totals(read: OverviewRead, told: Told): { now: Figures; earlier: Figures | undefined } {
  const { span, before } = told.plan;
  const wholeOf = (cells: readonly Cell[], range: number, s: Span) => {
    const figures = addUp(cells, read.visitors, range);
    tidyTimesOf(figures);
    return mark(figures, s, told);
  };
  return { now: wholeOf(read.total, 0, span), earlier: before ? wholeOf(read.totalBefore, 1, before) : undefined };
}

/** The chart's rows. Hours have no distinct visitors. */
export function seriesOf(read: OverviewRead, told: Told): Overview['series'] {
  const { size, before, buckets, bucketsBefore, firstBucket } = told.plan;
  const metrics = registered(SERIES_METRICS);
  const figuresOf = (cells: readonly Cell[], bucket: Span, range: number) => {
    const inside = cells.filter((c) => c.start >= bucket.start && c.start < bucket.end);
    const figures = addUp(inside, read.visitors, firstBucket + range);
    return mark(size === 'hour' ? { ...figures, visitors: null } : figures, bucket, told);
  };
  const rows = buckets.map((bucket, i) => {
    const same = bucketsBefore[i];
    const earlier = same ? figuresOf(read.totalBefore, same, buckets.length + i) : null;
    return toRow([bucket.name], metrics, figuresOf(read.total, bucket, i), before ? earlier : undefined);
  });
  const open = buckets.find((b) => b.end > told.nowMs);
  return { bucket: size, metrics: SERIES_METRICS, rows, incompleteFrom: open?.name ?? null };
}

/** Coverage over all groups, and why a metric is missing in one of them. */
function aboutOf(metrics: readonly Metric[], groups: Iterable<Figures>, visitors: boolean): About {
  const total = noFigures(visitors);
  const all = [...groups];
  for (const { sums, visitors: counts, lacks } of all) {
    addSums(total.sums, sums);
    if (total.visitors && counts) addVisitors(total.visitors, counts);
    if (lacks) total.lacks = lacks;
  }
  return describeMetrics(metrics, total, all, []);
}

/** Figures per touchpoint: web, then each store, with its visitors. */
function byStore(
  cells: readonly Cell[],
  rows: readonly VisitorRow[],
  range: number,
  stores: Iterable<number>,
): Map<number, Figures> {
  const groups = new Map([0, ...stores].map((store) => [store, noFigures(true)]));
  const of = (store: number) => {
    const found = groups.get(store) ?? noFigures(true);
    groups.set(store, found);
    return found;
  };
  for (const cell of cells) addSums(of(unpackTouchpoint(cell.value).store).sums, cell.sums);
  for (const row of rows) {
    const { visitors } = of(row.store);
    if (row.range === range && visitors) addVisitors(visitors, row.counts);
  }
  return groups;
}

export function touchpointsOf(read: OverviewRead, told: Told, names: StoreNames): Overview['touchpoints'] {
  const { span, before } = told.plan;
  const metrics = registered(TOUCHPOINT_METRICS);
  const current = byStore(read.touchpoints, read.visitors, 0, names.stores.keys());
  const earlier = before && byStore(read.touchpointsBefore, read.visitors, 1, names.stores.keys());
  for (const figures of current.values()) markPart(mark(figures, span, told), told);
  if (before) for (const figures of earlier?.values() ?? []) markPart(mark(figures, before, told), told);
  const rows = [...current].map(([store, figures]) =>
    toRow(
      [store === 0 ? 'web' : (names.stores.get(store) ?? `#${store}`)],
      metrics,
      figures,
      earlier ? (earlier.get(store) ?? null) : undefined,
    ),
  );
  return { metrics: TOUCHPOINT_METRICS, rows, about: aboutOf(metrics, current.values(), true) };
}

/** A part of a day has no rollups of its own but the totals. */
function markPart(figures: Figures, { plan, isTooMuch }: Told): void {
  if (plan.isPart && isTooMuch) addLack(figures, 'all', 'over_budget');
}

/** What a table says that facts would have to tell, and are too many. */
function untold(names: readonly string[]): Overview['pages'] {
  const nothing: Figures = { ...noFigures(false), lacks: { all: 'over_budget' } };
  return { metrics: [...names], rows: [], total: 0, about: describeMetrics(registered(names), nothing, [], []) };
}

/** Coverage is of the whole traffic; reasons are of the rows that are shown. */
function aboutShown(names: readonly string[], read: OverviewRead, shown: readonly Figures[]): About {
  const whole = noFigures(false);
  for (const { sums } of read.total) addSums(whole.sums, sums);
  return describeMetrics(registered(names), whole, shown, []);
}

export function pagesOf(read: OverviewRead, told: Told): Overview['pages'] {
  if (told.plan.isPart && told.isTooMuch) return untold(PAGE_METRICS);
  const shown = read.pages.shown.map(({ name, sums, overlaps }) => {
    const figures: Figures = { sums, visitors: null };
    // One path on two hosts: a visit of both is counted on each, and only facts could tell.
    if (overlaps) addLack(figures, 'visits', 'over_budget');
    return { name, figures };
  });
  const about = aboutShown(
    PAGE_METRICS,
    read,
    shown.map(({ figures }) => figures),
  );
  const metrics = registered(PAGE_METRICS);
  const rows = shown.map(({ name, figures }) => toRow([name], metrics, figures, undefined));
  return { metrics: PAGE_METRICS, rows, total: read.pages.total, about };
}

/** dimensions: source and channel; most visits first. */
export function sourcesOf(read: OverviewRead, told: Told): Overview['sources'] {
  if (told.plan.isPart && told.isTooMuch) return untold(SOURCE_METRICS);
  const [source, channel] = [dimensionOf('source'), dimensionOf('channel')];
  const groups = new Map<string, Figures>();
  for (const { value, sums } of read.origins) {
    if (!source || !channel) continue;
    const figures = figuresAt(
      groups,
      keyOf([nameValue(source, value, read.originTexts), nameValue(channel, value, read.originTexts, 1)]),
      false,
    );
    addSums(figures.sums, sums);
  }
  const metrics = registered(SOURCE_METRICS);
  const all = [...groups].map(([key, figures]) => ({ figures, row: toRow(namesOfKey(key), metrics, figures, undefined) }));
  const first = ({ row }: (typeof all)[number]) => row.dimensions.join('\0');
  all.sort((a, b) => (b.row.metrics[0] ?? 0) - (a.row.metrics[0] ?? 0) || (first(a) < first(b) ? -1 : 1));
  const shown = all.slice(0, TOP);
  const about = aboutShown(
    SOURCE_METRICS,
    read,
    shown.map(({ figures }) => figures),
  );
  return { metrics: SOURCE_METRICS, rows: shown.map(({ row }) => row), total: all.length, about };
}
