/** Answers a report query: figures, comparison, order, page, coverage and reasons. */
import { dateOfDay, offsetAt } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { unpackTouchpoint } from '../store/visits-sql.ts';
import { addSums, noSums } from './cell.ts';
import { type Closed, readCells } from './cells.ts';
import type { Dimension } from './dimensions.ts';
import { nameValue, readStoreNames, readTexts, type StoreNames } from './labels.ts';
import type { Figures, Metric } from './metric.ts';
import { comparedSpan, cutSpan, resolveRange, type Span } from './period.ts';
import type { Filter, Query } from './query.ts';
import type { Meta, QueryResult, Row } from './result.ts';
import { readTail, type Tail } from './tail.ts';
import { addVisitors, noVisitors, readVisitors } from './visitors.ts';

export type ReportDatabases = Shards & { PEOPLE: D1Database };
/** The databases as a site's report sees them: `EVENTS` is the one that holds it. */
export const homeOf = (env: ReportDatabases, site: Site): ReportDatabases => ({
  EVENTS: shardFor(env, site),
  PEOPLE: env.PEOPLE,
});
/** Figures by the name of a dimension's value (one nameless group without a dimension). */
export type Groups = { groups: Map<string, Figures>; rowsRead: number };

/** A visitor or visit on the web has no store. */
export const touchpointOf = (kiosk: number) => (kiosk === 0 ? 'web' : 'kiosk');

function nameTouchpoint(dimension: string, store: number, kiosk: number, names: StoreNames): string {
  if (dimension === 'touchpoint') return touchpointOf(kiosk);
  if (kiosk === 0) return 'web';
  return (
    (dimension === 'store' ? names.stores.get(store) : names.kiosks.get(kiosk)) ?? `#${dimension === 'store' ? store : kiosk}`
  );
}

function passes(filters: readonly Filter[], store: number, kiosk: number, names: StoreNames): boolean {
  return filters.every(({ dimension, values }) => {
    const id = dimension === 'store' ? store : kiosk;
    return (
      values.includes(nameTouchpoint(dimension, store, kiosk, names)) ||
      (dimension !== 'touchpoint' && kiosk !== 0 && values.includes(String(id)))
    );
  });
}

const figuresOf = (groups: Map<string, Figures>, name: string, visitors: boolean): Figures => {
  const found = groups.get(name);
  if (found) return found;
  const fresh: Figures = { sums: noSums(), visitors: visitors ? noVisitors() : null };
  groups.set(name, fresh);
  return fresh;
};

/** Figures of one span, grouped by the dimension. */
export async function readGroups(
  db: ReportDatabases,
  site: Site,
  closed: Closed,
  span: Span,
  dimension: Dimension | null,
  filters: readonly Filter[],
  wantsVisitors: boolean,
  names: StoreNames,
  tail: Tail,
): Promise<Groups> {
  const buckets = dimension?.bucket ? cutSpan(site.zone, span, dimension.bucket, offsetAt) : [{ ...span, name: '' }];
  const byTouchpoint = dimension?.rollup === 'touchpoint' || filters.length > 0;
  const rollup = byTouchpoint ? 'touchpoint' : (dimension?.rollup ?? 'total');
  const hourly = dimension?.bucket === 'hour' || span.end - span.start < 86_400_000 * (span.to - span.from + 1) - 7_200_000;
  // Only totals keep closed hours: anything else that is cut by hours is read from facts.
  const source = hourly && rollup !== 'total' ? null : closed;
  const { cells, rowsRead } = await readCells(
    db.EVENTS,
    site,
    source,
    span,
    hourly ? 'hour' : dimension?.bucket ? 'day' : 'whole',
    [rollup],
    tail,
  );
  // Part of the visitors of a range that begins before visitor-days are kept would be a wrong number, not a small one.
  const isKept = span.from >= (closed.visitors_from ?? 0);
  const countsVisitors = wantsVisitors && isKept && !hourly && (dimension === null || dimension.countsVisitors);
  const groups = new Map<string, Figures>();
  let read = rowsRead;
  if (dimension === null || dimension.bucket) for (const b of buckets) figuresOf(groups, b.name, countsVisitors);
  let texts = new Map<number, (string | null)[]>();
  if (dimension?.dictionary && !byTouchpoint) {
    const found = await readTexts(
      db.EVENTS,
      site.id,
      dimension.dictionary.table,
      [dimension.dictionary.column],
      [...new Set(cells.map((c) => c.value))],
    );
    texts = found.texts;
    read += found.rowsRead;
  }
  for (const cell of cells) {
    const { store, kiosk } = byTouchpoint ? unpackTouchpoint(cell.value) : { store: 0, kiosk: 0 };
    if (byTouchpoint && !passes(filters, store, kiosk, names)) continue;
    const name =
      dimension === null
        ? ''
        : dimension.bucket
          ? (buckets.find((b) => cell.start >= b.start && cell.start < b.end)?.name ?? '')
          : dimension.rollup === 'touchpoint'
            ? nameTouchpoint(dimension.name, store, kiosk, names)
            : nameValue(dimension, cell.value, texts);
    addSums(figuresOf(groups, name, countsVisitors).sums, cell.sums);
  }
  if (countsVisitors) {
    const found = await readVisitors(
      db.EVENTS,
      site,
      buckets.map((b) => [b.from, b.to] as const),
      tail,
    );
    read += found.rowsRead;
    for (const row of found.rows) {
      if (!passes(filters, row.store, row.kiosk, names)) continue;
      const name =
        dimension?.rollup === 'touchpoint'
          ? nameTouchpoint(dimension.name, row.store, row.kiosk, names)
          : (buckets[row.range]?.name ?? '');
      const figures = figuresOf(groups, name, true);
      if (figures.visitors) addVisitors(figures.visitors, row.counts);
    }
  }
  return { groups, rowsRead: read };
}

