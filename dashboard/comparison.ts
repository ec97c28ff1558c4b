/** What may honestly be compared: not with days before the site was measured, and not a day that has hardly begun with a whole one. */
import type { Overview, Row } from '../collector/report/result.ts';
import { dateOfDay, dayOf, dayOfDate } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';

/** `early`: the comparison reaches back before the first day. `open`: a short period that is not over. */
export type Fairness = 'fair' | 'early' | 'open';

/** In a period of this many days, the missing rest of today hardly matters. */
const LONG_ENOUGH_DAYS = 7;

export const firstDay = (site: Site): string => dateOfDay(dayOf(site.zone, site.createdAt));
export const isOver = (site: Site, overview: Overview, nowMs: number): boolean =>
  overview.meta.to < dateOfDay(dayOf(site.zone, nowMs));

export function fairnessOf(site: Site, overview: Overview, nowMs: number): Fairness {
  const { from, to, compared_from } = overview.meta;
  if (compared_from !== undefined && compared_from < firstDay(site)) return 'early';
  const days = (dayOfDate(to) ?? 0) - (dayOfDate(from) ?? 0) + 1;
  return !isOver(site, overview, nowMs) && days < LONG_ENOUGH_DAYS ? 'open' : 'fair';
}

const withoutComparison = ({ comparison: _, ...row }: Row): Row => row;

/** The same overview, with "not measured" where the reports had nothing to count yet. */
export function measuredOnly(site: Site, overview: Overview, nowMs: number): Overview {
  const first = firstDay(site);
  const { series } = overview;
  const rows = series.rows.map((row, i) => {
    // A bucket lies before the first day when the next one does not begin after it.
    const next = series.rows[i + 1]?.dimensions[0]?.slice(0, 10);
    return next !== undefined && series.bucket !== 'hour' && next <= first
      ? { ...row, metrics: row.metrics.map(() => null) }
      : row;
  });
  const early = fairnessOf(site, overview, nowMs) === 'early';
  return {
    ...overview,
    headline: early ? withoutComparison(overview.headline) : overview.headline,
    touchpoints: early
      ? { ...overview.touchpoints, rows: overview.touchpoints.rows.map(withoutComparison) }
      : overview.touchpoints,
    series: { ...series, rows },
  };
}
