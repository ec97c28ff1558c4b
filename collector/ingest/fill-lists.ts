/** Gives the days that an earlier version closed their rollups by event and by known: a day a step, the latest first. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Closing } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import { computeLists } from './compute-windows.ts';
import { movesOn } from './marks.ts';

/** What is done next: a day is given its rollups, or it is noted from when on windows have them. */
export type Lacking = { day: number | null; from: number };

/** @returns null when all days have them whose facts are there. An open day that lacks them gets them when it closes. */
export function lackingLists(site: Site, closing: Closing): Lacking | null {
  const { lists_from, detail_before, days_before, sealed_before } = closing;
  if (lists_from === null) return { day: null, from: detail_before };
  if (lists_from <= sealed_before) return null;
  const day = dayOf(site.zone, lists_from - 1);
  return startOfDay(site.zone, day + 1) <= days_before ? { day, from: startOfDay(site.zone, day) } : null;
}

/** @throws what D1 throws; see `isOvertaken`. */
export async function fillLists(events: D1Database, site: Site, closing: Closing, { day, from }: Lacking): Promise<void> {
  await events.batch([
    ...(day === null ? [] : computeLists(events, site, day)),
    events.prepare(`UPDATE closings SET lists_from = ?2, ${movesOn('?3')} WHERE site = ?1`).bind(site.id, from, closing.version),
  ]);
}
