/** What an erasure does to the facts of a day, as SQL. Parameters: `?1` site, `?2` and `?3` the day, `?4` JSON `[[visitor, from, until], …]`, `?5` the day's number. */
import { factsBetween, farFacts, nearFacts } from './visits-sql.ts';

/** Tables whose facts have a visitor. */
export const VISITOR_FACTS = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits'] as const;

const AMONG = '(SELECT value->>0 FROM json_each(?4))';
const isErased = (t: string) =>
  `${t}.visitor IN ${AMONG} AND EXISTS (SELECT 1 FROM json_each(?4) w WHERE w.value->>0 = ${t}.visitor AND ${t}.at >= w.value->>1 AND ${t}.at < w.value->>2)`;

/** Deletes a day's facts: those near their id's time, then the others. */
export const DELETE_FACTS: readonly string[] = VISITOR_FACTS.flatMap((table) =>
  [nearFacts(table, '?2', '?3'), farFacts(table, '?2', '?3')].map(
    (where) => `DELETE FROM ${table} WHERE site = ?1 AND (born, rand) IN (SELECT t.born, t.rand ${where} AND ${isErased('t')})`,
  ),
);
/** Acts outlive the other facts, and are found by their visitor. */
export const DELETE_ACTS: readonly string[] = ['opt_ins', 'identifications'].map(
  (table) =>
    `DELETE FROM ${table} WHERE site = ?1 AND (born, rand) IN (SELECT t.born, t.rand FROM json_each(?2) w CROSS JOIN ${table} t INDEXED BY ${table}_visitor
       ON t.site = ?1 AND t.visitor = w.value->>0 AND t.at >= w.value->>1 AND t.at < w.value->>2)`,
);
const CELL = 'day, forward, kind, kiosk, store, known, engagement, predecessor, gap';
/** The visitor-days of the day of which no fact is left; in sealed time the facts may be gone for everybody, and the span decides. */
const GONE = `
  left_over AS MATERIALIZED (SELECT DISTINCT visitor FROM (${VISITOR_FACTS.map(
    (t) => `SELECT * FROM (${factsBetween(t, 't.visitor', '?2', '?3')})`,
  ).join(' UNION ALL ')}) WHERE visitor IN ${AMONG}),
  gone AS MATERIALIZED (SELECT v.visitor, v.day, v.earlier FROM (SELECT DISTINCT value->>0 AS visitor FROM json_each(?4) WHERE value->>1 < ?3 AND value->>2 > ?2) w
    CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = w.visitor AND v.day = ?5 WHERE v.visitor NOT IN (SELECT visitor FROM left_over))`;

/** How the gap cells change: those of the visitors without these days, less those with them. */
export const SHRINK_CELLS = `WITH ${GONE},
  old AS MATERIALIZED (SELECT v.* FROM gone g CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = g.visitor),
  new AS (SELECT o.visitor, o.day, o.kind, o.kiosk, o.store, o.known, o.engagement, max(o.earlier, coalesce(g.earlier, 0)) AS earlier
    FROM old o JOIN gone g ON g.visitor = o.visitor WHERE o.day <> g.day),
  linked AS (
    SELECT 1 AS sign, visitor, day, kind, kiosk, store, known, engagement, coalesce(lag(day) OVER w, nullif(earlier, 0)) AS previous, lead(day) OVER w AS next FROM new WINDOW w AS (PARTITION BY visitor ORDER BY day)
    UNION ALL SELECT -1, visitor, day, kind, kiosk, store, known, engagement, coalesce(lag(day) OVER w, nullif(earlier, 0)), lead(day) OVER w FROM old WINDOW w AS (PARTITION BY visitor ORDER BY day)),
  delta AS (SELECT ${CELL}, sum(n) AS n FROM (
      SELECT day, 0 AS forward, kind, kiosk, store, 0 AS known, 0 AS engagement, 0 AS predecessor, coalesce(day - previous, 0) AS gap, sign AS n FROM linked
      UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, coalesce(next - day, 0), sign FROM linked
      UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, -1, sign FROM linked
    ) GROUP BY ${CELL} HAVING sum(n) <> 0)
  INSERT INTO visitor_cells (site, ${CELL}, n) SELECT ?1, ${CELL}, n FROM delta WHERE 1
  ON CONFLICT (site, ${CELL}) DO UPDATE SET n = n + excluded.n`;
/** The gap to days that were deleted long ago stays known: the first day that is left has it. */
export const CARRY_EARLIER = `WITH ${GONE}
  UPDATE visitor_days SET earlier = max(visitor_days.earlier, g.earlier) FROM gone g WHERE visitor_days.site = ?1 AND visitor_days.visitor = g.visitor AND g.earlier > 0
    AND visitor_days.day = (SELECT min(v.day) FROM visitor_days v WHERE v.site = ?1 AND v.visitor = g.visitor AND v.day <> g.day)`;
export const DELETE_VISITOR_DAYS = `WITH ${GONE} DELETE FROM visitor_days WHERE site = ?1 AND day = ?5 AND visitor IN (SELECT visitor FROM gone)`;
