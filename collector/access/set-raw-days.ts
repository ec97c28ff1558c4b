/** Changes how long a site's facts are kept, and writes down who did. Cron deletes what is too old from then on. */
import { MAX_RAW_DAYS, MIN_RAW_DAYS, rawDaysOf } from '../store/retention.ts';
import type { Site } from '../store/sites.ts';
import { noteAudit } from './audit.ts';

/** A number of days as a person types it, or null when it is none that can be kept: whole, from 45 to 762. */
export function readRawDays(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,4}$/.test(trimmed)) return null;
  const days = Number(trimmed);
  return days >= MIN_RAW_DAYS && days <= MAX_RAW_DAYS ? days : null;
}

/** @param actor `user ID`, never a name or an address. */
export async function setRawDays(
  people: D1Database,
  site: Site,
  days: number,
  actor: string,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  await people.prepare('UPDATE sites SET raw_days = ?2 WHERE id = ?1').bind(site.id, days).run();
  const reason = `from ${rawDaysOf(site)} to ${days} days`;
  await noteAudit(people, { site: site.id, actor, action: 'set_raw_days', reason }, nowMs, random);
}
