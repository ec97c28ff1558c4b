/** Dirty marks, and the guard by which a window's transaction notices that another run was there first. */
import { QUARTER_MS } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';

export type Mark = { start: number; until: number };

/**
 * Takes marks to work on. A taken mark begins a millisecond later: what arrives from then on cannot hide behind it, but makes a
 * mark of its own. It stays in the table until its last transaction, so a crash loses nothing.
 *
 * @returns the marks as they stand now, to be removed when their windows are computed.
 */
export async function takeMarks(events: D1Database, site: Site, marks: readonly Mark[]): Promise<Mark[]> {
  const fresh = JSON.stringify(marks.filter(({ start }) => start % QUARTER_MS === 0).map(({ start }) => start));
  const all = JSON.stringify(marks.map(({ start }) => start - (start % QUARTER_MS) + 1));
  const results = await events.batch<Mark>([
    events
      .prepare(
        `INSERT INTO dirty (site, start, until) SELECT site, start + 1, until FROM dirty WHERE site = ?1 AND start IN (SELECT value FROM json_each(?2))
         ON CONFLICT (site, start) DO UPDATE SET until = max(until, excluded.until)`,
      )
      .bind(site.id, fresh),
    events.prepare('DELETE FROM dirty WHERE site = ?1 AND start IN (SELECT value FROM json_each(?2))').bind(site.id, fresh),
    events
      .prepare('SELECT start, until FROM dirty WHERE site = ?1 AND start IN (SELECT value FROM json_each(?2)) ORDER BY start')
      .bind(site.id, all),
  ]);
  return results[2]?.results ?? [];
}

/** Removes marks that were taken, unless they grew meanwhile. Part of the last transaction of their windows. */
export const removeMarks = (events: D1Database, site: Site, marks: readonly Mark[]): D1PreparedStatement =>
  events
    .prepare('DELETE FROM dirty WHERE site = ?1 AND (start, until) IN (SELECT value->>0, value->>1 FROM json_each(?2))')
    .bind(site.id, JSON.stringify(marks.map(({ start, until }) => [start, until])));

/**
 * Part of an UPDATE of `closings`: moves the version on. The whole transaction fails when another run moved it since it was
 * read: two runs at once would otherwise each write windows by its own idea of how far they are closed.
 *
 * @param expected the parameter that holds the version as it was read.
 */
export const movesOn = (expected: `?${number}`): string => `version = CASE version WHEN ${expected} THEN version + 1 END`;

/** Whether a transaction failed for that reason: nothing of it was done, and the windows must be read again. */
export const isOvertaken = (error: unknown): boolean => /NOT NULL constraint failed: closings\.version/.test(String(error));
