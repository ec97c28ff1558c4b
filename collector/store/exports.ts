/** Which days of a site are in the history, and how far the one in progress has come. */
import { dayOf, startOfDay } from './calendar.ts';
import { SETTLED_MS } from './retention.ts';
import type { Site } from './sites.ts';

/** 1 provisional: late facts may still come; 2 settled: they would be refused, or send the day here again. */
export type ExportState = 1 | 2;
export type Export = { start: number; until: number; doing: ExportState; cursor: string; parts: string; had: number };
type Watermarks = { days_before: number; exported: number; settled: number };

/** The export of a site that is in progress. */
export async function currentExport(events: D1Database, site: number): Promise<Export | null> {
  return events
    .prepare(
      'SELECT start, until, doing, cursor, parts, had FROM exports INDEXED BY exports_doing WHERE site = ?1 AND doing IS NOT NULL LIMIT 1',
    )
    .bind(site)
    .first<Export>();
}

/** The day that is due next, if any: first what changed after it was settled, then what has become final, then what closed yesterday. */
async function dueDay(events: D1Database, site: Site, nowMs: number): Promise<{ day: number; state: ExportState } | null> {
  const [stale, closing] = await events.batch<Watermarks & { start: number }>([
    events
      .prepare('SELECT start FROM exports INDEXED BY exports_stale WHERE site = ?1 AND late <> late_seen AND state = 2 LIMIT 1')
      .bind(site.id),
    // Before the first export both begin where the site's windows begin.
    events
      .prepare(
        `SELECT days_before, max(exported_before, settled_before, CASE WHEN settled_before = 0 THEN sealed_before ELSE 0 END) AS exported,
           CASE WHEN settled_before = 0 THEN sealed_before ELSE settled_before END AS settled FROM closings WHERE site = ?1`,
      )
      .bind(site.id),
  ]);
  const changed = stale?.results[0];
  if (changed) return { day: dayOf(site.zone, changed.start), state: 2 };
  const marks = closing?.results[0];
  if (!marks) return null;
  const isClosed = (day: number) => startOfDay(site.zone, day + 1) <= marks.days_before;
  const final = dayOf(site.zone, marks.settled);
  if (isClosed(final) && startOfDay(site.zone, final + 1) + SETTLED_MS <= nowMs) return { day: final, state: 2 };
  const fresh = dayOf(site.zone, marks.exported);
  return isClosed(fresh) ? { day: fresh, state: 1 } : null;
}

/**
 * Begins the export that is due next.
 *
 * @param cursorOf where the reading of a day begins.
 * @returns whether there is one.
 */
export async function beginExport(
  events: D1Database,
  site: Site,
  nowMs: number,
  cursorOf: (start: number) => string,
): Promise<boolean> {
  const due = await dueDay(events, site, nowMs);
  if (!due) return false;
  const [start, until] = [startOfDay(site.zone, due.day), startOfDay(site.zone, due.day + 1)];
  await events.batch([
    events
      .prepare(
        `INSERT INTO exports (site, start, until, state, doing, cursor, parts, had, late, late_doing, late_seen, exported_at) VALUES (?1, ?2, ?3, 0, ?4, ?5, '[]', 0, 0, 0, 0, 0)
         ON CONFLICT (site, start) DO UPDATE SET doing = excluded.doing, cursor = excluded.cursor, parts = '[]', late_doing = exports.late WHERE exports.doing IS NULL`,
      )
      .bind(site.id, start, until, due.state, cursorOf(start)),
    // From now on every fact that arrives for the day is noted: the reading may be past its place.
    events
      .prepare('UPDATE closings SET settled_before = max(settled_before, ?2) WHERE site = ?1 AND ?3 = 2')
      .bind(site.id, until, due.state),
  ]);
  return true;
}

/** Notes a finished part, unless somebody else did. */
export async function notePart(events: D1Database, site: number, from: Export, cursor: string, parts: string): Promise<void> {
  await events
    .prepare('UPDATE exports SET cursor = ?4, parts = ?5 WHERE site = ?1 AND start = ?2 AND cursor = ?3 AND doing IS NOT NULL')
    .bind(site, from.start, from.cursor, cursor, parts)
    .run();
}

/** Notes that a day is in the history as far as it was known when its export began. */
export async function finishExport(events: D1Database, site: number, done: Export, nowMs: number): Promise<void> {
  await events.batch([
    events
      .prepare(
        'UPDATE exports SET state = doing, doing = NULL, late_seen = late_doing, exported_at = ?3, had = json_array_length(parts) WHERE site = ?1 AND start = ?2 AND doing = ?4',
      )
      .bind(site, done.start, nowMs, done.doing),
    events.prepare('UPDATE closings SET exported_before = max(exported_before, ?2) WHERE site = ?1').bind(site, done.until),
  ]);
}
