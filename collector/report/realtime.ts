/** What happens now: visitors of the last five minutes, the last half hour by minute, the latest opt-ins, the kiosks that are on. */
import { listFleet } from '../fleet/stores.ts';
import { shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween } from '../store/visits-sql.ts';
import { readStoreNames } from './labels.ts';
import { type LatestOptIn, latestOptIns } from './opt-ins.ts';
import type { ReportDatabases } from './run-query.ts';

const MINUTE_MS = 60_000;
export const LIVE_MINUTES = 5;
export const SHOWN_MINUTES = 30;
/** A view that began longer ago than this is not looked for: who reads one page for over an hour is missing here, and only here. */
const REACH_MS = 60 * MINUTE_MS;
/** A kiosk that sent something within this time is on (as on the fleet page). */
export const KIOSK_ON_MS = 15 * MINUTE_MS;
const OPT_INS = 10;

export type Realtime = {
  /** Distinct visitors with a sign of life in the last five minutes. */
  visitors: number;
  /** The current minute is the last one, and not over. Visitors who were there in it; pageviews that began in it. */
  minutes: { at: number; visitors: number; pageviews: number }[];
  optIns: LatestOptIn[];
  kiosks: { id: number; name: string; store: string; lastSeenAt: number }[];
  /** Kiosks there are, on or off. */
  enrolled: number;
  rowsRead: number;
};

const FACTS = `
  pv AS (${factsBetween('pageviews', 't.visitor, t.at, t.at + coalesce(t.foreground_ms, 0) AS ends, 1 AS pageview', '?2', '?3')}),
  ev AS (${factsBetween('events', 't.visitor, t.at, t.at AS ends, 0 AS pageview', '?2', '?3')}),
  oi AS (${factsBetween('opt_ins', 't.visitor, t.at, t.at AS ends, 0 AS pageview', '?2', '?3')}),
  kv AS (${factsBetween('kiosk_visits', 't.visitor, t.at, t.at + t.length_ms AS ends, 0 AS pageview', '?2', '?3')}),
  f AS MATERIALIZED (SELECT * FROM pv UNION ALL SELECT * FROM ev UNION ALL SELECT * FROM oi UNION ALL SELECT * FROM kv)`;
/** The first row, with start 0, is the last five minutes; one row a minute follows, where there was anybody. */
const LIVE = `WITH ${FACTS} SELECT 0 AS start, count(DISTINCT visitor) AS visitors, 0 AS pageviews FROM f WHERE ends >= ?5
  UNION ALL SELECT * FROM (SELECT m.value AS start, count(DISTINCT f.visitor), sum(f.pageview AND f.at >= m.value)
    FROM json_each(?4) m JOIN f ON f.at < m.value + ${MINUTE_MS} AND f.ends >= m.value GROUP BY 1 ORDER BY 1)`;

/** @param nowMs the moment of the question; the last minute is the one that contains it. */
export async function readRealtime(env: ReportDatabases, site: Site, nowMs: number): Promise<Realtime> {
  const current = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const starts = Array.from({ length: SHOWN_MINUTES }, (_, i) => current - (SHOWN_MINUTES - 1 - i) * MINUTE_MS);
  const [live, names, fleet] = await Promise.all([
    shardFor(env, site)
      .prepare(LIVE)
      .bind(site.id, nowMs - REACH_MS, nowMs + MINUTE_MS, JSON.stringify(starts), nowMs - LIVE_MINUTES * MINUTE_MS)
      .all<{ start: number; visitors: number; pageviews: number }>(),
    readStoreNames(env.PEOPLE, site.id),
    listFleet(env.PEOPLE, site.id),
  ]);
  const byMinute = new Map(live.results.map((row) => [row.start, row]));
  return {
    visitors: byMinute.get(0)?.visitors ?? 0,
    minutes: starts.map((at) => ({
      at,
      visitors: byMinute.get(at)?.visitors ?? 0,
      pageviews: byMinute.get(at)?.pageviews ?? 0,
    })),
    optIns: await latestOptIns(env.PEOPLE, site.id, names, OPT_INS),
    kiosks: fleet.flatMap(({ store, kiosks }) =>
      kiosks.flatMap(({ id, name, lastSeenAt, revokedAt }) =>
        lastSeenAt !== null && revokedAt === null && lastSeenAt > nowMs - KIOSK_ON_MS
          ? [{ id, name, store: store.name, lastSeenAt }]
          : [],
      ),
    ),
    enrolled: fleet.reduce(
      (sum, { kiosks }) => sum + kiosks.filter((k) => k.enrolledAt !== null && k.revokedAt === null).length,
      0,
    ),
    rowsRead: live.meta.rows_read,
  };
}
