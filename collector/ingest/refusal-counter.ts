/** Counts refused hits per site, day and reason: a diagnostic kept per isolate and flushed at most once a minute. */
import type { Refusal } from '../wire.ts';

const FLUSH_EVERY_MS = 60_000;
const counts = new Map<string, { site: number; day: number; reason: Refusal; hits: number; lastAt: number }>();
let flushedAt = 0;

/** Notes refused hits of a known site; `day` is the site-local day number. */
export function countRefusals(site: number, day: number, reason: Refusal, hits: number, nowMs: number): void {
  const key = `${site} ${day} ${reason}`;
  const found = counts.get(key);
  if (found) {
    found.hits += hits;
    found.lastAt = nowMs;
  } else counts.set(key, { site, day, reason, hits, lastAt: nowMs });
}

/** Whether a flush is worth a write now: something is counted, and the last flush is a minute ago. */
export function isFlushDue(nowMs: number): boolean {
  return counts.size > 0 && nowMs - flushedAt >= FLUSH_EVERY_MS;
}

/**
 * Writes what is counted as increments; these figures are labelled "about", the facts never are.
 *
 * @throws what D1 throws; the counts are kept for the next flush.
 */
export async function flushRefusals(events: D1Database, nowMs: number): Promise<void> {
  const rows = [...counts.values()];
  counts.clear();
  flushedAt = nowMs;
  if (rows.length === 0) return;
  try {
    await events
      .prepare(
        `INSERT INTO refusals (site, day, reason, hits, last_at) SELECT j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4 FROM json_each(?1) j WHERE 1
       ON CONFLICT (site, day, reason) DO UPDATE SET hits = hits + excluded.hits, last_at = max(last_at, excluded.last_at)`,
      )
      .bind(JSON.stringify(rows.map((r) => [r.site, r.day, r.reason, r.hits, r.lastAt])))
      .run();
  } catch (error) {
    for (const r of rows) countRefusals(r.site, r.day, r.reason, r.hits, r.lastAt);
    throw error;
  }
}
