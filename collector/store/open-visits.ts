/**
 * The visits that are open at the instant before which detail is rolled up: noted when windows close, so that reports need not read the
 * day before only to know which visit a fact goes on with. A function of the facts before that instant, like a rollup.
 */
import { LOOKBACK_MS, VISIT_GAP_MS, visitRows } from './visits-sql.ts';

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
};
const COLUMNS = 12;
/** Visits in one row: some 200 KB, where D1 allows 2 MB. */
const ROW_VISITS = 2_000;

/** Notes the open visits of site `?1` at the instant `?2`. A kiosk's visit is open as long as its facts can be told, for nothing splits it. */
const NOTE = `INSERT INTO open_visits (site, part, before, visits)
  WITH ${visitRows(`(?2 - ${LOOKBACK_MS})`, '?2')},
  o AS (SELECT visitor, max(kind) AS kind, max(store) AS store, max(kiosk) AS kiosk, min(began) AS began, max(ends) AS until, max(v_origin) AS origin, max(v_place) AS place,
      max(v_technology) AS technology, max(v_entry) AS entry, max(v_exit) AS exit, max(what = 1) AS viewed
    FROM r GROUP BY visitor, visit HAVING max(ends) > ?2 - ${VISIT_GAP_MS} OR max(kind) = 2),
  p AS (SELECT *, (row_number() OVER (ORDER BY visitor) - 1) / ${ROW_VISITS} AS part FROM o UNION ALL SELECT NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  SELECT ?1, part, ?2, coalesce(group_concat(CASE WHEN visitor IS NOT NULL THEN printf('%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d',
    visitor, kind, store, kiosk, began, until, origin, place, technology, entry, exit, viewed) END ORDER BY visitor), '')
  FROM p GROUP BY part
  ON CONFLICT (site, part) DO UPDATE SET before = excluded.before, visits = excluded.visits
    WHERE before <> excluded.before OR visits <> excluded.visits`;
/** What is left of an earlier instant. */
const FORGET = 'DELETE FROM open_visits WHERE site = ?1 AND before <> ?2';

/** Part of the transaction that moves a site's detail on, or recomputes what its open visits depend on. @param before the instant up to which detail is rolled up. */
export const noteOpenVisits = (events: D1Database, site: number, before: number): D1PreparedStatement[] =>
  [NOTE, FORGET].map((sql) => events.prepare(sql).bind(site, before));

/** The visits of site `?1` that were open at `?2`: no row where they were not noted. */
export const OPEN_VISITS = 'SELECT part AS key, visits AS packed FROM open_visits WHERE site = ?1 AND before = ?2';

/** The visits of one row, out of its numbers. */
export function readOpenVisits(list: readonly number[]): OpenVisit[] {
  const visits: OpenVisit[] = [];
  for (let i = 0; i < list.length; i += COLUMNS) {
    const at = (n: number) => list[i + n] ?? 0;
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
    });
  }
  return visits;
}
