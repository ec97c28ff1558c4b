/** What is due for a site's windows: read in one question, decided by a plain function. */
import { dayOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Closing } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import type { Mark } from './marks.ts';

/** A day closes when no visit begun in it can be merely idle any more, and most late messages have come. */
export const GRACE_MS = 1_800_000;
/** Marks that are looked at together. */
const MARKS = 200;

/** `marks`: what waits to be recomputed, oldest first. */
export type WindowState = { closing: Closing; marks: Mark[] };
/** What is done next: close a day that lies behind, make the round of an hour, or close a piece of the open day. */
export type Due = { what: 'day'; day: number; end: number } | { what: 'round'; until: number } | { what: 'piece' };

/** How a site's windows stand; null before `openWindows`. */
export async function readWindowState(events: D1Database, site: number): Promise<WindowState | null> {
  const [found, dirty] = await events.batch<Closing & Mark>([
    events.prepare('SELECT * FROM closings WHERE site = ?1').bind(site),
    events.prepare(`SELECT start, until FROM dirty WHERE site = ?1 ORDER BY start LIMIT ${MARKS}`).bind(site),
  ]);
  const closing = found?.results[0];
  return closing ? { closing, marks: dirty?.results ?? [] } : null;
}

/** @param pieceFacts how many facts make a piece of the open day worth its rows. */
export function dueAt(site: Site, closing: Closing, nowMs: number, pieceFacts: number): Due | null {
  const day = dayOf(site.zone, closing.days_before);
  const end = startOfDay(site.zone, day + 1);
  if (end + GRACE_MS <= nowMs) return { what: 'day', day, end };
  const until = hoursOfDay(site.zone, day).findLast(([, to]) => to > closing.closed_before && to + GRACE_MS <= nowMs)?.[1];
  if (until !== undefined) return { what: 'round', until };
  return closing.open_facts >= pieceFacts ? { what: 'piece' } : null;
}
