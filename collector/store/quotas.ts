/** Counts what is used of a quota, in D1: the one place where a limit holds for all isolates together. */
import { DAY_MS, HOUR_MS } from './calendar.ts';

/** `late`: hits more than 48 h old, a day. `opt-in`: forms sent, an hour. `messages`: everything of a site, a day. */
export type Quota = { site: number; what: 'late' | 'opt-in' | 'messages'; slot: number; prefix: number };

/** The UTC day or hour that a quota is counted in. */
export const slotOf = (what: Quota['what'], nowMs: number) => Math.floor(nowMs / (what === 'opt-in' ? HOUR_MS : DAY_MS));

/**
 * Adds to what is used. One row written.
 *
 * @returns how much is used now, this included.
 */
export async function useQuota(events: D1Database, { site, what, slot, prefix }: Quota, hits: number): Promise<number> {
  const row = await events
    .prepare(
      `INSERT INTO quotas (site, what, slot, prefix, hits) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (site, what, slot, prefix) DO UPDATE SET hits = hits + excluded.hits RETURNING hits`,
    )
    .bind(site, what, slot, prefix, hits)
    .first<{ hits: number }>();
  return row?.hits ?? hits;
}

/** Forgets what was used before yesterday. */
export async function forgetQuotas(events: D1Database, nowMs: number): Promise<void> {
  await events
    .prepare("DELETE FROM quotas WHERE slot < CASE what WHEN 'opt-in' THEN ?1 ELSE ?2 END")
    .bind(slotOf('opt-in', nowMs - DAY_MS), slotOf('late', nowMs - DAY_MS))
    .run();
}
