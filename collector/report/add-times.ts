/**
 * Adds distributions of active times to the rows that are shown. They are texts of half a kilobyte for each value and day: of a site with
 * many pages, reading those of all pages takes several times longer than everything else in the answer.
 */
import type { RollupDimension } from '../store/visits-sql.ts';
import { makeBatch, packedSql } from './batch.ts';
import { someRows, type Window } from './cells.ts';
import { type Answered, tidyTimesOf } from './groups.ts';
import { JoinedTimes } from './joined-times.ts';
import type { Query } from './query.ts';
import type { Question } from './question.ts';
import { asksTimes, rollupOf } from './rollup-plan.ts';

/** Where the times of an answer's rows are, as long as they are not in its sums. @property values of each row, by its key. */
export type Unread = { rollup: RollupDimension; windows: readonly Window[]; values: Map<string, number[]> };

/** Rows of a page at most: of more, all are read at once. */
const ROWS = 200;
/** What may have thousands of values, each of which is a row: hosts, groups and channels are made of many values, and read as they are. */
const LONG = ['page', 'entry_page', 'exit_page'];

/** Whether distributions can be read when it is known which rows are shown: not where they decide about it, or about the total. */
export function readsTimesLater(query: Query): boolean {
  if (!asksTimes(query) || rollupOf(query) === null || query.filters.length > 0 || query.limit > ROWS) return false;
  if (!query.dimensions.some((d) => LONG.includes(d.name)) || query.dimensions.some((d) => d.bucket)) return false;
  const ordering = query.orderBy.length > 0 ? query.orderBy.flatMap(({ by }) => ('metric' in by ? by.metric : [])) : [0];
  return ordering.every((at) => query.metrics[at]?.needs !== 'times');
}

/** `value:times;value:times…` */
const timesSql = (rollup: RollupDimension) => (loose: boolean) =>
  packedSql({ columns: ['0'], text: "r.value || ':' || r.times", rest: someRows(rollup) }, loose);

/** @param keys of the rows that are shown. @returns rows read. */
export async function addTimes(
  { events, site }: Question,
  { rollup, windows, values }: Unread,
  answered: Answered,
  keys: readonly string[],
): Promise<number> {
  const rows = new Map(keys.flatMap((key) => (values.get(key) ?? []).map((value) => [value, answered.groups.get(key)] as const)));
  const batch = makeBatch(events);
  const read = batch.add(timesSql(rollup), site.id, JSON.stringify(windows), JSON.stringify([...rows.keys()]));
  await batch.run();
  const joined = new JoinedTimes();
  for (const { texts } of read()) joined.add(texts ?? '');
  for (const [value, times] of joined) {
    const figures = rows.get(value);
    if (figures) figures.sums.times += times;
  }
  for (const figures of rows.values()) if (figures) tidyTimesOf(figures);
  return batch.rowsRead();
}
