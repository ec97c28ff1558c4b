/** Seals a day: from then on its windows stand, and its facts may go. */
import type { Site } from '../store/sites.ts';

/**
 * Seals one day, with the first slice of what that lets go, in one transaction. Nothing happens unless the day is closed, its facts
 * are in the history as they are, and the site stays where it is.
 */
export async function sealDay(
  events: D1Database,
  site: Site,
  from: number,
  to: number,
  rest: D1PreparedStatement[],
): Promise<boolean> {
  const [sealed] = await events.batch([
    events
      .prepare(
        `UPDATE closings SET sealed_before = ?3, marks_dropped = marks_dropped + (SELECT count(*) FROM dirty d WHERE d.site = ?1 AND d.until <= ?3)
         WHERE site = ?1 AND sealed_before = ?2 AND days_before >= ?3 AND settled_before >= ?3
           AND NOT EXISTS (SELECT 1 FROM exports e WHERE e.site = ?1 AND e.start < ?3 AND e.until > ?2 AND (e.state <> 2 OR e.doing IS NOT NULL OR e.late <> e.late_seen))
           AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.site = ?1)`,
      )
      .bind(site.id, from, to),
    events
      .prepare('DELETE FROM dirty WHERE site = ?1 AND until <= (SELECT sealed_before FROM closings WHERE site = ?1)')
      .bind(site.id),
    ...rest,
  ]);
  return (sealed?.meta.changes ?? 0) > 0;
}
