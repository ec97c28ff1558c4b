/** 53-bit hashes: the integer keys of dictionaries and visitors. */
import { createHash, createHmac } from 'node:crypto';

const encoder = new TextEncoder();

/** The first 53 bits of a digest as an exact JavaScript and SQLite integer; never 0, which means "none". */
function first53(digest: Buffer): number {
  const value = digest.readUIntBE(0, 6) * 32 + (digest.readUInt8(6) >> 3);
  return value === 0 ? 1 : value;
}

/**
 * Key of a text in a dictionary. Parts are joined by U+0000, which no stored text contains. At 10 million entries a site, the
 * chance of any collision is about 0.6 % (birthday bound, n² / 2^54).
 */
export function hashText(...parts: (string | number)[]): number {
  return first53(
    createHash('sha256')
      .update(encoder.encode(parts.join('\0')))
      .digest(),
  );
}

const known = new Map<string, number>();
/** A few megabytes at most: pages are 1,024 characters long, and most are short. */
const MAX_KNOWN = 4_000;

/** `hashText` of texts that come again and again and are about nobody: pages, sources, places. The isolate remembers them. */
export function hashKnown(...parts: string[]): number {
  const text = parts.join('\0');
  const found = known.get(text);
  if (found !== undefined) return found;
  const hash = hashText(text);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, hash);
  return hash;
}

/** Key of something that must not be guessable: the same under a secret. */
export function hashSecretly(secret: string, ...parts: (string | number)[]): number {
  return first53(createHmac('sha256', secret).update(parts.join('\0')).digest());
}

/** 96 bits of a keyed digest as 24 hex digits: a name that is the same every time and leads back to nothing without the secret. */
export function spellDigest(secret: string, ...parts: (string | number)[]): string {
  return createHmac('sha256', secret).update(parts.join('\0')).digest('hex').slice(0, 24);
}
