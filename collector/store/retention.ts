/** How long rows with a visitor in them are kept. Rollups have none and are kept for good. */
import { DAY_MS, dayOf, startOfDay } from './calendar.ts';
import type { Site } from './sites.ts';

/** Facts arrive up to 30 days late, and a queue holds them 14 days at most: later than this, a day's facts stand. */
export const SETTLED_MS = 44 * DAY_MS;
/** The shortest: a day that could still change must never be sealed. */
export const MIN_RAW_DAYS = 45;
/** 25 months, the longest the CNIL allows for audience measurement (reference/domain.md §3.7). */
export const MAX_RAW_DAYS = 762;
/** 13 months: as long as a visitor id can live. */
export const DEFAULT_RAW_DAYS = 397;
/** 13 months of a visitor id and 30 days in which its last facts may arrive. */
export const VISITOR_DAYS = 427;

/** Days for which a site's facts are kept. */
export function rawDaysOf(site: Pick<Site, 'rawDays'>): number {
  const days = Math.floor(site.rawDays ?? DEFAULT_RAW_DAYS);
  return Number.isFinite(days) ? Math.min(Math.max(days, MIN_RAW_DAYS), MAX_RAW_DAYS) : DEFAULT_RAW_DAYS;
}

/** The site-local midnight up to which days may be sealed. */
export function sealableBefore(site: Pick<Site, 'rawDays' | 'zone'>, nowMs: number): number {
  return startOfDay(site.zone, dayOf(site.zone, nowMs) - rawDaysOf(site));
}

/** Number of the first site-local day whose visitor-days are still kept. */
export const firstVisitorDay = (site: Pick<Site, 'zone'>, nowMs: number): number => dayOf(site.zone, nowMs) - VISITOR_DAYS;
