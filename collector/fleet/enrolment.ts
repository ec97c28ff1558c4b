/** Enrolment: a one-time code, or a provisioning secret, against the public half of a key that never leaves the kiosk's browser. */
import { createHash } from 'node:crypto';
import type { Enrolment, Refusal } from '../wire.ts';
import { readPublicKey } from './device.ts';

const VALID_MS = 15 * 60_000;
const ALPHABET = 'abcdefghjkmnpqrstvwxyz23456789';
const hashCode = (code: string) => createHash('sha256').update(`enrol ${code}`).digest('hex');
const hashSecret = (secret: string) => createHash('sha256').update(`provision ${secret}`).digest('hex');
type Random = (bytes: number) => Uint8Array;
/** 30 letters out of 256 values: the slight bias costs less than a bit of 58 (12 letters) or of 117 (24). */
const spell = (bytes: Uint8Array) => [...bytes].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** Issues a code for a kiosk: 12 characters, valid 15 minutes, works once. Only its hash is kept. */
export async function issueCode(people: D1Database, kiosk: number, nowMs: number, random: Random): Promise<string> {
  const code = spell(random(12));
  await people
    .prepare('INSERT INTO enrolment_codes (hash, kiosk, expires_at) VALUES (?1, ?2, ?3)')
    .bind(hashCode(code), kiosk, nowMs + VALID_MS)
    .run();
  return code;
}

/**
 * Issues a provisioning secret for a kiosk whose storage is wiped: 24 characters, good until revoked; an earlier one ends. Only
 * its hash is kept.
 */
export async function issueSecret(people: D1Database, kiosk: number, nowMs: number, random: Random): Promise<string> {
  const secret = spell(random(24));
  await people.batch([
    people.prepare('UPDATE kiosk_secrets SET revoked_at = ?2 WHERE kiosk = ?1 AND revoked_at IS NULL').bind(kiosk, nowMs),
    people
      .prepare('INSERT INTO kiosk_secrets (hash, kiosk, created_at) VALUES (?1, ?2, ?3)')
      .bind(hashSecret(secret), kiosk, nowMs),
  ]);
  return secret;
}

/** Ends a kiosk's keys, secrets and codes at once, as when it was stolen; those keys never come back. A new code begins again. */
export async function revoke(people: D1Database, kiosk: number, nowMs: number): Promise<void> {
  await people.batch([
    people.prepare('UPDATE kiosks SET revoked_at = ?2, cloned_at = NULL WHERE id = ?1').bind(kiosk, nowMs),
    people.prepare('DELETE FROM kiosk_keys WHERE kiosk = ?1').bind(kiosk),
    people.prepare('UPDATE kiosk_secrets SET revoked_at = ?2 WHERE kiosk = ?1 AND revoked_at IS NULL').bind(kiosk, nowMs),
    people.prepare('DELETE FROM enrolment_codes WHERE kiosk = ?1 AND used_at IS NULL').bind(kiosk),
  ]);
}

/** A new key of a kiosk, and the end of the one before; only while `condition` (SQL about ?5) holds. */
function putKey(
  people: D1Database,
  kiosk: number,
  publicKey: string,
  nowMs: number,
  random: Random,
  condition: { sql: string; value: string },
): D1PreparedStatement[] {
  const device = Buffer.from(random(12)).toString('hex');
  const bind = (sql: string) =>
    people.prepare(`${sql} AND ${condition.sql}`).bind(kiosk, device, publicKey, nowMs, condition.value);
  return [
    bind('UPDATE kiosk_keys SET replaced_at = ?4 WHERE kiosk = ?1 AND replaced_at IS NULL'),
    bind('INSERT INTO kiosk_keys (device, kiosk, public_key, created_at) SELECT ?2, ?1, ?3, ?4 WHERE 1'),
    bind(
      'UPDATE kiosks SET device = ?2, public_key = ?3, enrolled_at = ?4, first_enrolled_at = coalesce(first_enrolled_at, ?4), revoked_at = NULL WHERE id = ?1',
    ),
  ];
}

