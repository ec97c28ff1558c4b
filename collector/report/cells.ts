/** Reads additive figures: closed windows from rollups, the rest from facts, by the same derivation. */
import { dayOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { ADDITIVE, type Additive, cellsSql, ROLLED_UP, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { type Cell, noSums } from './cell.ts';
import type { Span } from './period.ts';
import type { Tail } from './tail.ts';
import { cellsOfTail } from './tail-cells.ts';

export type Cells = { cells: Cell[]; rowsRead: number };
export type Closed = { closed_before: number; detail_before: number; days_before: number; visitors_from?: number };

/** How finely time is kept: not at all, or so that days or hours can be told apart by `start`. */
export type Grain = 'whole' | 'day' | 'hour';

const columns = ROLLED_UP.join(', ');
const totals = `${ADDITIVE.map((m) => `sum(${m}) AS ${m}`).join(', ')}, group_concat(times, '') AS times`;

/** Windows of one dimension. Days that are closed as days have one row a value; hours of the open day have theirs; hourly totals are kept for good. */
function rollupSql(dimension: RollupDimension, grain: Grain): string {
  const rows = (g: 0 | 1, from: string, to: string) =>
    `SELECT start, value, ${columns} FROM rollups WHERE site = ?1 AND dimension = ${ROLLUP_DIMENSIONS[dimension]} AND grain = ${g} AND start >= ${from} AND start < ${to}`;
  const closed =
    grain === 'hour'
      ? rows(0, '?2', 'min(?3, ?5)')
      : `${rows(1, '?2', 'min(?3, ?4)')} UNION ALL ${rows(0, 'max(?2, ?4)', 'min(?3, ?5)')}`;
  return grain === 'whole'
    ? `SELECT 0 AS start, ${ROLLUP_DIMENSIONS[dimension]} AS dimension, value, ${totals} FROM (${closed}) GROUP BY value`
    : `SELECT start, ${ROLLUP_DIMENSIONS[dimension]} AS dimension, value, ${columns} FROM (${closed})`;
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

type CellRow = Record<'start' | 'dimension' | 'value' | Additive, number> & { times: string };

function toCell(row: CellRow): Cell {
  const sums = noSums();
  for (const name of ADDITIVE) sums[name] = row[name] ?? 0;
  sums.times = row.times;
  return { start: row.start ?? 0, dimension: row.dimension ?? 0, value: row.value ?? 0, sums };
}

/**
 * Figures of a span by dimension and value; several cells may share both.
 *
 * @param closed how far windows are closed; null reads everything from facts (`source: "raw"`).
 * @param tail the facts after that, read before.
 * @param dimensions either `total` alone, or others: totals close hourly, the rest in larger pieces.
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
): Promise<Cells> {
  const closedBefore = closed?.detail_before ?? span.start;
  const tailStart = Math.max(span.start, closedBefore);
  const statements: D1PreparedStatement[] = [];
  if (closed && span.start < closedBefore) {
    for (const d of dimensions)
      statements.push(
        events
          .prepare(rollupSql(d, grain))
          .bind(site.id, span.start, span.end, ...(grain === 'hour' ? [0] : [closed.days_before]), closedBefore),
      );
  }
  const buckets = tailStart < span.end ? tailBuckets(site.zone, tailStart, span.end, grain) : [];
  if (!closed && buckets.length > 0) {
    statements.push(events.prepare(cellsSql(dimensions)).bind(site.id, tailStart, span.end, JSON.stringify(buckets)));
  }
  const recent = closed ? cellsOfTail(tail, buckets, dimensions) : [];
  if (statements.length === 0) return { cells: recent, rowsRead: 0 };
  const results = await events.batch<CellRow>(statements);
  return {
    cells: [...results.flatMap((r) => r.results.map(toCell)), ...recent],
    rowsRead: results.reduce((sum, r) => sum + r.meta.rows_read, 0),
  };
}
