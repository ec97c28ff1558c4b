/** Whether a site has anything to show yet, and whether any of it was measured here. */
import { SHOWN } from '../store/imports.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';

/** `imported`: what another tool measured is shown, and nothing was measured here yet. */
export type Begun = 'nothing' | 'imported' | 'measured';

export async function readBegun(env: Shards, site: Site): Promise<Begun> {
  const row = await shardFor(env, site)
    .prepare(
      // Facts are deleted one day, rollups never.
      `SELECT EXISTS (SELECT 1 FROM pageviews WHERE site = ?1) OR EXISTS (SELECT 1 FROM rollups WHERE site = ?1 AND dimension = 0 AND pageviews > 0) AS measured,
         EXISTS (SELECT 1 FROM imported_days d JOIN imports i ON i.site = d.site AND i.id = d.import AND i.state = ${SHOWN} WHERE d.site = ?1) AS imported`,
    )
    .bind(site.id)
    .first<{ measured: number; imported: number }>();
  return row?.measured === 1 ? 'measured' : row?.imported === 1 ? 'imported' : 'nothing';
}
