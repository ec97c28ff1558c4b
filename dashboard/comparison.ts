/** What may honestly be compared: not with days before the site was measured, and not a day that has hardly begun with a whole one. */
import { comparedSpan } from '../collector/report/compared-span.ts';
import type { OverviewParts } from '../collector/report/filtered-overview.ts';
import { resolveRange, type SettledRange } from '../collector/report/period.ts';
import { isProblem } from '../collector/report/query.ts';
import type { Meta, Overview, Row } from '../collector/report/result.ts';
import { dateOfDay, dayOf, dayOfDate } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';
import type { View } from './view.ts';

/** The days that figures are about, and those they are compared with. */
export type Days = Pick<Meta, 'from' | 'to' | 'compared_from' | 'compared_to' | 'updating' | 'imported' | 'compared_imported'>;
/** `early`: the comparison reaches back before the first day. `open`: a short period that is not over. */
export type Fairness = 'fair' | 'early' | 'open';

/** In a period of this many days, the missing rest of today hardly matters. */
const LONG_ENOUGH_DAYS = 7;

export const firstDay = (site: Site): string => dateOfDay(dayOf(site.zone, site.createdAt));
export const isOver = (site: Site, days: Days, nowMs: number): boolean => days.to < dateOfDay(dayOf(site.zone, nowMs));

/** The days of a view of which nothing could be read. @param range the view's. */
export function daysOf(site: Site, range: SettledRange, { compare, matchWeekdays }: View, nowMs: number): Days {
  const span = resolveRange(site, range, nowMs);
  const before = comparedSpan(site, span, compare, matchWeekdays);
  return {
    from: dateOfDay(span.from),
    to: dateOfDay(span.to),
    updating: false,
    ...(before && { compared_from: dateOfDay(before.from), compared_to: dateOfDay(before.to) }),
  };
}

export function fairnessOf(site: Site, days: Days, nowMs: number): Fairness {
  const { from, to, compared_from } = days;
  // Another tool may have measured before the first day here.
  const since = days.compared_imported?.from ?? firstDay(site);
  if (compared_from !== undefined && compared_from < firstDay(site) && compared_from < since) return 'early';
  const count = (dayOfDate(to) ?? 0) - (dayOfDate(from) ?? 0) + 1;
  return !isOver(site, days, nowMs) && count < LONG_ENOUGH_DAYS ? 'open' : 'fair';
}

export const withoutComparison = ({ comparison: _, ...row }: Row): Row => row;

function measuredSeries(site: Site, series: Overview['series'], early: boolean): Overview['series'] {
  const first = firstDay(site);
  const rows = series.rows.map((row, i) => {
    // A bucket lies before the first day when the next one does not begin after it.
    const next = series.rows[i + 1]?.dimensions[0]?.slice(0, 10);
    const shown =
      next !== undefined && series.bucket !== 'hour' && next <= first && !row.imported
        ? { ...row, metrics: row.metrics.map(() => null) }
        : row;
    return early ? withoutComparison(shown) : shown;
  });
  return { ...series, rows };
}

/** The same overview, with "not measured" where the reports had nothing to count yet. */
export function measuredOnly(site: Site, overview: OverviewParts, nowMs: number): OverviewParts {
  const { headline, series, touchpoints } = overview;
  const early = fairnessOf(site, overview.meta, nowMs) === 'early';
  return {
    ...overview,
    headline: early ? withoutComparison(headline) : headline,
    touchpoints:
      early && !isProblem(touchpoints) ? { ...touchpoints, rows: touchpoints.rows.map(withoutComparison) } : touchpoints,
    series: isProblem(series) ? series : measuredSeries(site, series, early),
  };
}
