/** How long a site's facts are kept, since when there are any, and what a shorter time would take away. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { DEFAULT_RAW_DAYS, MAX_RAW_DAYS, MIN_RAW_DAYS, rawDaysOf } from '../store/retention.ts';
import type { Shards } from '../store/shards.ts';
import { shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';

/** Bounds of the setting, in days. */
export const RAW_DAYS = { least: MIN_RAW_DAYS, most: MAX_RAW_DAYS, standard: DEFAULT_RAW_DAYS } as const;

/** Instants in epoch ms, starts of site-local days. */
export type Keeping = {
  rawDays: number;
  /** Facts from here on are there; before, only the figures. */
  factsSince: number;
  /** Days before this are in the history; null = none yet. */
  exportedUntil: number | null;
  /** Days before this are there as they will stay; null = none yet. */
  settledUntil: number | null;
  /** Facts refused because their day's facts are deleted. */
  lateRefused: number;
};
type Row = { sealed_before: number; exported_before: number; settled_before: number; late_refused: number };

export async function readKeeping(env: Shards, site: Site): Promise<Keeping> {
  const row = await shardFor(env, site)
    .prepare('SELECT sealed_before, exported_before, settled_before, late_refused FROM closings WHERE site = ?1')
    .bind(site.id)
    .first<Row>();
  const firstDay = startOfDay(site.zone, dayOf(site.zone, site.createdAt));
  // Windows open, and the history begins, 31 days before a site is made: days without facts are no news.
  const after = (instant: number | undefined) => (instant !== undefined && instant > firstDay ? instant : null);
  return {
    rawDays: rawDaysOf(site),
    factsSince: after(row?.sealed_before) ?? firstDay,
    exportedUntil: after(row?.exported_before),
    settledUntil: after(row?.settled_before),
    lateRefused: row?.late_refused ?? 0,
  };
}

/** What goes when facts are kept for `days` from now on: pageviews before `before`; null when nothing does. */
export async function readLoss(
  env: Shards,
  site: Site,
  days: number,
  nowMs: number,
): Promise<{ before: number; pageviews: number } | null> {
  const before = startOfDay(site.zone, dayOf(site.zone, nowMs) - days);
  const { factsSince } = await readKeeping(env, site);
  if (before <= factsSince) return null;
  const row = await shardFor(env, site)
    .prepare(
      'SELECT sum(pageviews) AS n FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 1 AND start >= ?2 AND start < ?3',
    )
    .bind(site.id, factsSince, before)
    .first<{ n: number | null }>();
  return { before, pageviews: row?.n ?? 0 };
}

/** Messages set aside because nobody could store them, of all sites together; cron sends some of them again every minute. */
export async function countParked(events: D1Database): Promise<number> {
  const row = await events.prepare('SELECT count(*) AS n FROM parked WHERE replayed_at IS NULL').first<{ n: number }>();
  return row?.n ?? 0;
}
