/** Reads exact visitor counts of ranges of days, per touchpoint, store and kiosk. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { VISITORS_OF_RANGES } from '../store/visitors-sql.ts';
import type { Closed } from './cells.ts';
import type { VisitorCounts } from './metric.ts';

/** Kinds of visitor ids as stored: only the first can recur. */
const PERSISTENT = 0;
export type VisitorRow = { range: number; kiosk: number; store: number; counts: VisitorCounts };
type Row = {
  range: number;
  kind: number;
  kiosk: number;
  store: number;
  visitors: number;
  known: number;
  engagement: number;
  recurring: number;
};

export const noVisitors = (): VisitorCounts => ({ visitors: 0, known: 0, recurring: 0, persistent: 0, engagement: 0 });

/** Visitor keys embed touchpoint and kiosk, so counts of different rows are of different visitors and add up. */
export function addVisitors(counts: VisitorCounts, more: VisitorCounts): VisitorCounts {
  counts.visitors += more.visitors;
  counts.known += more.known;
  counts.recurring += more.recurring;
  counts.persistent += more.persistent;
  counts.engagement += more.engagement;
  return counts;
}

/**
 * @param ranges pairs of day numbers, both included; rows refer to them by position.
 * @param closed how far windows are closed: later facts are taken in as if their windows were.
 */
export async function readVisitors(
  events: D1Database,
  site: Site,
  closed: Closed,
  ranges: readonly (readonly [from: number, to: number])[],
  nowMs: number,
): Promise<{ rows: VisitorRow[]; rowsRead: number }> {
  const end = startOfDay(site.zone, dayOf(site.zone, Math.max(nowMs, closed.detail_before)) + 1);
  const parts: [day: number, start: number, end: number, dayEnd: number][] = [];
  for (let day = dayOf(site.zone, closed.detail_before); startOfDay(site.zone, day) < end; day += 1) {
    const dayEnd = startOfDay(site.zone, day + 1);
    parts.push([day, Math.max(startOfDay(site.zone, day), closed.detail_before), dayEnd, dayEnd]);
  }
  const { results, meta } = await events
    .prepare(VISITORS_OF_RANGES)
    .bind(site.id, closed.detail_before, end, JSON.stringify(parts), 0, JSON.stringify(ranges))
    .all<Row>();
  const rows = results.map((r) => ({
    range: r.range,
    kiosk: r.kiosk,
    store: r.store,
    counts: {
      visitors: r.visitors,
      known: r.known,
      engagement: r.engagement,
      recurring: r.kind === PERSISTENT ? r.recurring : 0,
      persistent: r.kind === PERSISTENT ? r.visitors : 0,
    },
  }));
  return { rows, rowsRead: meta.rows_read };
}
