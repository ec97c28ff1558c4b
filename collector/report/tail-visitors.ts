/** How the tail changes the gap cells: its visitors' cells with its days taken in, minus their cells as stored. */
import { dayFinder, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { isKnownAt, type Tail, type VisitorDay } from './tail.ts';

export type GapCell = Omit<VisitorDay, 'earlier'> & { forward: number; predecessor: number; gap: number; n: number };
/** Stands for any gap: the number of visitor-days of a day. */
export const TOTAL = -1;

/** Cells of one visitor's active days, in order, counted `sign` times. */
function countDays(days: readonly VisitorDay[], sign: 1 | -1, count: (cell: GapCell) => void): void {
  let [before, at] = [0, 0];
  for (const { day, kind, kiosk, store, known, engagement, earlier } of days) {
    at += 1;
    const next = days[at];
    const previous = before || earlier;
    before = day;
    const predecessor = previous ? 1 : 0;
    const add = (forward: 0 | 1, gap: number) =>
      count({ day, forward, gap, kind, kiosk, store, known, engagement, predecessor, n: sign });
    add(1, TOTAL);
    if (next) add(1, next.day - day);
    if (previous) add(0, day - previous);
  }
}

/** The tail's days of each visitor, as they would be stored. */
function freshDays(site: Site, tail: Tail): Map<number, VisitorDay[]> {
  const fresh = new Map<number, VisitorDay[]>();
  const dayOf = dayFinder(site.zone);
  for (const f of tail.facts) {
    const day = dayOf(f.at);
    const days = fresh.get(f.visitor);
    // Nearly always the only one.
    const same = days?.[0]?.day === day ? days[0] : days?.find((d) => d.day === day);
    if (same) {
      same.engagement = Math.max(same.engagement, f.mode);
      continue;
    }
    const acts = tail.acts.get(f.visitor);
    const known = acts && isKnownAt(acts, startOfDay(site.zone, day + 1), false) ? 1 : 0;
    const made = { day, kind: f.kind, kiosk: f.kiosk, store: f.store, known, engagement: f.mode, earlier: 0 };
    if (days) days.push(made);
    else fresh.set(f.visitor, [made]);
  }
  return fresh;
}

const inOrder = (a: VisitorDay, b: VisitorDay) => a.day - b.day;

/** Counts what the tail changes. Of what came before, the latest day alone: the cells of others stay as they are. */
export function countTail(site: Site, tail: Tail, count: (cell: GapCell) => void): void {
  for (const [visitor, days] of freshDays(site, tail)) {
    const old = tail.days.get(visitor);
    const same = old && days.find((d) => d.day === old.day);
    if (same) {
      same.engagement = Math.max(same.engagement, old.engagement);
      same.earlier = old.earlier;
    } else if (old) days.push(old);
    countDays(days.length > 1 ? days.sort(inOrder) : days, 1, count);
    if (old) countDays([old], -1, count);
  }
}
