/** The time that a period is compared with. */
import { DAY_MS, dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { type Compare, type Span, spanOfDays } from './period.ts';

/** How far back a comparison lies that begins on the same day of the week: whole weeks, at least the period, or 52 of them. */
const weeksBack = (span: Span, compare: Compare) => (compare === 'year' ? 364 : 7 * Math.ceil((span.to - span.from + 1) / 7));

/**
 * The span that one is compared with, or null. A year back keeps the dates; 29 February is compared with the 28th.
 *
 * @param matchWeekdays a Saturday is compared with a Saturday: the comparison lies whole weeks back.
 */
export function comparedSpan(site: Site, span: Span, compare: Compare, matchWeekdays: boolean | undefined = false): Span | null {
  if (compare === null) return null;
  if (matchWeekdays) {
    const back = weeksBack(span, compare);
    const shifted = spanOfDays(site.zone, span.from - back, span.to - back);
    const [start, end] = [span.start - startOfDay(site.zone, span.from), startOfDay(site.zone, span.to + 1) - span.end];
    return { ...shifted, start: shifted.start + start, end: shifted.end - end };
  }
  if (compare === 'previous_period') {
    const days = span.to - span.from + 1;
    if (span.start === startOfDay(site.zone, span.from)) return spanOfDays(site.zone, span.from - days, span.from - 1);
    return {
      from: dayOf(site.zone, span.start - DAY_MS),
      to: dayOf(site.zone, span.end - 1 - DAY_MS),
      start: span.start - DAY_MS,
      end: span.end - DAY_MS,
    };
  }
  const yearBack = (day: number) => {
    const date = new Date(day * DAY_MS);
    const last = new Date(Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth() + 1, 0)).getUTCDate();
    return Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), Math.min(date.getUTCDate(), last)) / DAY_MS;
  };
  return spanOfDays(site.zone, yearBack(span.from), yearBack(span.to));
}
