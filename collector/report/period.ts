/** Periods in the site's calendar: which days and instants a date range means, what it is compared with, and how it is cut for a chart. */
import { DAY_MS, dateOfDay, dayOf, HOUR_MS, hourOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';

export const PERIODS = [
  'day',
  'yesterday',
  '24h',
  '7d',
  '28d',
  '91d',
  'month',
  'last_month',
  '6mo',
  '12mo',
  'year',
  'all',
] as const;
export type Period = (typeof PERIODS)[number];
/** A named period, or two day numbers, both included. */
export type DateRange = Period | { from: number; to: number };
/** A range whose beginning follows from the calendar; `all` depends on what there is (beginning.ts). */
export type SettledRange = Exclude<DateRange, 'all'>;
export type Compare = 'previous_period' | 'year' | null;

/** Days `from` to `to`, both included, and the instants `[start, end)` they span. */
export type Span = { from: number; to: number; start: number; end: number };
export type BucketSize = 'hour' | 'day' | 'week' | 'month';
/** One bar or point: its days, its instants, and its name (`2026-10-31`, or an instant with offset for hours). */
export type Bucket = Span & { name: string };

export function spanOfDays(zone: string, from: number, to: number): Span {
  return { from, to, start: startOfDay(zone, from), end: startOfDay(zone, to + 1) };
}

/** First day of the month `back` months before the one that contains `day`. */
function monthStart(day: number, back: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1) / DAY_MS;
}

/** What a date range means at `nowMs`. `Nd` ends yesterday; `24h` is the last 24 site-local hours, the current one included. */
export function resolveRange(site: Site, range: SettledRange, nowMs: number): Span {
  const zone = site.zone;
  const today = dayOf(zone, nowMs);
  if (typeof range === 'object') return spanOfDays(zone, range.from, range.to);
  switch (range) {
    case 'day':
      return spanOfDays(zone, today, today);
    case 'yesterday':
      return spanOfDays(zone, today - 1, today - 1);
    case '24h': {
      const [, end] = hourOf(zone, nowMs);
      const start = end - 24 * HOUR_MS;
      return { from: dayOf(zone, start), to: today, start, end };
    }
    case '7d':
      return spanOfDays(zone, today - 7, today - 1);
    case '28d':
      return spanOfDays(zone, today - 28, today - 1);
    case '91d':
      return spanOfDays(zone, today - 91, today - 1);
    case 'month':
      return spanOfDays(zone, monthStart(today, 0), today);
    case 'last_month':
      return spanOfDays(zone, monthStart(today, 1), monthStart(today, 0) - 1);
    case '6mo':
      return spanOfDays(zone, monthStart(today, 5), today);
    case '12mo':
      return spanOfDays(zone, monthStart(today, 11), today);
    case 'year':
      return spanOfDays(zone, Date.UTC(new Date(today * DAY_MS).getUTCFullYear(), 0, 1) / DAY_MS, today);
  }
}

/** The size of bucket that reads well on a chart: hours for up to two days, then days, weeks past three months, months past a year. */
export function chartBucket(span: Span): BucketSize {
  const days = span.to - span.from + 1;
  return days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 366 ? 'week' : 'month';
}

/** `2026-10-31T14:00+01:00` in the site's zone. */
function nameHour(at: number, offset: number): string {
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${new Date(at + offset).toISOString().slice(0, 16)}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Cuts a span into buckets. Weeks begin on Monday; the first and last may be cut by the span. */
export function cutSpan(zone: string, span: Span, size: BucketSize, offsetAt: (zone: string, at: number) => number): Bucket[] {
  const buckets: Bucket[] = [];
  if (size === 'hour') {
    for (let day = span.from; day <= span.to; day += 1) {
      for (const [start, end] of hoursOfDay(zone, day)) {
        if (start >= span.start && end <= span.end)
          buckets.push({ from: day, to: day, start, end, name: nameHour(start, offsetAt(zone, start)) });
      }
    }
    return buckets;
  }
  for (let from = span.from; from <= span.to; ) {
    // Day 0 was a Thursday: (day + 3) mod 7 counts from Monday.
    const last = size === 'day' ? from : size === 'week' ? from + 6 - ((from + 3) % 7) : monthStart(from, -1) - 1;
    const to = Math.min(last, span.to);
    buckets.push({ ...spanOfDays(zone, from, to), name: dateOfDay(from) });
    from = to + 1;
  }
  return buckets;
}
