/** Additive figures of a span: closed windows from rollups, the rest from the tail, or everything from facts by the SQL that closes windows. */
import { dayOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { type Additive, cellsSql, type RollupDimension } from '../store/visits-sql.ts';
import { makeBatch } from './batch.ts';
import type { Cell } from './cell.ts';
import { addCellReading, type Closed, type Grain, type Wanted, type Window } from './cells.ts';
import type { Span } from './period.ts';
import type { Tail } from './tail.ts';
import { cellsOfTail } from './tail-cells.ts';

/** @property windows the closed windows that have any row. */
export type Cells = { cells: Cell[]; windows: readonly Window[]; rowsRead: number };

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

/**
 * The same cells of what is not closed yet.
 *
 * @param closed null counts everything from the tail.
 * @param timed the dimensions whose cells have distributions.
 */
export function tailCells(
  tail: Tail,
  site: Site,
  closed: Closed | null,
  span: Span,
  grain: Grain,
  dimensions: readonly RollupDimension[],
  timed: readonly RollupDimension[] = dimensions,
): Cell[] {
  const start = Math.max(span.start, closed?.detail_before ?? span.start);
  return start < span.end ? cellsOfTail(tail, tailBuckets(site.zone, start, span.end, grain), dimensions, timed) : [];
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
    windows: [],
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
  const timed = (wanted.tailTimes ?? wanted.times ?? true) ? dimensions : [];
  return {
    cells: [...read.flatMap(({ cells }) => cells()), ...tailCells(tail, site, closed, span, grain, dimensions, timed)],
    windows: read.flatMap(({ windows }) => windows()),
    rowsRead: batch.rowsRead(),
  };
}
