/** E-mail addresses: normalised, sealed, and found again by a blind index. Never in events, logs, URLs or exports by default. */
import { createHmac, hkdfSync } from 'node:crypto';
import * as v from 'valibot';
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';
import { type Key, keyOf, keysOf } from './keys.ts';

const encoder = new TextEncoder();

/** As browsers check `type=email` (https://html.spec.whatwg.org/#valid-e-mail-address), so that a form and we agree on o'brien. */
const shape = v.pipe(v.string(), v.maxLength(254), v.rfcEmail());

/**
 * Normalises an address: NFC, trimmed, lower case, IDNA host. Dots and `+tags` stay, they are the person's choice.
 *
 * @returns null when it is no address that a mail could reach.
 */
export function normaliseAddress(raw: string): string | null {
  // A line break or control inside is an attempt at a mail header, not a typing error.
  if (/[\p{Cc}]/u.test(raw)) return null;
  const text = cleanText(raw.normalize('NFC'), 320).toLowerCase();
  const split = text.lastIndexOf('@');
  const typed = text.slice(split + 1);
  // A URL parser would drop a port or a path, and decode escapes: then it would not be what the person typed.
  const host = split > 0 && !/[/\\?#:%]/.test(typed) ? readUrl(`http://${typed}/`)?.hostname : undefined;
  if (!host || !/\.(?!\d+$)[^.]+$/.test(host)) return null;
  const address = `${text.slice(0, split)}@${host}`;
  return v.safeParse(shape, address).success ? address : null;
}

/** Indexes of an address under every key there is, the current one first: while keys rotate, a person may lie under any of them. */
export function indexesOf(indexSecret: string, siteKey: string, address: string): [current: string, ...older: string[]] {
  const indexWith = ({ id, secret }: Key) => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `blind-index:${siteKey}`, 32));
    const index = createHmac('sha256', key).update(address).digest('base64url');
    // The first key's indexes were written before keys had names.
    return id === '1' ? index : `${id}.${index}`;
  };
  const [current, ...older] = keysOf(indexSecret);
  return [indexWith(current), ...older.map(indexWith)];
}

/** Index under which equal addresses of one site are equal, and of two sites are not: the one to write. */
export const indexAddress = (indexSecret: string, siteKey: string, address: string): string =>
  indexesOf(indexSecret, siteKey, address)[0];

async function sealingKey(secret: string): Promise<CryptoKey> {
  const bits = hkdfSync('sha256', secret, '', 'address-sealing', 32);
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/**
 * Seals a text with AES-256-GCM under a fresh 96-bit IV, bound to the row it lies in: a ciphertext moved to another row does not open.
 *
 * @param row names site, table row and field, e.g. `7|person|<id>|address`.
 * @returns `kid.iv.ciphertext`, base64url.
 */
export async function seal(secret: string, row: string, text: string, random: (bytes: number) => Uint8Array): Promise<string> {
  const iv = random(12);
  const [{ id, secret: key }] = keysOf(secret);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(`${id}|${row}`) },
    await sealingKey(key),
    encoder.encode(text),
  );
  return [id, Buffer.from(iv).toString('base64url'), Buffer.from(sealed).toString('base64url')].join('.');
}

/** Opens what `seal` made for the same row; null when it was altered, moved, or sealed under a key we no longer have. */
export async function unseal(secret: string, row: string, sealed: string): Promise<string | null> {
  const [kid, iv, text] = sealed.split('.');
  const key = kid === undefined ? null : keyOf(secret, kid);
  if (key === null || !iv || !text) return null;
  try {
    const open = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: Buffer.from(iv, 'base64url'), additionalData: encoder.encode(`${kid}|${row}`) },
      await sealingKey(key),
      Buffer.from(text, 'base64url'),
    );
    return new TextDecoder().decode(open);
  } catch {
    return null;
  }
}
