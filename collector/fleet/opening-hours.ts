/** A store's opening hours on the calendar of its zone. */
import { dayOf, startOfDay } from '../store/calendar.ts';

/** From Monday on: minutes of the day when the store opens and closes; null = closed all day. */
export type Hours = readonly ([number, number] | null)[];
const MINUTE_MS = 60_000;
/** Nobody asks how long a store was open in a year. */
const DAYS = 62;

/** Day 0 was a Thursday. */
const weekdayOf = (day: number) => (day + 3) % 7;

/**
 * Milliseconds of `[from, to)` during which the store was open. Hours are of the wall clock, so a day on which clocks change is an
 * hour longer or shorter only where the hours say so. Closing at or before opening means after midnight.
 */
export function openMsBetween(hours: Hours, zone: string, from: number, to: number): number {
  let sum = 0;
  const last = dayOf(zone, to);
  for (let day = Math.max(dayOf(zone, from) - 1, last - DAYS); day <= last; day += 1) {
    const open = hours[weekdayOf(day)];
    if (!open) continue;
    const [opens, closes] = open;
    const begin = wallTime(zone, day, opens);
    const end = closes > opens ? wallTime(zone, day, closes) : wallTime(zone, day + 1, closes);
    sum += Math.max(0, Math.min(end, to) - Math.max(begin, from));
  }
  return sum;
}

/** The instant at which the wall clock of a day shows so many minutes. */
function wallTime(zone: string, day: number, minutes: number): number {
  const midnight = startOfDay(zone, day);
  const guess = midnight + minutes * MINUTE_MS;
  // A clock change between midnight and then moves the wall clock, and so the instant the other way.
  const length = startOfDay(zone, day + 1) - midnight;
  return length === 86_400_000 || minutes < 4 * 60 ? guess : guess + length - 86_400_000;
}

/** Whether the store is open at an instant. */
export const isOpenAt = (hours: Hours, zone: string, at: number): boolean => openMsBetween(hours, zone, at, at + 1) > 0;
