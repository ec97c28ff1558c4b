/** Hits that were not counted, by reason: diagnostics, shown as "about". */
import { dayOf } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';

export type RefusedRow = { reason: string; hits: number; lastAt: number };

/** The last `days` site-local days, today included; most frequent first. */
export async function readRefused(events: D1Database, site: Site, days: number, nowMs: number): Promise<RefusedRow[]> {
  const { results } = await events
    .prepare(
      'SELECT reason, sum(hits) AS hits, max(last_at) AS last_at FROM refusals WHERE site = ?1 AND day > ?2 GROUP BY reason ORDER BY 2 DESC',
    )
    .bind(site.id, dayOf(site.zone, nowMs) - days)
    .all<{ reason: string; hits: number; last_at: number }>();
  return results.map((r) => ({ reason: r.reason, hits: r.hits, lastAt: r.last_at }));
}
