/** The 28 days that end with each piece of a period: how many visitors, and how many on a mean day. */
import { dayOf } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import type { StickyDays } from './metric.ts';
import type { Span } from './period.ts';
import type { Tail } from './tail.ts';
import { readVisitors } from './visitors.ts';

const DAYS = 28;

/** The window of a period: 28 days that end with it, yesterday at the latest; null when the site is too young for it. */
export function stickyWindow(site: Site, span: Span, nowMs: number, firstDay: number): [from: number, to: number] | null {
  const to = Math.min(span.to, dayOf(site.zone, nowMs) - 1);
  const from = to - DAYS + 1;
  return from >= Math.max(firstDay, dayOf(site.zone, site.createdAt)) ? [from, to] : null;
}

/**
 * Only visitors with a persistent id: others are new every day by nature.
 *
 * @param windows each of 28 days, or null.
 * @returns for each window, what each touchpoint has.
 */
export async function readSticky(
  events: D1Database,
  site: Site,
  windows: readonly ([from: number, to: number] | null)[],
  tail: Tail,
): Promise<{ days: { store: number; kiosk: number; sticky: StickyDays }[][]; rowsRead: number }> {
  const singles = [...new Set(windows.flatMap((w) => (w ? Array.from({ length: DAYS }, (_, i) => w[0] + i) : [])))];
  const wholes = windows.flatMap((w) => (w ? [w] : []));
  const { rows, rowsRead } = await readVisitors(events, site, [...wholes, ...singles.map((day) => [day, day] as const)], tail);
  const byRange = Map.groupBy(rows, (row) => row.range);
  let at = -1;
  const days = windows.map((window) => {
    if (!window) return [];
    at += 1;
    const daily = new Map<string, number>();
    for (let day = window[0]; day <= window[1]; day += 1)
      for (const row of byRange.get(wholes.length + singles.indexOf(day)) ?? []) {
        const key = `${row.store} ${row.kiosk}`;
        daily.set(key, (daily.get(key) ?? 0) + row.counts.persistent);
      }
    return (byRange.get(at) ?? []).map(({ store, kiosk, counts }) => ({
      store,
      kiosk,
      sticky: { visitors: counts.persistent, daily: daily.get(`${store} ${kiosk}`) ?? 0 },
    }));
  });
  return { days, rowsRead };
}
