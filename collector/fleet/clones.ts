/**
 * Two screens with one name: a copied address brings a second key, a copied disk the same key twice. What such a kiosk sends is
 * taken and set aside whole, sealed, until somebody decides; nothing is dropped, and no figure moves meanwhile.
 */
import { seal, unseal } from '../people/address.ts';
import type { Device } from './device.ts';

/** A replaced key may have a request under way. */
const LAST_WORD_MS = 2 * 60_000;
/** A request that was overtaken by the next page's looks like a copy once; a copy looks like one again and again. */
const CONFLICTS = 3;
const CONFLICT_MS = 3_600_000;
type Row = { conflicts: number; replaced_at: number | null; cloned_at: number | null };

/**
 * Notes a sequence number and judges it. A kiosk raises its number on its disk before each request, so one that is not higher
 * comes from a request that was overtaken, or from a copy of that disk; the page that sends (`boot`) tells which.
 *
 * @returns whether this kiosk is cloned, by this request or an earlier one.
 */
export async function isCloned(
  people: D1Database,
  device: Device,
  sequence: number,
  boot: string | null,
  nowMs: number,
): Promise<boolean> {
  const row = await people
    .prepare(
      `UPDATE kiosk_keys SET
         conflicts = CASE WHEN ?2 > last_sequence OR boot IS ?3 THEN conflicts WHEN conflict_at > ?4 - ${CONFLICT_MS} THEN conflicts + 1 ELSE 1 END,
         conflict_at = CASE WHEN ?2 > last_sequence OR boot IS ?3 THEN conflict_at ELSE ?4 END,
         last_sequence = max(last_sequence, ?2), boot = ?3
       WHERE device = ?1
       RETURNING conflicts, replaced_at, (SELECT cloned_at FROM kiosks WHERE id = kiosk_keys.kiosk) AS cloned_at`,
    )
    .bind(device.name, sequence, boot, nowMs)
    .first<Row>();
  if (!row) return false;
  if (row.cloned_at !== null) return true;
  const copied = row.conflicts >= CONFLICTS || (row.replaced_at !== null && nowMs > row.replaced_at + LAST_WORD_MS);
  if (copied) await people.prepare('UPDATE kiosks SET cloned_at = ?2 WHERE id = ?1').bind(device.kiosk, nowMs).run();
  return copied;
}

export type SetAside = { id: string; kiosk: Place; receivedAt: number; place: string; body: string };
type Place = Pick<Device, 'kiosk' | 'site' | 'store'>;

/** Sets a request aside; when this resolves it may be acknowledged. */
export async function setAside(
  people: D1Database,
  secret: string,
  device: Device,
  place: unknown,
  body: string,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  const id = Buffer.from(random(12)).toString('hex');
  const sealed = await seal(secret, `kiosk_quarantine|${id}`, JSON.stringify({ place: JSON.stringify(place), body }), random);
  await people
    .prepare('INSERT INTO kiosk_quarantine (id, kiosk, device, received_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(id, device.kiosk, device.name, nowMs, sealed)
    .run();
}

/** It is one screen after all, or one again: what was set aside counts, and so does what comes. */
export async function release(people: D1Database, kiosk: number, nowMs: number): Promise<void> {
  await people.batch([
    people
      .prepare(
        'UPDATE kiosk_keys SET conflicts = 0, replaced_at = CASE WHEN device = (SELECT device FROM kiosks WHERE id = ?1) THEN NULL ELSE ?2 END WHERE kiosk = ?1',
      )
      .bind(kiosk, nowMs),
    people.prepare('UPDATE kiosk_quarantine SET released_at = ?2 WHERE kiosk = ?1').bind(kiosk, nowMs),
    people.prepare('UPDATE kiosks SET cloned_at = NULL WHERE id = ?1').bind(kiosk),
  ]);
}

/** The next requests to take in, oldest first. */
export async function readReleased(people: D1Database, secret: string, limit: number): Promise<SetAside[]> {
  const { results } = await people
    .prepare(
      `SELECT q.id, q.received_at, q.sealed, k.id AS kiosk, k.site, k.store FROM kiosk_quarantine q JOIN kiosks k ON k.id = q.kiosk
       WHERE q.released_at IS NOT NULL ORDER BY q.received_at LIMIT ?1`,
    )
    .bind(limit)
    .all<Place & { id: string; received_at: number; sealed: string }>();
  const opened = await Promise.all(
    results.map(async ({ id, received_at, sealed, kiosk, site, store }): Promise<SetAside | null> => {
      const text = await unseal(secret, `kiosk_quarantine|${id}`, sealed);
      const value: unknown = text === null ? null : JSON.parse(text);
      if (typeof value !== 'object' || value === null || !('place' in value) || !('body' in value)) return null;
      return { id, kiosk: { kiosk, site, store }, receivedAt: received_at, place: String(value.place), body: String(value.body) };
    }),
  );
  return opened.filter((one) => one !== null);
}

export async function forgetReleased(people: D1Database, id: string): Promise<void> {
  await people.prepare('DELETE FROM kiosk_quarantine WHERE id = ?1').bind(id).run();
}
