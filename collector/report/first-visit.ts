/** Whether anything has been counted yet. */
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';

export async function hasAnyPageview(env: Shards, site: Site): Promise<boolean> {
  const row = await shardFor(env, site)
    .prepare(
      // Facts are deleted one day, rollups never.
      'SELECT EXISTS (SELECT 1 FROM pageviews WHERE site = ?1) OR EXISTS (SELECT 1 FROM rollups WHERE site = ?1 AND dimension = 0 AND pageviews > 0) AS found',
    )
    .bind(site.id)
    .first<{ found: number }>();
  return row?.found === 1;
}
