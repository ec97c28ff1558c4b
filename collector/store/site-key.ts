/** Public site keys: a random name and a 32-bit MAC, so that an invented key is refused by arithmetic, before any database. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32, lower case: nothing to confuse when a key is read aloud. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const NAME_CHARS = 8;
const MAC_CHARS = 7;

function spell(bits: bigint, chars: number): string {
  let text = '';
  for (let i = 0; i < chars; i += 1) text = ALPHABET.charAt(Number((bits >> BigInt(5 * i)) & 31n)) + text;
  return text;
}

function macOf(secret: string, name: string): string {
  return spell(BigInt(createHmac('sha256', secret).update(`site ${name}`).digest().readUInt32BE(0)), MAC_CHARS);
}

/** Makes a key of 15 characters out of 40 random bits. */
export function makeSiteKey(secret: string, random: (bytes: number) => Uint8Array): string {
  const bits = random(5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const name = spell(bits, NAME_CHARS);
  return name + macOf(secret, name);
}

/** Whether a key was made under this secret. Says nothing about whether the site still exists. */
export function isSiteKey(secret: string, key: string): boolean {
  if (key.length !== NAME_CHARS + MAC_CHARS || !/^[0-9a-z]+$/.test(key)) return false;
  const given = Buffer.from(key.slice(NAME_CHARS));
  return timingSafeEqual(given, Buffer.from(macOf(secret, key.slice(0, NAME_CHARS))));
}
