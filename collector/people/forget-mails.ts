/** What mail leaves behind goes: whom we mailed after a day, the counters after two, the bare rows after ninety. */
import { HOUR_MS } from '../store/calendar.ts';
import { MAIL_EVERY_MS } from './queue-confirmation.ts';

const COUNTED_MS = 48 * HOUR_MS;
/** A kiosk's hour may be thirty days ago when it is counted. */
const DEVICE_COUNTED_MS = 32 * 24 * HOUR_MS;
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Safe to run at any time. */
export async function forgetMails(people: D1Database, nowMs: number): Promise<void> {
  const slot = (beforeMs: number) => Math.floor((nowMs - beforeMs) / HOUR_MS);
  await people.batch([
    people.prepare('DELETE FROM mailed_addresses WHERE at <= ?1').bind(nowMs - MAIL_EVERY_MS),
    people
      .prepare("DELETE FROM mail_quotas WHERE slot < CASE what WHEN 'device' THEN ?2 ELSE ?1 END")
      .bind(slot(COUNTED_MS), slot(DEVICE_COUNTED_MS)),
    people
      .prepare('DELETE FROM mails WHERE created_at < ?1 AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)')
      .bind(nowMs - KEPT_MS),
  ]);
}
