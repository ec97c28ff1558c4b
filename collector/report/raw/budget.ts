/** What reading facts costs, known before it is done. */
import { DAY_MS } from '../../store/calendar.ts';
import { LOOKBACK_MS, ROLLUP_DIMENSIONS, VISIT_REACH_MS } from '../../store/visits-sql.ts';
import type { Span } from '../period.ts';
import type { Question } from '../question.ts';

/**
 * Facts that one question may read. A fact takes about 520 bytes with its visit (measured on V8's heap, 200,000 facts in 77,000 visits),
 * and an isolate of 128 MB serves other requests, too (https://developers.cloudflare.com/workers/platform/limits/#memory).
 */
export const ROW_BUDGET = 100_000;

const TOUCHPOINT = ROLLUP_DIMENSIONS.touchpoint;

/** The facts that visits of a span depend on: what may hold a visit open before it, and what visits do after it. */
export const reachOf = (span: Span): { start: number; end: number } => ({
  start: span.start - LOOKBACK_MS,
  end: span.end + VISIT_REACH_MS,
});

/**
 * About how many facts lie in the reach of a span, from the sums of its windows. A visit is a fact on kiosks only. What came since the last
 * round, and who was identified, is not in it, but reading stops at the budget anyway.
 */
export async function estimateRows(
  { events, site, state }: Pick<Question, 'events' | 'site' | 'state'>,
  span: Span,
): Promise<{ rows: number; rowsRead: number }> {
  const { start, end } = reachOf(span);
  const { results, meta } = await events
    .prepare(
      `SELECT sum(n) AS n FROM (
         SELECT pageviews + events + opt_ins AS n FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 1 AND start > ?2 AND start < min(?3, ?4)
         UNION ALL SELECT pageviews + events + opt_ins FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 0 AND start >= max(?2, ?4) AND start < ?3
         UNION ALL SELECT visits FROM rollups WHERE site = ?1 AND dimension = ${TOUCHPOINT} AND grain = 1 AND start > ?2 AND start < min(?3, ?4) AND value > 0
         UNION ALL SELECT visits FROM rollups WHERE site = ?1 AND dimension = ${TOUCHPOINT} AND grain = 0 AND start >= max(?2, ?4) AND start < ?3 AND value > 0)`,
    )
    .bind(site.id, start - DAY_MS, end, state.days_before)
    .all<{ n: number | null }>();
  const open = end > state.detail_before ? state.open_facts : 0;
  return { rows: (results[0]?.n ?? 0) + open, rowsRead: meta.rows_read };
}
