/** Enrolment: a one-time code against the public half of a key that never leaves the kiosk's browser. */
import { createHash } from 'node:crypto';
import type { Enrolment, EnrolmentAnswer, Refusal } from '../wire.ts';
import { readPublicKey } from './device.ts';

const VALID_MS = 15 * 60_000;
const ALPHABET = 'abcdefghjkmnpqrstvwxyz23456789';
const hashCode = (code: string) => createHash('sha256').update(`enrol ${code}`).digest('hex');

/** Issues a code for a kiosk: 12 characters, valid 15 minutes, works once. Only its hash is kept. */
export async function issueCode(
  people: D1Database,
  kiosk: number,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  // 30 letters out of 256 values: the slight bias costs less than a bit of 58.
  const code = [...random(12)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  await people
    .prepare('INSERT INTO enrolment_codes (hash, kiosk, expires_at) VALUES (?1, ?2, ?3)')
    .bind(hashCode(code), kiosk, nowMs + VALID_MS)
    .run();
  return code;
}

type Row = {
  kiosk: number;
  device: string | null;
  public_key: string | null;
  used_at: number | null;
  expires_at: number;
  kiosk_name: string;
  store_name: string;
};

/**
 * Exchanges a code for a device name. The same key may ask again with the same code, so that a lost answer locks nobody out;
 * another key may not.
 */
export async function enrol(
  people: D1Database,
  site: number,
  asked: Enrolment,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<EnrolmentAnswer | Refusal> {
  if (!(await readPublicKey(asked.publicKey))) return 'malformed';
  const hash = hashCode(asked.enrol);
  const read = () =>
    people
      .prepare(
        `SELECT c.kiosk, c.used_at, c.expires_at, k.device, k.public_key, k.name AS kiosk_name, s.name AS store_name
         FROM enrolment_codes c JOIN kiosks k ON k.id = c.kiosk JOIN stores s ON s.id = k.store WHERE c.hash = ?1 AND k.site = ?2`,
      )
      .bind(hash, site)
      .first<Row>();
  const before = await read();
  if (!before || (before.used_at !== null && before.public_key !== asked.publicKey) || before.expires_at < nowMs)
    return 'bad_code';
  if (before.used_at === null) {
    const device = Buffer.from(random(12)).toString('hex');
    await people.batch([
      people
        .prepare(
          `UPDATE kiosks SET device = ?2, public_key = ?3, enrolled_at = ?4, revoked_at = NULL
           WHERE id = ?1 AND EXISTS (SELECT 1 FROM enrolment_codes WHERE hash = ?5 AND used_at IS NULL)`,
        )
        .bind(before.kiosk, device, asked.publicKey, nowMs, hash),
      people.prepare('UPDATE enrolment_codes SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL').bind(hash, nowMs),
    ]);
  }
  const after = await read();
  if (!after?.device || after.public_key !== asked.publicKey) return 'bad_code';
  return { device: after.device, kiosk: after.kiosk_name, store: after.store_name };
}
