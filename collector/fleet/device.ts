/** Enrolled kiosks, their keys and their signatures. */
import type { SignedEnvelope } from '../wire.ts';

export type Device = { name: string; kiosk: number; site: number; store: number; publicKey: string; revoked: boolean };
type Row = { id: number; site: number; store: number; public_key: string; revoked_at: number | null };

const FRESH_MS = 60_000;
const known = new Map<string, { device: Device; until: number }>();

/** The kiosk behind a device name, or null. Kept a minute in the isolate, so a revocation works within a minute. */
export async function deviceOf(people: D1Database, name: string, nowMs: number): Promise<Device | null> {
  const found = known.get(name);
  if (found && found.until > nowMs) return found.device;
  const row = await people
    .prepare(
      'SELECT k.id, k.site, k.store, d.public_key, k.revoked_at FROM kiosk_keys d JOIN kiosks k ON k.id = d.kiosk WHERE d.device = ?1',
    )
    .bind(name)
    .first<Row>();
  if (!row) return null;
  const device = {
    name,
    kiosk: row.id,
    site: row.site,
    store: row.store,
    publicKey: row.public_key,
    revoked: row.revoked_at !== null,
  };
  if (known.size > 10_000) known.clear();
  known.set(name, { device, until: nowMs + FRESH_MS });
  return device;
}

/** Reads a P-256 public key (SubjectPublicKeyInfo, base64url), or null when it is none. */
export async function readPublicKey(spki: string): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('spki', Buffer.from(spki, 'base64url'), { name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'verify',
    ]);
  } catch {
    return null;
  }
}

/** Whether the envelope was signed by the device's key over device, sequence and body. */
export async function isSignedBy(device: Device, signed: SignedEnvelope): Promise<boolean> {
  const key = await readPublicKey(device.publicKey);
  if (!key) return false;
  const text = new TextEncoder().encode(`${signed.device}.${signed.sequence}.${signed.body}`);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signed.signature, 'base64url'), text);
}

/** Notes that a kiosk was heard, at most once a minute and kiosk. */
export async function noteSeen(people: D1Database, kiosk: number, tagVersion: string | null, nowMs: number): Promise<void> {
  await people
    .prepare(
      'UPDATE kiosks SET last_seen_at = ?2, tag_version = ?3 WHERE id = ?1 AND (last_seen_at IS NULL OR last_seen_at < ?2 - 60000)',
    )
    .bind(kiosk, nowMs, tagVersion)
    .run();
}
