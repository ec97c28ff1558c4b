/** Exact visitor counts of ranges of days, per touchpoint, store and kiosk: gap cells of closed time, corrected by the tail. */
import type { Site } from '../store/sites.ts';
import { packTouchpoint } from '../store/visits-sql.ts';
import { type Batch, eachRow, makeBatch, packedSql } from './batch.ts';
import type { VisitorCounts } from './metric.ts';
import type { Tail } from './tail.ts';
import { countTail, type GapCell, TOTAL } from './tail-visitors.ts';

/** Kind of visitor ids as stored that can recur: persistent web ids. */
export const PERSISTENT = 0;
/** Both days are included. */
export type DayRange = readonly [from: number, to: number];
export type VisitorRow = { range: number; kiosk: number; store: number; counts: VisitorCounts };

export const noVisitors = (): VisitorCounts => ({ visitors: 0, known: 0, recurring: 0, persistent: 0, engagement: 0 });

/** Visitor keys embed touchpoint and kiosk, so counts of different rows are of different visitors and add up. */
export function addVisitors(counts: VisitorCounts, more: VisitorCounts): VisitorCounts {
  counts.visitors += more.visitors;
  counts.known += more.known;
  counts.recurring += more.recurring;
  counts.persistent += more.persistent;
  counts.engagement += more.engagement;
  return counts;
}

/** The ranges that contain a day, by position. */
function rangesByDay(ranges: readonly DayRange[]): Map<number, number[]> {
  const byDay = new Map<number, number[]>();
  ranges.forEach(([from, to], range) => {
    for (let day = from; day <= to; day += 1) {
      const known = byDay.get(day);
      if (known) known.push(range);
      else byDay.set(day, [range]);
    }
  });
  return byDay;
}

/**
 * What one cell adds to a range. A visitor counts on the first active day in it and with the state on the last one: so of all
 * visitor-days those go whose gap to another one stays within the range.
 */
function countCell(counts: VisitorCounts, c: GapCell, from: number, to: number): void {
  const isTotal = c.gap === TOTAL;
  const n = isTotal ? c.n : -c.n;
  if (isTotal || (c.forward === 0 && c.gap > 0 && c.gap <= c.day - from)) {
    counts.visitors += n;
    if (c.kind === PERSISTENT) counts.persistent += n;
  }
  if (isTotal || (c.forward === 1 && c.gap > 0 && c.gap <= to - c.day)) {
    if (c.known) counts.known += n;
    if (c.engagement) counts.engagement += n;
    if (c.predecessor && c.kind === PERSISTENT) counts.recurring += n;
  }
}

/** Takes in cells one by one, for every range that their day lies in. */
function makeCount(ranges: readonly DayRange[], byDay: Map<number, number[]>) {
  const rows = ranges.map(() => new Map<number, VisitorRow>());
  return {
    add(c: GapCell): void {
      const touchpoint = packTouchpoint(c.store, c.kiosk);
      for (const range of byDay.get(c.day) ?? []) {
        const [from, to] = ranges[range] ?? [0, 0];
        let row = rows[range]?.get(touchpoint);
        if (!row) {
          row = { range, kiosk: c.kiosk, store: c.store, counts: noVisitors() };
          rows[range]?.set(touchpoint, row);
        }
        countCell(row.counts, c, from, to);
      }
    },
    rows: () => rows.flatMap((byTouchpoint) => [...byTouchpoint.values()]),
  };
}

const COLUMNS = [
  'c.day',
  'c.forward',
  'c.gap',
  'c.kind',
  'c.kiosk',
  'c.store',
  'c.known',
  'c.engagement',
  'c.predecessor',
  'c.n',
];
const cellsOf = (gaps: string) => (loose: boolean) =>
  packedSql(
    {
      columns: COLUMNS,
      rest: `FROM json_each(?2) j CROSS JOIN visitor_cells c ON c.site = ?1 AND c.day = j.value->>0 AND ${gaps}`,
    },
    loose,
  );
/** Of each day: its totals, and the gaps that lie within a range. */
const AHEAD = cellsOf(`c.forward = 1 AND c.gap BETWEEN ${TOTAL} AND j.value->>2 AND c.gap <> 0`);
const BACK = cellsOf('c.forward = 0 AND c.gap BETWEEN 1 AND j.value->>1');

/**
 * Adds to a batch what ranges of days need of closed time.
 *
 * @returns counts, when the batch has run; the tail has the facts that are not in the cells yet.
 */
export function addVisitorReading(batch: Batch, site: Site, ranges: readonly DayRange[]): (tail: Tail | null) => VisitorRow[] {
  const byDay = rangesByDay(ranges);
  const reaches = [...byDay].map(([day, ofDay]) => {
    const reach = (of: (range: DayRange) => number) => Math.max(...ofDay.map((i) => of(ranges[i] ?? [day, day])));
    return [day, reach(([from]) => day - from), reach(([, to]) => to - day)];
  });
  const days = JSON.stringify(reaches);
  const read = [batch.add(AHEAD, site.id, days), batch.add(BACK, site.id, days)];
  return (tail) => {
    const count = makeCount(ranges, byDay);
    if (tail) countTail(site, tail, count.add);
    for (const row of read.flatMap((rows) => rows()))
      eachRow(row, COLUMNS.length, (cell) => {
        const at = (n: number) => cell[n] ?? 0;
        const [day, forward, gap, kind, kiosk, store] = [at(0), at(1), at(2), at(3), at(4), at(5)];
        count.add({ day, forward, gap, kind, kiosk, store, known: at(6), engagement: at(7), predecessor: at(8), n: at(9) });
      });
    return count.rows();
  };
}

/**
 * @param ranges pairs of day numbers, both included; rows refer to them by position.
 * @param tail the facts that are not in the cells yet.
 */
export async function readVisitors(
  events: D1Database,
  site: Site,
  ranges: readonly DayRange[],
  tail: Tail,
): Promise<{ rows: VisitorRow[]; rowsRead: number }> {
  if (ranges.length === 0) return { rows: [], rowsRead: 0 };
  const batch = makeBatch(events);
  const counted = addVisitorReading(batch, site, ranges);
  await batch.run();
  return { rows: counted(tail), rowsRead: batch.rowsRead() };
}
