/** A store's opening hours on the calendar of its zone. */
import { DAY_MS, dayOf, startOfDay } from '../store/calendar.ts';

/** From Monday on: minutes of the day when the store opens and closes; null = closed all day. */
export type Hours = readonly ([number, number] | null)[];
const MINUTE_MS = 60_000;
/** Whether a screen has been silent for too long is known long before. */
const DAYS = 62;

/** Day 0 was a Thursday. */
const weekdayOf = (day: number) => (day + 3) % 7;

/**
 * The times `[opens, closes]` of `[from, to)` during which the store was open, cut to it, in their order and apart. Hours are of the wall clock,
 * so a day on which clocks change is an hour longer or shorter only where the hours say so. Closing at or before opening means after
 * midnight.
 */
export function openTimes(hours: Hours, zone: string, from: number, to: number): [opens: number, closes: number][] {
  const times: [number, number][] = [];
  const last = dayOf(zone, to);
  for (let day = dayOf(zone, from) - 1; day <= last; day += 1) {
    const open = hours[weekdayOf(day)];
    if (!open) continue;
    const [opens, closes] = open;
    const begin = Math.max(wallTime(zone, day, opens), from);
    const end = Math.min(closes > opens ? wallTime(zone, day, closes) : wallTime(zone, day + 1, closes), to);
    if (begin >= end) continue;
    const before = times.at(-1);
    if (before && begin <= before[1]) before[1] = Math.max(before[1], end);
    else times.push([begin, end]);
  }
  return times;
}

/** The longest time without a break in `[from, to)` for which the store was open, in milliseconds; of the last two months at most. */
export function longestOpenMs(hours: Hours, zone: string, from: number, to: number): number {
  const times = openTimes(hours, zone, Math.max(from, startOfDay(zone, dayOf(zone, to) - DAYS)), to);
  return Math.max(0, ...times.map(([opens, closes]) => closes - opens));
}

/** The instant at which the wall clock of a day shows so many minutes. */
function wallTime(zone: string, day: number, minutes: number): number {
  const midnight = startOfDay(zone, day);
  const guess = midnight + minutes * MINUTE_MS;
  // A clock change between midnight and then moves the wall clock, and so the instant the other way.
  const length = startOfDay(zone, day + 1) - midnight;
  return length === DAY_MS || minutes < 4 * 60 ? guess : guess + length - DAY_MS;
}

/** Whether the store is open at an instant. */
export const isOpenAt = (hours: Hours, zone: string, at: number): boolean => openTimes(hours, zone, at, at + 1).length > 0;
