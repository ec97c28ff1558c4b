/** How full a database is, and when that is a reason to act. */

/** A D1 database holds 10 GB and not a byte more (https://developers.cloudflare.com/d1/platform/limits/). */
export const LIMIT_BYTES = 10_000_000_000;
/** From here on a site should move, or keep its facts for less long: at the limit every write fails. */
const ALARM_SHARE = 0.7;

export type Gauge = { database: string; bytes: number; limit: number; share: number; alarm: boolean };

/** @param bytes size of the database file as D1 reports it with every answer (`meta.size_after`). */
export function gaugeOf(database: string, bytes: number, limit = LIMIT_BYTES): Gauge {
  const share = Math.min(Math.max(bytes, 0) / limit, 1);
  return { database, bytes, limit, share, alarm: share >= ALARM_SHARE };
}
