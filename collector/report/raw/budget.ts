/** What reading facts costs, known before it is done. */
import { DAY_MS } from '../../store/calendar.ts';
import type { Site } from '../../store/sites.ts';
import { LOOKBACK_MS, VISIT_REACH_MS } from '../../store/visits-sql.ts';
import type { Closed } from '../cells.ts';
import type { Span } from '../period.ts';

/**
 * Rows that one question may read. A fact takes about 350 bytes in an isolate of 128 MB that also serves other requests
 * (https://developers.cloudflare.com/workers/platform/limits/#memory), and D1 hands out some 200,000 rows a second: more than this
 * would be neither safe nor quick.
 */
export const ROW_BUDGET = 200_000;

/** The facts that visits of a span depend on: what may hold a visit open before it, and what visits do after it. */
export const reachOf = (span: Span): { start: number; end: number } => ({
  start: span.start - LOOKBACK_MS,
  end: span.end + VISIT_REACH_MS,
});

/** About how many facts lie in the reach of a span, from the totals of its windows. What is not closed yet is not in it: reading stops at the budget anyway. */
export async function estimateRows(
  events: D1Database,
  site: Site,
  span: Span,
  closed: Closed,
): Promise<{ rows: number; rowsRead: number }> {
  const { start, end } = reachOf(span);
  const { results, meta } = await events
    .prepare(
      `SELECT sum(pageviews + events + opt_ins + visits) AS n FROM (
         SELECT pageviews, events, opt_ins, visits FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 1 AND start > ?2 AND start < min(?3, ?4)
         UNION ALL SELECT pageviews, events, opt_ins, visits FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 0 AND start >= max(?2, ?4) AND start < ?3)`,
    )
    .bind(site.id, start - DAY_MS, end, closed.days_before)
    .all<{ n: number | null }>();
  return { rows: results[0]?.n ?? 0, rowsRead: meta.rows_read };
}
