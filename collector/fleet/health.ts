/** What a kiosk says about itself, and the answer: settings when they changed, the hour, and the key to seal with. */
import * as v from 'valibot';
import { DAY_MS, dayOf, startOfDay } from '../store/calendar.ts';
import type { Health, HealthAnswer } from '../wire.ts';
import type { Device } from './device.ts';
import { rotate } from './enrolment.ts';
import { helpCode } from './help-code.ts';
import { mergeSettings, readSettings } from './settings.ts';

const shape = v.object({
  waiting: v.number(),
  optIns: v.number(),
  refused: v.number(),
  oldestMs: v.nullable(v.number()),
  storage: v.picklist(['persistent', 'resets', 'none']),
  errors: v.array(v.string()),
  test: v.optional(v.boolean()),
});
export type KioskHealth = v.InferOutput<typeof shape>;

/** What a kiosk last said, out of our own tables; null when it has said nothing that we understand. */
export function readHealth(json: string | null): KioskHealth | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), json);
  return parsed.success ? parsed.output : null;
}

/** Ids begin with their time, by the device's clock: only the last days' are looked at. */
async function countToday(people: D1Database, device: Device, zone: string, nowMs: number): Promise<number> {
  const begun = startOfDay(zone, dayOf(zone, nowMs));
  const row = await people
    .prepare('SELECT count(*) AS n FROM opt_ins WHERE site = ?1 AND id >= ?2 AND kiosk = ?3 AND captured_at >= ?4')
    .bind(device.site, (begun - 5 * DAY_MS).toString(16).padStart(12, '0'), device.kiosk, begun)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

/**
 * Notes a kiosk's health and answers it.
 *
 * @param seal the site's public sealing key.
 * @param help address of the staff help, where one is known.
 */
export async function takeHealth(
  people: D1Database,
  device: Device,
  said: Health,
  seal: string,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
  help?: string,
): Promise<HealthAnswer> {
  const next = said.rotate === undefined ? null : await rotate(people, device.kiosk, device.name, said.rotate, nowMs, random);
  const row = await people
    .prepare(
      `UPDATE kiosks SET last_seen_at = ?2, health_at = ?2, tag_version = ?3, health = ?4, skew_ms = ?5 WHERE id = ?1
       RETURNING settings, (SELECT settings FROM stores WHERE stores.id = kiosks.store) AS store_settings, (SELECT zone FROM stores WHERE stores.id = kiosks.store) AS zone`,
    )
    .bind(device.kiosk, nowMs, said.tag ?? null, JSON.stringify(said.health), said.sentAt - nowMs)
    .first<{ settings: string | null; store_settings: string | null; zone: string }>();
  const { settings, version } = mergeSettings(
    readSettings(row?.store_settings ?? null),
    readSettings(row?.settings ?? null),
    row?.zone ?? 'UTC',
    help,
  );
  return {
    ok: 0,
    rej: [],
    now: nowMs,
    version,
    seal,
    today: await countToday(people, device, row?.zone ?? 'UTC', nowMs),
    ...(said.settings !== version && { settings: { ...settings, ...(help !== undefined && { help: helpCode(help) }) } }),
    ...(next !== null && { device: next }),
  };
}
