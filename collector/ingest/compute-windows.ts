/** The statements that compute windows from their facts. A rollup is a pure function of the facts of its window. */
import { dayOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { ADD_VISITOR_DAYS, APPLY_DELTA } from '../store/visitors-sql.ts';
import { cellsSql, LISTS, ROLLED_UP, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';

const ALL = Object.keys(ROLLUP_DIMENSIONS).filter((d): d is RollupDimension => d in ROLLUP_DIMENSIONS);
const DETAIL = ALL.filter((d) => d !== 'total');
const INSERT = (grain: 0 | 1, dimensions: readonly RollupDimension[]) =>
  `INSERT INTO rollups (site, dimension, grain, start, value, ${ROLLED_UP.join(', ')})
   SELECT ?1, dimension, ${grain}, start, value, ${ROLLED_UP.join(', ')} FROM (${cellsSql(dimensions)}) WHERE 1
   ON CONFLICT (site, dimension, grain, start, value) DO UPDATE SET ${ROLLED_UP.map((c) => `${c} = excluded.${c}`).join(', ')}
   WHERE (${ROLLED_UP.map((c) => `rollups.${c}`).join(', ')}) IS NOT (${ROLLED_UP.map((c) => `excluded.${c}`).join(', ')})`;
/** Rows that a recomputation would not write again. With the upsert above, what has not changed is not written: rows are what D1 bills. */
const REMOVE_VANISHED = (grain: 0 | 1, dimensions: readonly RollupDimension[]) =>
  `DELETE FROM rollups WHERE site = ?1 AND start >= ?2 AND start < ?3 AND grain = ${grain}
     AND dimension IN (${dimensions.map((d) => ROLLUP_DIMENSIONS[d]).join(', ')})
     AND (dimension, start, value) NOT IN (SELECT dimension, start, value FROM (${cellsSql(dimensions)}))`;
const SQL = {
  hours: { insert: INSERT(0, ['total']), remove: REMOVE_VANISHED(0, ['total']) },
  detail: { insert: INSERT(0, DETAIL), remove: REMOVE_VANISHED(0, DETAIL) },
  day: { insert: INSERT(1, ALL), remove: REMOVE_VANISHED(1, ALL) },
  lists: { insert: INSERT(1, LISTS), remove: REMOVE_VANISHED(1, LISTS) },
};

/** Takes the visitors of part of a day in. `replaces` when the part begins with the day: then flags are exact, not added to. */
function takeVisitors(events: D1Database, site: Site, start: number, end: number, replaces: boolean): D1PreparedStatement[] {
  const day = dayOf(site.zone, start);
  const part = JSON.stringify([[day, start, end, startOfDay(site.zone, day + 1)]]);
  return [APPLY_DELTA, ADD_VISITOR_DAYS].map((sql) => events.prepare(sql).bind(site.id, start, end, part, replaces ? 1 : 0));
}

/** Rows of some windows: written, or brought up to date where they may stand already. */
function writeRows(
  events: D1Database,
  site: Site,
  kind: keyof typeof SQL,
  windows: [start: number, end: number][],
  again: boolean,
): D1PreparedStatement[] {
  const { insert, remove } = SQL[kind];
  const [start, end] = [windows[0]?.[0] ?? 0, windows.at(-1)?.[1] ?? 0];
  return (again ? [remove, insert] : [insert]).map((sql) =>
    events.prepare(sql).bind(site.id, start, end, JSON.stringify(windows)),
  );
}

/**
 * A piece of the open day, from one of its hours to another: totals of its hours, a row per value of every other dimension, its visitors.
 *
 * @param again whether it may have been computed before.
 */
export function computePiece(
  events: D1Database,
  site: Site,
  start: number,
  end: number,
  again: boolean,
  beginsDay: boolean,
): D1PreparedStatement[] {
  const hours = hoursOfDay(site.zone, dayOf(site.zone, start)).filter(([from, to]) => from >= start && to <= end);
  return [
    ...writeRows(events, site, 'hours', hours, again),
    ...writeRows(events, site, 'detail', [[start, end]], again),
    ...takeVisitors(events, site, start, end, beginsDay),
  ];
}

/** A whole day: its row per value, its hourly totals, its visitors; the pieces it had while it was open go. */
export function computeDay(events: D1Database, site: Site, day: number, again: boolean): D1PreparedStatement[] {
  const [start, end] = [startOfDay(site.zone, day), startOfDay(site.zone, day + 1)];
  return [
    events
      .prepare('DELETE FROM rollups WHERE site = ?1 AND start >= ?2 AND start < ?3 AND dimension BETWEEN 1 AND 99 AND grain = 0')
      .bind(site.id, start, end),
    ...writeRows(events, site, 'day', [[start, end]], again),
    ...writeRows(events, site, 'hours', hoursOfDay(site.zone, day), again),
    ...takeVisitors(events, site, start, end, true),
  ];
}

/** The rows by event and by known alone, of a whole day that was closed without them. */
export function computeLists(events: D1Database, site: Site, day: number): D1PreparedStatement[] {
  return writeRows(events, site, 'lists', [[startOfDay(site.zone, day), startOfDay(site.zone, day + 1)]], false);
}
