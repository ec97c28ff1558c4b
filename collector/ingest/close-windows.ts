/** Closes windows and makes rounds, each in one transaction with how far that brings the site. */
import type { Closing } from '../store/closings.ts';
import { noteOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween, VISIT_REACH_MS, VISIT_ROWS } from '../store/visits-sql.ts';
import { computeDay, computePiece } from './compute-windows.ts';
import type { Due } from './due-windows.ts';
import { movesOn } from './marks.ts';
import { REACH_OF_CUT } from './reach.ts';

/** Facts of a span of the open day, as they are counted to see whether a piece is due. */
const OPEN_FACTS = `(SELECT count(*) FROM (${['pageviews', 'events', 'opt_ins']
  .map((table) => `SELECT * FROM (${factsBetween(table, 't.at', '?2', '?3')})`)
  .join(' UNION ALL ')}))`;

/**
 * Marks the windows before `start` in which visits began that went on since the last round: what they did since belongs to their
 * beginning. Facts older than that were known then, or marked themselves when they came.
 *
 * @param reach until when visits may go on that began before `start`.
 */
function markBeginnings(
  events: D1Database,
  site: Site,
  start: number,
  reach: number,
  since: number,
  nowMs: number,
): D1PreparedStatement[] {
  if (reach <= since) return [];
  return [
    events
      .prepare(
        `WITH ${VISIT_ROWS} INSERT INTO dirty (site, start, until)
         SELECT ?1, began - began % 900000, ?2 FROM r WHERE at >= ?4 AND at < ?3 AND began < ?2 AND at < began + ${VISIT_REACH_MS} GROUP BY 2
         ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until`,
      )
      .bind(site.id, start, Math.min(nowMs, start + VISIT_REACH_MS), since),
  ];
}

/**
 * @param closing as it was read: the transaction fails when another run has changed it since.
 * @throws what D1 throws; see `isOvertaken`.
 */
export async function closeWindows(events: D1Database, site: Site, closing: Closing, due: Due, nowMs: number): Promise<void> {
  const { closed_before, detail_before, days_before, day_reach, detail_reach, closed_at, version } = closing;
  switch (due.what) {
    case 'day':
      await events.batch([
        ...computeDay(events, site, due.day, false),
        ...noteOpenVisits(events, site.id, due.end),
        ...markBeginnings(events, site, days_before, day_reach, closed_at, nowMs),
        events
          .prepare(
            `UPDATE closings SET closed_before = ?2, detail_before = ?2, days_before = ?2, open_facts = 0, closed_at = max(closed_at, ?4),
               (day_reach, detail_reach) = (SELECT reach, reach FROM (${REACH_OF_CUT})), ${movesOn('?5')} WHERE site = ?1`,
          )
          .bind(site.id, due.end, due.end, nowMs, version),
      ]);
      return;
    case 'round':
      await events.batch([
        ...markBeginnings(events, site, detail_before, detail_reach, closed_at, nowMs),
        events
          .prepare(
            `UPDATE closings SET closed_before = ?3, closed_at = max(closed_at, ?4), open_facts = ${OPEN_FACTS}, ${movesOn('?5')} WHERE site = ?1`,
          )
          .bind(site.id, detail_before, due.until, nowMs, version),
      ]);
      return;
    case 'piece':
      await events.batch([
        ...computePiece(events, site, detail_before, closed_before, false, detail_before === days_before),
        ...noteOpenVisits(events, site.id, closed_before),
        events
          .prepare(
            `UPDATE closings SET detail_before = ?2, open_facts = 0, detail_reach = (${REACH_OF_CUT}), ${movesOn('?4')} WHERE site = ?1`,
          )
          .bind(site.id, closed_before, closed_before, version),
      ]);
  }
}
