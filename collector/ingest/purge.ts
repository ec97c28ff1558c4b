/** Deletes facts whose time is over: seals whole site-local days, never a window that could still change, and only what the history has. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { firstVisitorDay, sealableBefore } from '../store/retention.ts';
import type { Site } from '../store/sites.ts';
import { LOOKBACK_MS } from '../store/visits-sql.ts';
import { deleteExpired } from './expired-facts.ts';
import { inSlices } from './in-slices.ts';
import { sealDay } from './seal-day.ts';

/** Facts of a table deleted in one transaction: well below what D1 does in its 30 s. */
const SLICE_ROWS = 5_000;

/** Whether facts before the seal are still there to delete, and the site stays where it is. */
async function isBehind(events: D1Database, site: number): Promise<boolean> {
  const row = await events
    .prepare(
      `SELECT 1 FROM closings WHERE site = ?1 AND purged_before < sealed_before - ${LOOKBACK_MS} AND NOT EXISTS (SELECT 1 FROM moves WHERE site = ?1)`,
    )
    .bind(site)
    .first();
  return row !== null;
}

/**
 * Purges a site: at most `steps` transactions, each of a bounded number of rows. Safe to break off anywhere and to run twice.
 *
 * @returns whether nothing is left to do.
 */
export async function purgeFacts(
  events: D1Database,
  site: Site,
  nowMs: number,
  steps: number,
  sliceRows = SLICE_ROWS,
): Promise<boolean> {
  const limit = sealableBefore(site, nowMs);
  const work = deleteExpired(events, site.id, startOfDay(site.zone, firstVisitorDay(site, nowMs)), sliceRows);
  return inSlices(steps, async () => {
    const closing = await closingOf(events, site.id);
    if (!closing) return true;
    const to = startOfDay(site.zone, dayOf(site.zone, closing.sealed_before) + 1);
    if (to <= limit && (await sealDay(events, site, closing.sealed_before, to, work))) return false;
    if (!(await isBehind(events, site.id))) return true;
    const results = await events.batch(work);
    if (results.some((r) => r.meta.changes > 0)) return false;
    // Nothing was left, so everything before is gone; a day sealed meanwhile begins a new pass.
    await events
      .prepare('UPDATE closings SET purged_before = ?2 WHERE site = ?1 AND purged_before < ?2')
      .bind(site.id, closing.sealed_before - LOOKBACK_MS)
      .run();
    return false;
  });
}