/** Relative change, or null where either side is not measured or there was nothing before. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

/** One row of an answer. */
export function toRow(
  dimensions: string[],
  metrics: readonly Metric[],
  figures: Figures,
  compared: Figures | null | undefined,
): Row {
  const row: Row = { dimensions, metrics: metrics.map((m) => m.value(figures)) };
  if (compared !== undefined) {
    const before = metrics.map((m) => (compared ? m.value(compared) : null));
    row.comparison = { metrics: before, change: before.map((b, i) => changeOf(row.metrics[i] ?? null, b)) };
  }
  for (const m of metrics) {
    const interval = m.interval?.(figures);
    if (interval) row.intervals = { ...row.intervals, [m.name]: interval };
  }
  return row;
}

/** Why a metric has no value here. */
function whyNotMeasured(metric: Metric, dimension: Dimension | null, total: Figures): string {
  if (metric.countsVisitors && dimension && !dimension.countsVisitors)
    return `Distinct visitors are not counted by ${dimension.name}.`;
  if (metric.countsVisitors && total.visitors === null) return 'Visitors are kept for 13 months and 30 days.';
  if (metric.name.startsWith('recurring')) return 'No visitor in this period has a persistent web id.';
  return 'There is nothing to divide by in this period.';
}

export async function isUpdating(events: D1Database, site: number, span: Span): Promise<boolean> {
  return (
    (await events
      .prepare('SELECT 1 FROM dirty WHERE site = ?1 AND start < ?3 AND until > ?2 LIMIT 1')
      .bind(site, span.start, span.end)
      .first()) !== null
  );
}

/** Coverage and reasons over the whole answer. */
export function describeMetrics(
  metrics: readonly Metric[],
  total: Figures,
  rows: Row[],
  dimension: Dimension | null,
): Pick<Meta, 'coverage' | 'not_measured'> {
  const meta: Pick<Meta, 'coverage' | 'not_measured'> = { coverage: {}, not_measured: {} };
  metrics.forEach((metric, i) => {
    const coverage = metric.coverage?.(total);
    if (coverage !== null && coverage !== undefined) meta.coverage[metric.name] = coverage;
    if (rows.some((row) => row.metrics[i] === null)) meta.not_measured[metric.name] = whyNotMeasured(metric, dimension, total);
  });
  return meta;
}

function order(rows: Row[], query: Query): Row[] {
  const [name, direction] = query.orderBy ?? [query.metrics[0]?.name ?? '', 'desc'];
  const at = query.metrics.findIndex((m) => m.name === name);
  if (query.dimension?.bucket && !query.orderBy) return rows;
  const sign = direction === 'asc' ? 1 : -1;
  // Not measured comes last either way; equal rows keep a stable order by name.
  const key = (row: Row) => row.metrics[at] ?? null;
  return rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (x - y) || ((a.dimensions[0] ?? '') < (b.dimensions[0] ?? '') ? -1 : 1);
  });
}

/** How far windows are closed; before the first run of cron everything is read from facts. */
export async function closedOf(events: D1Database, site: Site, span: Span): Promise<Closed> {
  return (await closingOf(events, site.id)) ?? { closed_before: span.start, detail_before: span.start, days_before: span.start };
}

/** @param nowMs the moment of the question; periods like `28d` are relative to it. */
export async function runQuery(env: ReportDatabases, site: Site, query: Query, nowMs: number): Promise<QueryResult> {
  const db = homeOf(env, site);
  const span = resolveRange(site, query.range, nowMs);
  const before = comparedSpan(site, span, query.compare);
  const closed = await closedOf(db.EVENTS, site, span);
  const names = await readStoreNames(db.PEOPLE, site.id);
  const wantsVisitors = query.metrics.some((m) => m.countsVisitors);
  const tail = await readTail(db.EVENTS, site, closed.detail_before, nowMs);
  const read = (s: Span) => readGroups(db, site, closed, s, query.dimension, query.filters, wantsVisitors, names, tail);
  const current = await read(span);
  const compared = before ? await read(before) : null;
  const earlier = [...(compared?.groups.values() ?? [])];
  const rows = [...current.groups].map(([name, figures], i) => {
    // Buckets are compared by position, values by name.
    const match = query.dimension?.bucket ? (earlier[i] ?? null) : (compared?.groups.get(name) ?? null);
    return toRow(query.dimension ? [name] : [], query.metrics, figures, compared ? match : undefined);
  });
  const total: Figures = { sums: noSums(), visitors: wantsVisitors ? noVisitors() : null };
  for (const figures of current.groups.values()) {
    addSums(total.sums, figures.sums);
    if (!figures.visitors) total.visitors = null;
    if (total.visitors && figures.visitors) addVisitors(total.visitors, figures.visitors);
  }
  const sorted = order(rows, query);
  return {
    results: sorted.slice(query.offset, query.offset + query.limit),
    meta: {
      ...describeMetrics(query.metrics, total, rows, query.dimension),
      source: closed.closed_before > span.start ? 'rollup' : 'raw',
      rows_read: tail.rowsRead + current.rowsRead + (compared?.rowsRead ?? 0),
      updating: await isUpdating(db.EVENTS, site.id, span),
      from: dateOfDay(span.from),
      to: dateOfDay(span.to),
      ...(before ? { compared_from: dateOfDay(before.from), compared_to: dateOfDay(before.to) } : {}),
      total_rows: rows.length,
    },
  };
}
