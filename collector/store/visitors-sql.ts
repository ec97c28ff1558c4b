/** Visitor-days and gap cells, as SQL: exact distinct visitors of any range without reading visitors. A gap of -1 is a day's total. */
import { factsBetween, knownAt } from './visits-sql.ts';

const CELL = 'day, forward, kind, kiosk, store, known, engagement, predecessor, gap';

/**
 * Expressions down to `delta`: how the gap cells change when the facts of some closed time are taken in. Parameters: `?1`
 * site, `?2` and `?3` the whole range, `?4` JSON `[[day, start, end, endOfDay], …]` of the parts of days in it, `?5` 1 when the
 * parts are whole days (flags are replaced) or 0 (flags are added to what the day already has).
 *
 * `earlier` stands for the days before that are deleted (ingest/purge-visitors.ts). The change is the cells of the touched visitors after, minus before; it is empty when the facts are already taken in. That
 * makes applying it idempotent although it adds.
 */
const DELTA = `
  d AS (SELECT value->>0 AS day, value->>1 AS lo, value->>2 AS hi, value->>3 AS day_end FROM json_each(?4)),
  g AS (${['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits']
    .map((t) => `SELECT * FROM (${factsBetween(t, 't.at, t.visitor, t.kind, t.kiosk, t.store, t.mode', '?2', '?3')})`)
    .join(' UNION ALL ')}),
  seen AS (SELECT g.visitor, d.day, d.day_end, max(g.kind) AS kind, max(g.kiosk) AS kiosk, max(g.store) AS store, max(g.mode) AS engagement
    FROM g JOIN d ON g.at >= d.lo AND g.at < d.hi GROUP BY 1, 2, 3),
  touched AS (SELECT DISTINCT visitor FROM seen),
  old AS MATERIALIZED (SELECT v.visitor, v.day, v.kind, v.kiosk, v.store, v.known, v.engagement, v.earlier FROM touched t CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = t.visitor),
  fresh AS MATERIALIZED (SELECT s.visitor, s.day, s.kind, s.kiosk, s.store, ${knownAt('s.visitor', 's.day_end', false)} AS known,
      CASE WHEN ?5 = 1 THEN s.engagement ELSE max(s.engagement, coalesce(o.engagement, 0)) END AS engagement, coalesce(o.earlier, 0) AS earlier
    FROM seen s LEFT JOIN old o ON o.visitor = s.visitor AND o.day = s.day),
  new AS (SELECT * FROM fresh UNION ALL SELECT * FROM old o WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE f.visitor = o.visitor AND f.day = o.day)),
  linked AS (SELECT 1 AS sign, *, coalesce(lag(day) OVER w, nullif(earlier, 0)) AS previous, lead(day) OVER w AS next FROM new WINDOW w AS (PARTITION BY visitor ORDER BY day)
    UNION ALL SELECT -1, *, coalesce(lag(day) OVER w, nullif(earlier, 0)), lead(day) OVER w FROM old WINDOW w AS (PARTITION BY visitor ORDER BY day)),
  delta AS (SELECT ${CELL}, sum(n) AS n FROM (
      SELECT day, 0 AS forward, kind, kiosk, store, 0 AS known, 0 AS engagement, 0 AS predecessor, coalesce(day - previous, 0) AS gap, sign AS n FROM linked
      UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, coalesce(next - day, 0), sign FROM linked
      UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, -1, sign FROM linked
    ) GROUP BY ${CELL} HAVING sum(n) <> 0)`;

/** Applies the change to the cells. Must run before `ADD_VISITOR_DAYS`, in the same transaction, with the same parameters. */
export const APPLY_DELTA = `WITH ${DELTA} INSERT INTO visitor_cells (site, ${CELL}, n) SELECT ?1, ${CELL}, n FROM delta WHERE 1
  ON CONFLICT (site, ${CELL}) DO UPDATE SET n = n + excluded.n`;

/** Writes the visitor-days that are new or whose flags changed. */
export const ADD_VISITOR_DAYS = `WITH ${DELTA} INSERT INTO visitor_days (site, visitor, day, kind, kiosk, store, known, engagement)
  SELECT ?1, visitor, day, kind, kiosk, store, known, engagement FROM fresh WHERE 1
  ON CONFLICT (site, visitor, day) DO UPDATE SET known = excluded.known, engagement = excluded.engagement
    WHERE known <> excluded.known OR engagement <> excluded.engagement`;
