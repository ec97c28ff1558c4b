/** Additive figures of closed windows, as a batch reads them: all values of a span, or some values of some windows. */
import type { Site } from '../store/sites.ts';
import { ADDITIVE, type Additive, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { type Batch, eachRow, type PackedRow, packedSql } from './batch.ts';
import { type Cell, noSums } from './cell.ts';
import { JoinedTimes } from './joined-times.ts';
import type { Span } from './period.ts';

export type Closed = { detail_before: number; days_before: number; visitors_from?: number; listsFrom?: number };

/** How finely time is kept: not at all, or so that days or hours can be told apart by `start`. */
export type Grain = 'whole' | 'day' | 'hour';
/**
 * What is read of each cell: by default everything.
 *
 * @property tailTimes whether the tail's cells have distributions, where those of closed windows are read later.
 */
export type Wanted = { columns?: readonly Additive[]; times?: boolean; tailTimes?: boolean };

/** Rows of one dimension and grain that begin in `[?2, ?3)`. */
const rollups = (dimension: RollupDimension, grain: 0 | 1) =>
  `FROM rollups WHERE site = ?1 AND dimension = ${ROLLUP_DIMENSIONS[dimension]} AND grain = ${grain} AND start >= ?2 AND start < ?3`;
/** Beside the sums of each window, if asked for: `value:times;value:times…`. */
const TIMES = "CASE WHEN times <> '' THEN value || ':' || times END";
const sumsSql = (rest: string, columns: readonly Additive[], times: boolean) => (loose: boolean) =>
  packedSql({ key: 'start', columns: ['value', ...columns], text: times ? TIMES : undefined, rest }, loose);

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

export type Window = readonly [grain: 0 | 1, start: number];
export type CellReading = {
  cells: () => Cell[];
  /** The windows that have any row. */
  windows: () => Window[];
};

/** Adds up rows `value, …columns` into cells. */
function addRows(cellAt: (key: number, value: number) => Cell, row: PackedRow, columns: readonly Additive[]): void {
  eachRow(row, 1 + columns.length, (numbers) => {
    const { sums } = cellAt(row.key, numbers[0] ?? 0);
    let at = 0;
    for (const column of columns) {
      at += 1;
      sums[column] += numbers[at] ?? 0;
    }
  });
}

/** Cells by window, or by value alone. */
function makeCells(dimension: RollupDimension, grain: Grain) {
  const byStart = new Map<number, Map<number, Cell>>();
  return {
    at(key: number, value: number): Cell {
      const start = grain === 'whole' ? 0 : key;
      const byValue = byStart.get(start) ?? new Map<number, Cell>();
      if (byValue.size === 0) byStart.set(start, byValue);
      const found = byValue.get(value);
      if (found) return found;
      const cell = { start, dimension: ROLLUP_DIMENSIONS[dimension], value, sums: noSums() };
      byValue.set(value, cell);
      return cell;
    },
    all: () => [...byStart.values()].flatMap((byValue) => [...byValue.values()]),
  };
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
): CellReading {
  const parts = partsOf(grain, span, closed).map(([rows, from, to]) => {
    const rest = rollups(dimension, rows);
    return { rows, sums: batch.add(sumsSql(rest, columns, times), site.id, from, to) };
  });
  let collected: Cell[] | undefined;
  const collect = () => {
    const cells = makeCells(dimension, grain);
    const joined = new Map<number, JoinedTimes>();
    for (const row of parts.flatMap(({ sums }) => sums())) {
      addRows(cells.at, row, columns);
      if (!row.texts) continue;
      const start = grain === 'whole' ? 0 : row.key;
      const times = joined.get(start) ?? new JoinedTimes();
      joined.set(start, times);
      times.add(row.texts);
    }
    for (const [start, all] of joined) for (const [value, times] of all) cells.at(start, value).sums.times = times;
    return cells.all();
  };
  return {
    cells() {
      collected ??= collect();
      return collected;
    },
    windows: () =>
      parts.flatMap(({ rows, sums }) => [...new Set(sums().map(({ key }) => key))].map((start): Window => [rows, start])),
  };
}

/** Rows `r` of the windows `?2`, pairs of grain and start, with the values `?3`. */
export const someRows = (dimension: RollupDimension) =>
  `FROM json_each(?2) w CROSS JOIN rollups r ON r.site = ?1 AND r.dimension = ${ROLLUP_DIMENSIONS[dimension]}
    AND r.grain = w.value->>0 AND r.start = w.value->>1 AND r.value IN (SELECT value FROM json_each(?3))`;

const someSql = (dimension: RollupDimension, columns: readonly Additive[]) => (loose: boolean) =>
  packedSql(
    {
      columns: ['r.value', ...columns.map((c) => `r.${c}`)],
      rest: someRows(dimension),
    },
    loose,
  );

/** Adds to a batch some values of some windows: a row each, where reading the windows takes a row for every value they have. */
export function addSomeCells(
  batch: Batch,
  site: Site,
  windows: readonly Window[],
  dimension: RollupDimension,
  values: readonly number[],
  columns: readonly Additive[],
): () => Cell[] {
  const read = batch.add(someSql(dimension, columns), site.id, JSON.stringify(windows), JSON.stringify(values));
  return () => {
    const cells = makeCells(dimension, 'whole');
    for (const row of read()) addRows(cells.at, row, columns);
    return cells.all();
  };
}
