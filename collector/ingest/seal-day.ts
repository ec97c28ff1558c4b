/** Seals a day: from then on its windows stand, and its facts may go. */
import type { Site } from '../store/sites.ts';
import { VISIT_REACH_MS } from '../store/visits-sql.ts';

/**
 * Seals one day, with the first slice of what that lets go, in one transaction. Nothing happens unless the day is closed, nothing
 * waits to be recomputed of what its visits may have done, its facts are in the history as they are, and the site stays where it is.
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
        `UPDATE closings SET sealed_before = ?3 WHERE site = ?1 AND sealed_before = ?2 AND days_before >= ?3 AND settled_before >= ?3
           AND NOT EXISTS (SELECT 1 FROM dirty d WHERE d.site = ?1 AND d.start < ?3 + ${VISIT_REACH_MS})
           AND NOT EXISTS (SELECT 1 FROM exports e WHERE e.site = ?1 AND e.start < ?3 AND e.until > ?2 AND (e.state <> 2 OR e.doing IS NOT NULL OR e.late <> e.late_seen))
           AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.site = ?1)`,
      )
      .bind(site.id, from, to),
    ...rest,
  ]);
  return (sealed?.meta.changes ?? 0) > 0;
}
