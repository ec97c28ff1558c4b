/** Whether anything has been counted yet. */
import type { Site } from '../store/sites.ts';

export async function hasAnyPageview(events: D1Database, site: Site): Promise<boolean> {
  return (await events.prepare('SELECT 1 FROM pageviews WHERE site = ?1 LIMIT 1').bind(site.id).first()) !== null;
}
