/** Computes windows again whose facts changed after they closed, and takes their marks away. */
import { dayOf, QUARTER_MS, startOfDay } from '../store/calendar.ts';
import type { Closing } from '../store/closings.ts';
import { noteOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import { LOOKBACK_MS, VISIT_REACH_MS, VISIT_ROWS } from '../store/visits-sql.ts';
import { computeDay, computePiece } from './compute-windows.ts';
import { type Mark, movesOn, removeMarks, takeMarks } from './marks.ts';
import { REACH_OF_CUT } from './reach.ts';

/** From where to where the visits go that have facts in a range: all that they did is of other visits now. */
async function reachOut(events: D1Database, site: Site, { start, until }: Mark): Promise<Mark> {
  const row = await events
    .prepare(
      `WITH ${VISIT_ROWS} SELECT min(began) AS began, max(at) AS last_at FROM r
       WHERE (visitor, visit) IN (SELECT visitor, visit FROM r WHERE at >= ?2 AND at < ?3)`,
    )
    .bind(site.id, start, until)
    .first<{ began: number | null; last_at: number | null }>();
  return { start: Math.min(start, row?.began ?? start), until: Math.max(until, (row?.last_at ?? start) + 1) };
}

/** The windows of a range, a transaction each: closed days, then what is closed of the open one. */
function stepsOf(events: D1Database, site: Site, closing: Closing, from: number, until: number): D1PreparedStatement[][] {
  const { days_before, detail_before } = closing;
  const steps: D1PreparedStatement[][] = [];
  const lastDay = dayOf(site.zone, Math.min(until, days_before) - 1);
  for (let day = dayOf(site.zone, from); day <= lastDay; day += 1) steps.push(computeDay(events, site, day, true));
  // The open day's pieces become one again: it begins with the day, so that flags are exact.
  if (until > days_before && from < detail_before) steps.push(computePiece(events, site, days_before, detail_before, true, true));
  return steps;
}

/** Visits begun in closed windows may go on for longer now. */
const extendReach = (events: D1Database, site: Site, column: 'day_reach' | 'detail_reach', cut: number) =>
  events.prepare(`UPDATE closings SET ${column} = max(${column}, (${REACH_OF_CUT})) WHERE site = ?1`).bind(site.id, cut, cut);

/**
 * Works off the marks of one closed day, or all those of the open day, at once: they share its windows, and each day computed again
 * reads all its facts.
 *
 * @param waiting marks as they were read, oldest first; at least one.
 * @throws what D1 throws; see `isOvertaken`. What is not finished stays marked.
 */
export async function recompute(events: D1Database, site: Site, closing: Closing, waiting: readonly Mark[]): Promise<void> {
  const [first] = waiting;
  if (!first) return;
  const { days_before, detail_before, sealed_before, version } = closing;
  // None are left when another run was faster: its range is computed once more, which changes nothing.
  const dayEnd = startOfDay(site.zone, dayOf(site.zone, first.start) + 1);
  const together = first.start >= days_before ? waiting : waiting.filter(({ start }) => start < dayEnd);
  const marks = await takeMarks(events, site, together);
  const range = {
    start: first.start - (first.start % QUARTER_MS),
    until: Math.max(first.until, ...marks.map(({ until }) => until)),
  };
  const reach = await reachOut(events, site, range);
  const from = Math.max(reach.start, sealed_before);
  const steps = stepsOf(events, site, closing, from, Math.min(reach.until, detail_before));
  if (steps.length === 0) steps.push([]);
  const finish = [removeMarks(events, site, marks)];
  if (range.until > days_before - VISIT_REACH_MS) finish.push(extendReach(events, site, 'day_reach', days_before));
  if (range.until > detail_before - VISIT_REACH_MS) finish.push(extendReach(events, site, 'detail_reach', detail_before));
  if (range.until > detail_before - LOOKBACK_MS) finish.push(...noteOpenVisits(events, site.id, detail_before));
  steps.at(-1)?.push(...finish);
  for (const [i, step] of steps.entries()) {
    const moved = events.prepare(`UPDATE closings SET ${movesOn('?2')} WHERE site = ?1`).bind(site.id, version + i);
    await events.batch([...step, moved]);
  }
}
