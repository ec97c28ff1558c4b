/** How many confirmation mails may be asked for: by one kiosk, and at one site, in an hour. What is above is held, never lost. */
import { HOUR_MS } from '../store/calendar.ts';

/** An hour of one screen: far more than fingers can type, far less than a script. */
export const DEVICE_MAILS = 120;

/** Why an opt-in waits for a person's decision. */
export const HELD_FOR = ['late', 'device', 'network', 'site'] as const;
export type HeldFor = (typeof HELD_FOR)[number];

/**
 * Counts one more mail against the kiosk and the site. A kiosk that comes back after a day offline brings many at once: its hour is the
 * one in which the person stood there.
 *
 * @returns which of the two is used up, or null: then the mail may go.
 */
export async function useMailQuotas(
  people: D1Database,
  of: { site: number; kiosk: number; capturedAt: number; receivedAt: number; hourly: number },
): Promise<HeldFor | null> {
  const use = (what: 'device' | 'site', subject: number, at: number) =>
    people
      .prepare(
        `INSERT INTO mail_quotas (site, what, subject, slot, used) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (site, what, subject, slot) DO UPDATE SET used = used + 1 RETURNING used`,
      )
      .bind(of.site, what, subject, Math.floor(at / HOUR_MS));
  const [site, device] = await people.batch<{ used: number }>([
    use('site', 0, of.receivedAt),
    ...(of.kiosk > 0 ? [use('device', of.kiosk, of.capturedAt)] : []),
  ]);
  if ((device?.results[0]?.used ?? 0) > DEVICE_MAILS) return 'device';
  return (site?.results[0]?.used ?? 0) > of.hourly ? 'site' : null;
}
