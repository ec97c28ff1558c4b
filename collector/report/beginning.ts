/** Where a site's history begins: with its first measured fact, or with the first day that another tool measured. */
import { DAY_MS, dayOf } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { SHOWN } from '../store/imports.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween } from '../store/visits-sql.ts';
import type { DateRange, SettledRange } from './period.ts';

type First = { at: number | null };

/** Closed time has rollups, and marks where they wait for something older; each line is one step into an index. */
const KEPT = `SELECT min(at) AS at FROM (
  SELECT min(start) AS at FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 1
  UNION ALL SELECT min(start) FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 0
  UNION ALL SELECT min(start) FROM dirty WHERE site = ?1
  UNION ALL SELECT * FROM (SELECT d.start FROM imported_days d JOIN imports i ON i.site = d.site AND i.id = d.import AND i.state = ${SHOWN}
    WHERE d.site = ?1 ORDER BY d.day LIMIT 1))`;
const TABLES = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits', 'exposures'];

/** The first fact of time that is not closed. */
async function firstFact(events: D1Database, site: Site, nowMs: number): Promise<number> {
  const from = (await closingOf(events, site.id))?.detail_before ?? 0;
  const found = await events.batch<First>(
    TABLES.map((table) =>
      events
        .prepare(`SELECT min(at) AS at FROM (${factsBetween(table, 't.at', '?2', '?3')})`)
        .bind(site.id, from, nowMs + DAY_MS),
    ),
  );
  return Math.min(...found.map(({ results }) => results[0]?.at ?? nowMs));
}

/**
 * Number of the first day that reports can tell anything of: the one on which the site was made, or an earlier one with facts of a
 * kiosk that was offline, or with imported history.
 */
async function firstDayOf(events: D1Database, site: Site, nowMs: number): Promise<number> {
  const kept = (await events.prepare(KEPT).bind(site.id).first<First>())?.at ?? null;
  // Closed time is older than open time: only where it is empty may the first fact be an open one.
  const first = Math.min(site.createdAt, kept ?? (await firstFact(events, site, nowMs)), nowMs);
  return dayOf(site.zone, first);
}

/** `all` as days, from the first one on; any other range as it is. */
export async function settleRange(env: Shards, site: Site, range: DateRange, nowMs: number): Promise<SettledRange> {
  if (range !== 'all') return range;
  return { from: await firstDayOf(shardFor(env, site), site, nowMs), to: dayOf(site.zone, nowMs) };
}
