/**
 * The visits that are open at the instant before which detail is rolled up: noted when windows close, so that reports need not read the
 * day before only to know which visit a fact goes on with. A function of the facts before that instant, like a rollup.
 */
import { LOOKBACK_MS, VISIT_GAP_MS, VISIT_REACH_MS, visitRows } from './visits-sql.ts';

/** A visit as its next fact finds it; `until` is the end of everything its visitor did before. */
export type OpenVisit = {
  visitor: number;
  kind: number;
  store: number;
  kiosk: number;
  began: number;
  until: number;
  origin: number;
  place: number;
  technology: number;
  entry: number;
  exit: number;
  /** Whether it has a pageview: entry, origin, place and technology are its first one's. */
  viewed: boolean;
  /** The last of the facts that count for it: whether it is known is told by then. */
  lastAt: number;
  /** Names of its events. */
  names: readonly number[];
};
/** Numbers before the names, the last of them is how many names follow. */
const COLUMNS = 14;
/** Visits in one row: some 120 KB and 16 bytes a name, where D1 allows 2 MB. */
const ROW_VISITS = 1_000;
/** A row begins with it. Earlier versions noted less: what they left reads as if nothing were noted, until windows close again. */
const SPELLING = -2;

/** Notes the open visits of site `?1` at the instant `?2`. A kiosk's visit is open as long as its facts can be told, for nothing splits it. */
const NOTE = `INSERT INTO open_visits (site, part, before, visits)
  WITH ${visitRows(`(?2 - ${LOOKBACK_MS})`, '?2')},
  o AS (SELECT visitor, max(kind) AS kind, max(store) AS store, max(kiosk) AS kiosk, min(began) AS began, max(ends) AS until, max(v_origin) AS origin, max(v_place) AS place,
      max(v_technology) AS technology, max(v_entry) AS entry, max(v_exit) AS exit, max(what = 1) AS viewed,
      max(CASE WHEN near THEN at END) AS last_at, count(DISTINCT CASE WHEN near AND what = 2 THEN name END) AS named,
      coalesce(',' || group_concat(DISTINCT CASE WHEN near AND what = 2 THEN name END ORDER BY name), '') AS names
    FROM (SELECT *, at < began + ${VISIT_REACH_MS} AS near FROM r) GROUP BY visitor, visit HAVING max(ends) > ?2 - ${VISIT_GAP_MS} OR max(kind) = 2),
  p AS (SELECT *, (row_number() OVER (ORDER BY visitor) - 1) / ${ROW_VISITS} AS part FROM o UNION ALL SELECT NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0)
  SELECT ?1, part, ?2, '${SPELLING}' || coalesce(',' || group_concat(CASE WHEN visitor IS NOT NULL THEN printf('%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d%s',
    visitor, kind, store, kiosk, began, until, origin, place, technology, entry, exit, viewed, last_at, named, names) END ORDER BY visitor), '')
  FROM p GROUP BY part
  ON CONFLICT (site, part) DO UPDATE SET before = excluded.before, visits = excluded.visits
    WHERE before <> excluded.before OR visits <> excluded.visits`;
/** What is left of an earlier instant. */
const FORGET = 'DELETE FROM open_visits WHERE site = ?1 AND before <> ?2';

/** Part of the transaction that moves a site's detail on, or recomputes what its open visits depend on. @param before the instant up to which detail is rolled up. */
export const noteOpenVisits = (events: D1Database, site: number, before: number): D1PreparedStatement[] =>
  [NOTE, FORGET].map((sql) => events.prepare(sql).bind(site, before));

/** FROM and WHERE for what was noted of site `?1` at `?2`. */
export const NOTED = `FROM open_visits o WHERE o.site = ?1 AND o.before = ?2 AND o.visits LIKE '${SPELLING}%'`;
/** The visits of site `?1` that were open at `?2`: no row where they were not noted. */
export const OPEN_VISITS = `SELECT o.part AS key, o.visits AS packed ${NOTED}`;

/** The visits of one row, out of its numbers. */
export function readOpenVisits(list: readonly number[]): OpenVisit[] {
  const visits: OpenVisit[] = [];
  for (let i = 1; i < list.length; ) {
    const at = (n: number) => list[i + n] ?? 0;
    const end = i + COLUMNS + at(13);
    visits.push({
      visitor: at(0),
      kind: at(1),
      store: at(2),
      kiosk: at(3),
      began: at(4),
      until: at(5),
      origin: at(6),
      place: at(7),
      technology: at(8),
      entry: at(9),
      exit: at(10),
      viewed: at(11) === 1,
      lastAt: at(12),
      names: list.slice(i + COLUMNS, end),
    });
    i = end;
  }
  return visits;
}
