/** Deletes visitor-days older than 13 months and 30 days. What is left counts as before: the gap to a deleted day stays known. */
import { dayOf } from '../store/calendar.ts';
import { firstVisitorDay } from '../store/retention.ts';
import type { Site } from '../store/sites.ts';
import { inSlices } from './in-slices.ts';

const SLICE_ROWS = 10_000;
type State = { visitors_from: number; visitors_cursor: number | null };
/** Visitors of the slice `?3 < visitor <= ?4`. */
const SLICE = 'site = ?1 AND visitor > ?3 AND visitor <= ?4';

/** One slice: the first day that stays learns of the last one that goes, in the transaction in which it goes. */
async function purgeSlice(events: D1Database, site: number, day: number, after: number, upTo: number): Promise<void> {
  const values = [site, day, after, upTo] as const;
  await events.batch([
    events
      .prepare(
        `WITH gone AS (SELECT visitor, max(day) AS day FROM visitor_days WHERE ${SLICE} AND day < ?2 GROUP BY visitor),
           first AS (SELECT v.visitor, min(v.day) AS day, g.day AS earlier FROM gone g CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = g.visitor AND v.day >= ?2 GROUP BY v.visitor)
         UPDATE visitor_days SET earlier = first.earlier FROM first WHERE visitor_days.site = ?1 AND visitor_days.visitor = first.visitor AND visitor_days.day = first.day`,
      )
      .bind(...values),
    events.prepare(`DELETE FROM visitor_days WHERE ${SLICE} AND day < ?2`).bind(...values),
    events.prepare('UPDATE closings SET visitors_cursor = ?2 WHERE site = ?1').bind(site, upTo),
  ]);
}

/**
 * Goes through a site's visitors once a day, at most `steps` slices at a time; safe to break off and to run twice.
 *
 * @returns whether nothing is left to do.
 */
export async function purgeVisitors(
  events: D1Database,
  site: Site,
  nowMs: number,
  steps: number,
  sliceRows = SLICE_ROWS,
): Promise<boolean> {
  const day = firstVisitorDay(site, nowMs);
  // A younger site has no such visitor-days: its windows begin 31 days before it was made.
  if (dayOf(site.zone, site.createdAt) - 31 >= day) return true;
  return inSlices(steps, async () => {
    const state = await events
      .prepare(
        'SELECT visitors_from, visitors_cursor FROM closings WHERE site = ?1 AND visitors_from < ?2 AND NOT EXISTS (SELECT 1 FROM moves WHERE site = ?1)',
      )
      .bind(site.id, day)
      .first<State>();
    if (!state) return true;
    const after = state.visitors_cursor ?? -1;
    const page = await events
      .prepare(
        'SELECT max(visitor) AS last FROM (SELECT visitor FROM visitor_days WHERE site = ?1 AND visitor > ?2 ORDER BY visitor LIMIT ?3)',
      )
      .bind(site.id, after, sliceRows)
      .first<{ last: number | null }>();
    if (typeof page?.last === 'number') await purgeSlice(events, site.id, day, after, page.last);
    // The cells go last, all at once: no range that is still answered reads them.
    else
      await events.batch([
        events.prepare('DELETE FROM visitor_cells WHERE site = ?1 AND day < ?2').bind(site.id, day),
        events.prepare('UPDATE closings SET visitors_from = ?2, visitors_cursor = NULL WHERE site = ?1').bind(site.id, day),
      ]);
    return false;
  });
}
