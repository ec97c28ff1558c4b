/** Site-local midnights, found by asking Intl every quarter of an hour: slow, obvious, and not the collector's calendar. */

const QUARTER = 900_000;
const HOUR = 3_600_000;
const found = new Map<string, number[]>();

/** The instants at which `count` site-local days begin, from the day of a date (`2026-10-24`) on. */
export function startsOfDays(zone: string, date: string, count: number): number[] {
  const key = `${zone} ${date} ${count}`;
  const known = found.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const starts: number[] = [];
  let last = '';
  for (let at = Date.parse(`${date}T00:00:00Z`) - 20 * HOUR; starts.length < count; at += QUARTER) {
    const local = format.format(at);
    if (local !== last && last !== '' && local >= date) starts.push(at);
    last = local;
  }
  found.set(key, starts);
  return starts;
}

/** The calendar of a scenario: `starts[i]` begins day `i`, counted from its first day. */
export type Days = { starts: number[]; dates: string[] };

export function daysFrom(zone: string, start: number, count: number): Days {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const starts = startsOfDays(zone, format.format(start), count + 1);
  return { starts, dates: starts.slice(0, count).map((at) => format.format(at)) };
}

/** Which day an instant is on. */
export function dayIndex(days: Days, at: number): number {
  let index = -1;
  for (const start of days.starts) if (at >= start) index += 1;
  return index;
}
