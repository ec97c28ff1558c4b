/** Copies what can no longer be derived from facts: sealed rollups and visitor-days. Everything else is computed anew where it arrives. */
import { advance, type Move, onlyFrom } from './moves.ts';
import { ROLLED_UP } from './visits-sql.ts';

const ROWS = 1_500;
const ROLLUP = ['dimension', 'grain', 'start', 'value', ...ROLLED_UP];
const VISITOR_DAY = ['visitor', 'day', 'kind', 'kiosk', 'store', 'known', 'engagement', 'earlier'];
type Row = Record<string, number | string>;
type VisitorDay = Record<string, number>;

const listed = (columns: readonly string[]) => columns.map((_, i) => `j.value->>${i}`).join(', ');
const packed = (rows: readonly Row[], columns: readonly string[]) =>
  JSON.stringify(rows.map((row) => columns.map((c) => row[c])));

/** Sealed rollups never change, so that a page may be copied twice. `null` = all are copied. */
export async function copyRollups(
  from: D1Database,
  to: D1Database,
  move: Move,
  sealedBefore: number,
  after: readonly number[],
  cursorOf: (after: number[] | null) => string,
): Promise<void> {
  const { results } = await from
    .prepare(
      `SELECT * FROM rollups WHERE site = ?1 AND (dimension, grain, start, value) > (?2, ?3, ?4, ?5) AND start < ?6
       ORDER BY dimension, grain, start, value LIMIT ?7`,
    )
    .bind(move.site, after[0] ?? -1, after[1] ?? 0, after[2] ?? 0, after[3] ?? 0, sealedBefore, ROWS)
    .all<Row>();
  const last = results.length === ROWS ? results.at(-1) : undefined;
  const next = last ? ['dimension', 'grain', 'start', 'value'].map((c) => Number(last[c])) : null;
  await to.batch([
    onlyFrom(to, move),
    to
      .prepare(
        `INSERT INTO rollups (site, ${ROLLUP.join(', ')}) SELECT ?1, ${listed(ROLLUP)} FROM json_each(?2) j WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, packed(results, ROLLUP)),
    advance(to, move, cursorOf(next)),
  ]);
}

/** The gap cells of some visitors, whole: each visitor-day's distance to the one before and the one after. */
const ADD_CELLS = `INSERT INTO visitor_cells (site, day, forward, kind, kiosk, store, known, engagement, predecessor, gap, n)
  SELECT ?1, day, forward, kind, kiosk, store, known, engagement, predecessor, gap, count(*) FROM (
    WITH rows AS (SELECT ${VISITOR_DAY.map((c, i) => `j.value->>${i} AS ${c}`).join(', ')} FROM json_each(?2) j),
      linked AS (SELECT *, coalesce(lag(day) OVER w, nullif(earlier, 0)) AS previous, lead(day) OVER w AS next FROM rows WINDOW w AS (PARTITION BY visitor ORDER BY day))
    SELECT day, 0 AS forward, kind, kiosk, store, 0 AS known, 0 AS engagement, 0 AS predecessor, coalesce(day - previous, 0) AS gap FROM linked
    UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, coalesce(next - day, 0) FROM linked
    UNION ALL SELECT day, 1, kind, kiosk, store, known, engagement, previous IS NOT NULL, -1 FROM linked
  ) GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10
  ON CONFLICT (site, day, forward, kind, kiosk, store, known, engagement, predecessor, gap) DO UPDATE SET n = n + excluded.n`;

/** Visitor-days before the seal, visitor by visitor, with the cells they make. Cells add up, so a page is taken once or not at all. */
export async function copyVisitorDays(
  from: D1Database,
  to: D1Database,
  move: Move,
  sealedDay: number,
  after: readonly number[],
  cursorOf: (after: number[] | null) => string,
): Promise<void> {
  const { results } = await from
    .prepare('SELECT * FROM visitor_days WHERE site = ?1 AND visitor > ?2 AND day < ?3 ORDER BY visitor, day LIMIT ?4')
    .bind(move.site, after[0] ?? -1, sealedDay, ROWS)
    .all<VisitorDay>();
  // The last visitor of a full page may go on in the next one: it is read again, whole. Nobody has that many days alone.
  const cut = results.length === ROWS ? results.at(-1)?.visitor : undefined;
  const rows = cut === undefined ? results : results.filter((row) => row.visitor !== cut);
  const last = cut === undefined ? undefined : rows.at(-1)?.visitor;
  await to.batch([
    onlyFrom(to, move),
    to.prepare(ADD_CELLS).bind(move.site, packed(rows, VISITOR_DAY)),
    to
      .prepare(
        `INSERT INTO visitor_days (site, ${VISITOR_DAY.join(', ')}) SELECT ?1, ${listed(VISITOR_DAY)} FROM json_each(?2) j WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, packed(rows, VISITOR_DAY)),
    advance(to, move, cursorOf(last === undefined ? null : [last])),
  ]);
}

