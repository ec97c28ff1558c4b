/** Site keys: real ones pass, invented and altered ones are refused by arithmetic alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSiteKey, makeSiteKey } from '../../collector/store/site-key.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const bytes = fc.uint8Array({ minLength: 5, maxLength: 5 });
const SECRET = 'a secret of the worker';

test('a key made under a secret is a key under it, and under no other', () => {
  fc.assert(
    fc.property(bytes, fc.string(), (random, other) => {
      const key = makeSiteKey(SECRET, () => random);
      expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{15}$/);
      expect(isSiteKey(SECRET, key)).toBe(true);
      expect(isSiteKey(`${SECRET}${other}!`, key)).toBe(false);
    }),
  );
});

test('changing any one character makes it an invented key', () => {
  fc.assert(
    fc.property(bytes, fc.nat(14), fc.constantFrom(...ALPHABET), (random, at, letter) => {
      const key = makeSiteKey(SECRET, () => random);
      fc.pre(key[at] !== letter);
      expect(isSiteKey(SECRET, key.slice(0, at) + letter + key.slice(at + 1))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('no invented text is a key: random letters, unicode, wrong lengths, upper case', () => {
  const letters = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 15, maxLength: 15 });
  fc.assert(fc.property(fc.oneof(letters, fc.string(), fc.string({ unit: 'binary' })), (text) => !isSiteKey(SECRET, text)));
  const key = makeSiteKey(SECRET, () => Uint8Array.of(1, 2, 3, 4, 5));
  for (const text of [key.toUpperCase(), `${key}\n`, ` ${key}`, key.slice(1), `${key}0`, '', 'ſ'.repeat(15)])
    expect(isSiteKey(SECRET, text)).toBe(false);
});
