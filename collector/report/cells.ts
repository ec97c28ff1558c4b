/** Reads additive figures: closed windows from rollups, the rest from the tail, by the same definitions. */
import { dayOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { ADDITIVE, type Additive, cellsSql, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { type Batch, makeBatch, numbersOf, type PackedRow, packedSql } from './batch.ts';
import { type Cell, noSums } from './cell.ts';
import type { Span } from './period.ts';
import type { Tail } from './tail.ts';
import { cellsOfTail } from './tail-cells.ts';

export type Cells = { cells: Cell[]; rowsRead: number };
export type Closed = { detail_before: number; days_before: number; visitors_from?: number };

/** How finely time is kept: not at all, or so that days or hours can be told apart by `start`. */
export type Grain = 'whole' | 'day' | 'hour';
/** What is read of each cell: by default everything. */
export type Wanted = { columns?: readonly Additive[]; times?: boolean };

/** Rows of one dimension and grain that begin in `[?2, ?3)`. */
const rollups = (dimension: RollupDimension, grain: 0 | 1) =>
  `FROM rollups WHERE site = ?1 AND dimension = ${ROLLUP_DIMENSIONS[dimension]} AND grain = ${grain} AND start >= ?2 AND start < ?3`;
const sumsSql = (rest: string, columns: readonly Additive[]) => (loose: boolean) =>
  packedSql({ key: 'start', columns: ['value', ...columns], rest }, loose);
/** `value:times;value:times…` of each window. */
const timesSql = (rest: string) => (loose: boolean) =>
  loose
    ? `SELECT start AS key, value || ':' || times AS packed ${rest} AND times <> ''`
    : `SELECT start AS key, group_concat(value || ':' || times, ';') AS packed ${rest} AND times <> '' GROUP BY start`;

/** Days that are closed as days have one row a value; a busy open day has pieces; hourly totals are kept for good. */
function partsOf(grain: Grain, span: Span, closed: Closed): [grain: 0 | 1, from: number, to: number][] {
  const end = Math.min(span.end, closed.detail_before);
  const parts: [0 | 1, number, number][] =
    grain === 'hour'
      ? [[0, span.start, end]]
      : [
          [1, span.start, Math.min(end, closed.days_before)],
          [0, Math.max(span.start, closed.days_before), end],
        ];
  return parts.filter(([, from, to]) => from < to);
}

/**
 * Adds to a batch the closed windows of a span.
 *
 * @param grain `hour` only for the dimension `total`: other dimensions keep days.
 */
export function addCellReading(
  batch: Batch,
  site: Site,
  closed: Closed,
  span: Span,
  grain: Grain,
  dimension: RollupDimension,
  { columns = ADDITIVE, times = true }: Wanted = {},
): () => Cell[] {
  const read: (() => PackedRow[])[] = [];
  const readTimes: (() => PackedRow[])[] = [];
  for (const [rows, from, to] of partsOf(grain, span, closed)) {
    const rest = rollups(dimension, rows);
    read.push(batch.add(sumsSql(rest, columns), site.id, from, to));
    if (times) readTimes.push(batch.add(timesSql(rest), site.id, from, to));
  }
  return () => {
    const byStart = new Map<number, Map<number, Cell>>();
    const cellAt = (key: number, value: number): Cell => {
      const start = grain === 'whole' ? 0 : key;
      const byValue = byStart.get(start) ?? new Map<number, Cell>();
      const cell = byValue.get(value) ?? { start, dimension: ROLLUP_DIMENSIONS[dimension], value, sums: noSums() };
      byStart.set(start, byValue.set(value, cell));
      return cell;
    };
    for (const row of read.flatMap((rows) => rows())) {
      const list = numbersOf(row);
      for (let i = 0; i < list.length; i += columns.length + 1) {
        const { sums } = cellAt(row.key, list[i] ?? 0);
        columns.forEach((column, n) => {
          sums[column] += list[i + n + 1] ?? 0;
        });
      }
    }
    for (const row of readTimes.flatMap((rows) => rows()))
      for (const one of (row.packed ?? '').split(';')) {
        const [value, times] = one.split(':');
        if (times) cellAt(row.key, Number(value)).sums.times += times;
      }
    return [...byStart.values()].flatMap((byValue) => [...byValue.values()]);
  };
}

/** The parts of `[start, end)` that facts are read into. */
function tailBuckets(zone: string, start: number, end: number, grain: Grain): [number, number][] {
  if (grain === 'whole') return [[start, end]];
  const buckets: [number, number][] = [];
  for (let day = dayOf(zone, start); startOfDay(zone, day) < end; day += 1) {
    const parts = grain === 'day' ? [[startOfDay(zone, day), startOfDay(zone, day + 1)] as const] : hoursOfDay(zone, day);
    for (const [a, z] of parts) if (z > start && a < end) buckets.push([Math.max(a, start), Math.min(z, end)]);
  }
  return buckets;
}

/** The same cells of what is not closed yet. @param closed null counts everything from the tail. */
export function tailCells(
  tail: Tail,
  site: Site,
  closed: Closed | null,
  span: Span,
  grain: Grain,
  dimensions: readonly RollupDimension[],
): Cell[] {
  const start = Math.max(span.start, closed?.detail_before ?? span.start);
  return start < span.end ? cellsOfTail(tail, tailBuckets(site.zone, start, span.end, grain), dimensions) : [];
}

type CellRow = Record<'start' | 'dimension' | 'value' | Additive, number> & { times: string };

/** The same from facts, by the SQL that closes windows. */
async function readRawCells(
  events: D1Database,
  site: Site,
  span: Span,
  grain: Grain,
  dimensions: readonly RollupDimension[],
): Promise<Cells> {
  const { results, meta } = await events
    .prepare(cellsSql(dimensions))
    .bind(site.id, span.start, span.end, JSON.stringify(tailBuckets(site.zone, span.start, span.end, grain)))
    .all<CellRow>();
  return {
    cells: results.map(({ start, dimension, value, ...sums }) => ({ start, dimension, value, sums })),
    rowsRead: meta.rows_read,
  };
}

/**
 * Figures of a span by dimension and value; several cells may share both.
 *
 * @param closed how far windows are closed; null reads everything from facts.
 * @param tail the facts after that, read before.
 * @param grain `hour` only for the dimension `total`: other dimensions keep days.
 */
export async function readCells(
  events: D1Database,
  site: Site,
  closed: Closed | null,
  span: Span,
  grain: Grain,
  dimensions: readonly RollupDimension[],
  tail: Tail,
  wanted: Wanted = {},
): Promise<Cells> {
  if (!closed) return readRawCells(events, site, span, grain, dimensions);
  const batch = makeBatch(events);
  const read = dimensions.map((dimension) => addCellReading(batch, site, closed, span, grain, dimension, wanted));
  await batch.run();
  return {
    cells: [...read.flatMap((cells) => cells()), ...tailCells(tail, site, closed, span, grain, dimensions)],
    rowsRead: batch.rowsRead(),
  };
}
