/** The latest opt-ins, without addresses. */
import type { StoreNames } from './labels.ts';

export type LatestOptIn = { at: number; path: string; touchpoint: 'web' | 'kiosk'; store: string | null; state: string };

export async function latestOptIns(people: D1Database, site: number, names: StoreNames, limit: number): Promise<LatestOptIn[]> {
  const { results } = await people
    .prepare('SELECT captured_at, path, touchpoint, store, state FROM opt_ins WHERE site = ?1 ORDER BY captured_at DESC LIMIT ?2')
    .bind(site, limit)
    .all<{ captured_at: number; path: string; touchpoint: string; store: number; state: string }>();
  return results.map((r) => ({
    at: r.captured_at,
    path: r.path,
    touchpoint: r.touchpoint === 'kiosk' ? 'kiosk' : 'web',
    store: names.stores.get(r.store) ?? null,
    state: r.state,
  }));
}
