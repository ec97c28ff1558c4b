/** A site's calendar: its days and hours as UTC instants, whatever its time zone does (DST, half-hour zones, skipped midnights). */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** All offsets of today's zones are multiples of this. */
export const QUARTER_MS = 900_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();
const offsets = new Map<string, Map<number, number>>();
let quarters = 0;
/** Days that are remembered at most, and quarters of an hour: over half a year of one zone. */
const REMEMBERED = 20_000;

/** Whether the runtime knows this IANA zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that the zone's wall clock is ahead of UTC at `at`. Clocks change at quarters of an hour only: each is asked for once. */
export function offsetAt(zone: string, at: number): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(zone)?.get(quarter);
  if (known !== undefined) return known;
  if (quarters >= REMEMBERED) {
    offsets.clear();
    quarters = 0;
  }
  const found = computeOffset(zone, quarter * QUARTER_MS);
  const inZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, inZone.set(quarter, found));
  quarters += 1;
  return found;
}

function computeOffset(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return Math.round((wall - at) / QUARTER_MS) * QUARTER_MS;
}

/** Number of the site-local day that contains `at`; day 0 is 1970-01-01 in the site's calendar. */
export function dayOf(zone: string, at: number): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY_MS);
}

/** `dayOf` for many instants that mostly lie in one day. */
export function dayFinder(zone: string): (at: number) => number {
  let [day, start, end] = [0, 0, 0];
  return (at) => {
    if (at >= start && at < end) return day;
    day = dayOf(zone, at);
    [start, end] = [startOfDay(zone, day), startOfDay(zone, day + 1)];
    return day;
  };
}

/** The UTC instant at which the site-local day begins: its first quarter of an hour, also where midnight is skipped. */
export function startOfDay(zone: string, day: number): number {
  if (zone === 'UTC') return day * DAY_MS;
  const key = `${zone} ${day}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  let before = day * DAY_MS - 15 * HOUR_MS;
  let reached = day * DAY_MS + 15 * HOUR_MS;
  while (reached - before > QUARTER_MS) {
    const middle = before + Math.floor((reached - before) / 2 / QUARTER_MS) * QUARTER_MS;
    if (dayOf(zone, middle) >= day) reached = middle;
    else before = middle;
  }
  if (starts.size > REMEMBERED) starts.clear();
  starts.set(key, reached);
  return reached;
}

/** The hours of a site-local day as `[start, end)` pairs; 23 to 25 of them, the last one shorter where a zone shifts by 30 minutes. */
export function hoursOfDay(zone: string, day: number): [startAt: number, endAt: number][] {
  const end = startOfDay(zone, day + 1);
  const hours: [number, number][] = [];
  for (let at = startOfDay(zone, day); at < end; at += HOUR_MS) hours.push([at, Math.min(at + HOUR_MS, end)]);
  return hours;
}

/** The site-local hour that contains `at`. */
export function hourOf(zone: string, at: number): [startAt: number, endAt: number] {
  const day = dayOf(zone, at);
  const dayStart = startOfDay(zone, day);
  const start = dayStart + Math.floor((at - dayStart) / HOUR_MS) * HOUR_MS;
  return [start, Math.min(start + HOUR_MS, startOfDay(zone, day + 1))];
}

/** `2026-10-31` of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Day number of `2026-10-31`, or null when there is no such date. */
export function dayOfDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : at / DAY_MS;
}
