/** What the dashboard decides about kiosks: for a store, and what differs on one of its screens. Cached by the kiosk for offline use. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { KioskSettings } from '../wire.ts';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_440));

const shape = v.object({
  idle: v.optional(v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(600))),
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[A-Za-z]{2,4})?$/))),
  invitation: v.optional(v.boolean()),
  wordings: v.optional(v.pipe(v.array(text(80)), v.maxLength(10))),
  texts: v.optional(v.record(text(40), v.record(text(20), text(500)))),
  hours: v.optional(v.pipe(v.array(v.nullable(v.tuple([minute, minute]))), v.length(7))),
  test: v.optional(v.boolean()),
  pin: v.optional(v.object({ salt: text(40), hash: text(60), iterations: v.number() })),
}) satisfies v.GenericSchema<unknown, KioskSettings>;

/** Settings out of our own tables; what is not there, or no longer understood, decides nothing. */
export function readSettings(json: string | null): KioskSettings {
  if (json === null) return {};
  try {
    const parsed = v.safeParse(shape, JSON.parse(json));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}

/** Whether these settings may be kept. */
export const areSettings = (value: unknown): value is KioskSettings => v.is(shape, value);

/**
 * What one kiosk gets: the store's settings, with its own in their place, and a version that changes when they do.
 *
 * @param help address of the staff help.
 */
export function mergeSettings(
  store: KioskSettings,
  kiosk: KioskSettings,
  zone: string,
  help?: string,
): { settings: KioskSettings; version: string } {
  // A kiosk's texts take the place of the store's one by one.
  const texts = store.texts || kiosk.texts ? { texts: { ...store.texts, ...kiosk.texts } } : {};
  const settings = { ...store, ...kiosk, ...texts, zone };
  const version = createHash('sha256')
    .update(JSON.stringify([settings, help]))
    .digest('base64url')
    .slice(0, 12);
  return { settings, version };
}

/** Where the page of a store's kiosks is. Told to nobody but those who enrol them. */
export async function keepPage(people: D1Database, site: number, store: number, page: string | null): Promise<void> {
  await people.prepare('UPDATE stores SET page = ?3 WHERE id = ?1 AND site = ?2').bind(store, site, page).run();
}

export async function keepStoreSettings(people: D1Database, site: number, store: number, settings: KioskSettings): Promise<void> {
  await people
    .prepare('UPDATE stores SET settings = ?3 WHERE id = ?1 AND site = ?2')
    .bind(store, site, JSON.stringify(settings))
    .run();
}

export async function keepKioskSettings(people: D1Database, site: number, kiosk: number, settings: KioskSettings): Promise<void> {
  await people
    .prepare('UPDATE kiosks SET settings = ?3 WHERE id = ?1 AND site = ?2')
    .bind(kiosk, site, JSON.stringify(settings))
    .run();
}