type Enrolled = { device: string; kiosk: string; store: string };
const readEnrolled = (people: D1Database, kiosk: number, publicKey: string): Promise<Enrolled | null> =>
  people
    .prepare(
      `SELECT d.device, k.name AS kiosk, s.name AS store FROM kiosk_keys d JOIN kiosks k ON k.id = d.kiosk JOIN stores s ON s.id = k.store
       WHERE d.kiosk = ?1 AND d.public_key = ?2`,
    )
    .bind(kiosk, publicKey)
    .first<Enrolled>();

type CodeRow = { kiosk: number; used_at: number | null; expires_at: number };

/** The same key may ask again with the same code, so that a lost answer locks nobody out; another key may not. */
async function enrolByCode(
  people: D1Database,
  site: number,
  code: string,
  publicKey: string,
  nowMs: number,
  random: Random,
): Promise<Enrolled | Refusal> {
  const hash = hashCode(code);
  const row = await people
    .prepare(
      'SELECT c.kiosk, c.used_at, c.expires_at FROM enrolment_codes c JOIN kiosks k ON k.id = c.kiosk WHERE c.hash = ?1 AND k.site = ?2',
    )
    .bind(hash, site)
    .first<CodeRow>();
  if (!row || row.expires_at < nowMs) return 'bad_code';
  if (row.used_at === null)
    await people.batch([
      ...putKey(people, row.kiosk, publicKey, nowMs, random, {
        sql: 'EXISTS (SELECT 1 FROM enrolment_codes WHERE hash = ?5 AND used_at IS NULL)',
        value: hash,
      }),
      people.prepare('UPDATE enrolment_codes SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL').bind(hash, nowMs),
    ]);
  return (await readEnrolled(people, row.kiosk, publicKey)) ?? 'bad_code';
}

/** Each start of a wiped kiosk brings a new key; a revoked kiosk stays revoked. */
async function enrolBySecret(
  people: D1Database,
  site: number,
  secret: string,
  publicKey: string,
  nowMs: number,
  random: Random,
): Promise<Enrolled | Refusal> {
  const hash = hashSecret(secret);
  const row = await people
    .prepare(
      'SELECT k.id FROM kiosk_secrets s JOIN kiosks k ON k.id = s.kiosk WHERE s.hash = ?1 AND s.revoked_at IS NULL AND k.site = ?2 AND k.revoked_at IS NULL',
    )
    .bind(hash, site)
    .first<{ id: number }>();
  if (!row) return 'bad_code';
  const known = await readEnrolled(people, row.id, publicKey);
  if (known) return known;
  await people.batch(
    putKey(people, row.id, publicKey, nowMs, random, {
      sql: 'EXISTS (SELECT 1 FROM kiosk_secrets WHERE hash = ?5 AND revoked_at IS NULL)',
      value: hash,
    }),
  );
  return (await readEnrolled(people, row.id, publicKey)) ?? 'bad_code';
}

/** Exchanges a code or a secret for a device name. */
export async function enrol(
  people: D1Database,
  site: number,
  asked: Enrolment,
  nowMs: number,
  random: Random,
): Promise<Enrolled | Refusal> {
  const { enrol: code, provision: secret, publicKey } = asked;
  if (!(await readPublicKey(publicKey))) return 'malformed';
  if (code !== undefined) return enrolByCode(people, site, code, publicKey, nowMs, random);
  return secret === undefined ? 'malformed' : enrolBySecret(people, site, secret, publicKey, nowMs, random);
}

/**
 * Puts another key in the place of the one that asked for it. The same question has the same answer, however often its answer
 * is lost.
 *
 * @returns the new device name, or null when the key is none or the asking key is not the current one.
 */
export async function rotate(
  people: D1Database,
  kiosk: number,
  device: string,
  publicKey: string,
  nowMs: number,
  random: Random,
): Promise<string | null> {
  if (!(await readPublicKey(publicKey))) return null;
  const known = await readEnrolled(people, kiosk, publicKey);
  if (known) return known.device;
  await people.batch(
    putKey(people, kiosk, publicKey, nowMs, random, {
      sql: 'EXISTS (SELECT 1 FROM kiosks WHERE id = ?1 AND (device = ?5 OR device = ?2))',
      value: device,
    }),
  );
  return (await readEnrolled(people, kiosk, publicKey))?.device ?? null;
}
