/** What a site decided about confirmation mails. */

/** Who confirms an opt-in: the person, by our mail, or the brand's own e-mail tool, which then calls back. */
export const CONFIRMERS = ['mail', 'tool'] as const;
export type Confirmer = (typeof CONFIRMERS)[number];
export type MailSettings = {
  confirmedBy: Confirmer;
  /** Confirmation mails an hour for the whole site; above it sign-ups are held for a person's decision. */
  hourly: number;
};
/** A shop's best day, not a flood from a thousand networks. */
export const DEFAULT_HOURLY = 1_000;
export const MAX_HOURLY = 100_000;

export const isConfirmer = (value: unknown): value is Confirmer => CONFIRMERS.some((one) => one === value);

/** A number of mails an hour as it was typed, or null when it is none that can be kept. */
export function readHourly(typed: string): number | null {
  const digits = typed.replace(/[\s\u00a0\u202f]/g, '');
  const hourly = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
  return hourly >= 1 && hourly <= MAX_HOURLY ? hourly : null;
}

export async function readMailSettings(people: D1Database, site: number): Promise<MailSettings> {
  const row = await people
    .prepare('SELECT confirmed_by, hourly FROM mail_settings WHERE site = ?1')
    .bind(site)
    .first<{ confirmed_by: string; hourly: number | null }>();
  return { confirmedBy: row?.confirmed_by === 'tool' ? 'tool' : 'mail', hourly: row?.hourly ?? DEFAULT_HOURLY };
}

/** Holds for opt-ins from now on; those that wait stay with whoever was to confirm them. */
export async function keepMailSettings(people: D1Database, site: number, settings: MailSettings): Promise<void> {
  await people
    .prepare(
      `INSERT INTO mail_settings (site, confirmed_by, hourly) VALUES (?1, ?2, ?3)
       ON CONFLICT (site) DO UPDATE SET confirmed_by = excluded.confirmed_by, hourly = excluded.hourly`,
    )
    .bind(site, settings.confirmedBy, settings.hourly)
    .run();
}
