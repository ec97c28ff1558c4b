/** Whether a period's figures wait to be recomputed: then a report says “updating”, and else exactly what the facts say. */
import { factsBetween, VISIT_REACH_MS } from '../store/visits-sql.ts';

const FACTS = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits'];
const SINCE = '(SELECT since FROM b)';
const BOUND = '(SELECT bound FROM b)';

/**
 * A mark in closed time makes everything from there on wait: who was active then may recur later. What comes after the closed part of
 * the period (`cut`) concerns it only through visits that began there and go on, so until `bound` at the latest: a mark before
 * `bound` makes it wait, and so does a fact since the last round. A period that is open altogether has no such visits.
 */
export const UPDATING = `WITH c AS (SELECT *, min(?2, detail_before) AS cut FROM closings WHERE site = ?1),
  b AS (SELECT closed_at AS since, min(cut + ${VISIT_REACH_MS}, CASE WHEN cut <= ?3 THEN cut WHEN cut <= days_before THEN max(days_before, day_reach) ELSE max(cut, detail_reach) END) AS bound FROM c)
  SELECT EXISTS (SELECT 1 FROM dirty WHERE site = ?1 AND start < ${BOUND}) OR ${FACTS.map(
    (table) => `EXISTS (${factsBetween(table, '1', SINCE, BOUND)})`,
  ).join(' OR ')} AS updating`;

/** @param span the period, UTC instants. */
export async function isUpdating(events: D1Database, site: number, span: { start: number; end: number }): Promise<boolean> {
  const row = await events.prepare(UPDATING).bind(site, span.end, span.start).first<{ updating: number }>();
  return row?.updating === 1;
}