const EXPORT = ['start', 'until', 'state', 'doing', 'cursor', 'parts', 'had', 'late', 'late_doing', 'late_seen', 'exported_at'];

const BARRED = ['visitor', 'from_at', 'until_at', 'erased_at'];

/** Where the windows of the copy begin: at the seal, with the days that are in the history. */
export async function copyClosing(from: D1Database, to: D1Database, move: Move, cursor: string): Promise<void> {
  const [closing, exported, barred, erased] = await from.batch<Record<string, number | string | null>>([
    from.prepare('SELECT * FROM closings WHERE site = ?1').bind(move.site),
    from.prepare('SELECT * FROM exports WHERE site = ?1').bind(move.site),
    from.prepare('SELECT * FROM erased_visitors WHERE site = ?1').bind(move.site),
    from.prepare('SELECT * FROM erasures WHERE site = ?1').bind(move.site),
  ]);
  const c = closing?.results[0];
  if (!c) {
    // No window was ever opened: the new home opens its own.
    await to.batch([onlyFrom(to, move), advance(to, move, cursor)]);
    return;
  }
  await to.batch([
    onlyFrom(to, move),
    // Whoever was erased stays barred where the site goes: messages may still be on their way.
    to
      .prepare(
        `INSERT INTO erased_visitors (site, ${BARRED.join(', ')}) SELECT ?1, ${listed(BARRED)} FROM json_each(?2) j WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, JSON.stringify((barred?.results ?? []).map((row) => BARRED.map((name) => row[name])))),
    to
      .prepare(
        'INSERT INTO erasures (site, id, at) SELECT ?1, j.value->>0, j.value->>1 FROM json_each(?2) j WHERE 1 ON CONFLICT DO NOTHING',
      )
      .bind(move.site, JSON.stringify((erased?.results ?? []).map(({ id, at }) => [id, at]))),
    to
      .prepare(
        `INSERT INTO closings (site, closed_before, detail_before, days_before, closed_at, sealed_before, version, exported_before, settled_before, purged_before,
           marks_dropped, late_refused, visitors_from, lists_from) VALUES (?1, ?2, ?2, ?2, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, min(?2, coalesce(?10, ?2))) ON CONFLICT (site) DO NOTHING`,
      )
      .bind(
        move.site,
        ...[c.sealed_before, c.version, c.exported_before, c.settled_before, c.purged_before, c.marks_dropped, c.late_refused],
        c.visitors_from,
        // What comes after the seal is rolled up anew.
        c.lists_from,
      ),
    to
      .prepare(
        `INSERT INTO exports (site, ${EXPORT.join(', ')}) SELECT ?1, ${listed(EXPORT)} FROM json_each(?2) j WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, JSON.stringify((exported?.results ?? []).map((row) => EXPORT.map((name) => row[name] ?? null)))),
    advance(to, move, cursor),
  ]);
}
