/** Addresses: what a person may have, and what is an attempt or a slip; sealing is bound to its row. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexAddress, normaliseAddress, seal, unseal } from '../../collector/people/address.ts';

test.each([
  ['lea@example.com', 'lea@example.com'],
  ['  Lea.Martin+news@Example.COM ', 'lea.martin+news@example.com'],
  ["o'brien@example.ie", "o'brien@example.ie"],
  ['a_b-c@sub.example.co.uk', 'a_b-c@sub.example.co.uk'],
  ['lea@bücher.example', 'lea@xn--bcher-kva.example'],
  ['lea@пример.рф', 'lea@xn--e1afmkfd.xn--p1ai'],
  ['\u202elea@example.com', 'lea@example.com'],
])('%j is kept as %s', (raw, address) => {
  expect(normaliseAddress(raw)).toBe(address);
});

test.each([
  '',
  'lea',
  'lea@',
  '@example.com',
  'lea@example',
  'lea@@example.com',
  'a@b@example.com',
  'lea@example.com, max@example.com',
  'lea@example.com;max@example.com',
  'Lea <lea@example.com>',
  'lea@example.com\r\nBcc: all@example.com',
  'lea@example.com\nBcc:all@example.com',
  'lea\0@example.com',
  'lea@example.com%0d%0aBcc:x@y.fr',
  'lea@example.com/path',
  'lea@example.com:25',
  'lea@example.com?x=1',
  'lea@example.com#x',
  'lea@exa\\mple.com',
  'lea@exam%70le.com',
  'lea@127.0.0.1',
  'lea@[127.0.0.1]',
  'lea@0x7f.1',
  'le a@example.com',
  '"><script>alert(1)</script>@example.com',
  `${'a'.repeat(65)}@${'b'.repeat(200)}.com`,
])('%j is no address', (raw) => {
  expect(normaliseAddress(raw)).toBeNull();
});

test('any text is an address without anything that a mail header could mistake, or none', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('@', '.', 'lea', 'example.com', '\r\n', ' ', '<', ',', '%', '/'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const address = normaliseAddress(pieces.join(''));
      if (address === null) return;
      expect(address).toMatch(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+\.[a-z0-9-]+$/);
      expect(normaliseAddress(address)).toBe(address);
    }),
    { numRuns: 1_000 },
  );
});

test('a sealed text opens in its own row only, and no two sealings are alike', async () => {
  const [one, two] = [
    await seal('s', '1|person|a|address', 'lea@example.com', randomBytes),
    await seal('s', '1|person|a|address', 'lea@example.com', randomBytes),
  ];
  expect(one).not.toBe(two);
  expect(await unseal('s', '1|person|a|address', one)).toBe('lea@example.com');
  for (const row of ['1|person|b|address', '2|person|a|address', '1|mail|a']) expect(await unseal('s', row, one)).toBeNull();
  expect(await unseal('t', '1|person|a|address', one)).toBeNull();
  expect(
    await unseal(
      's',
      '1|person|a|address',
      one.replace(/.{9}$/, (end) => (end.startsWith('A') ? 'B' : 'A') + end.slice(1)),
    ),
  ).toBeNull();
  for (const text of ['', '1', '1..', '2.a.b', '1.a.b', 'x'.repeat(1_000)])
    expect(await unseal('s', '1|person|a|address', text)).toBeNull();
});

test('equal addresses of one site have one index; another site or secret has another', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      expect(indexAddress('s', 'one', address)).toBe(indexAddress('s', 'one', address));
      expect(
        new Set([indexAddress('s', 'one', address), indexAddress('s', 'two', address), indexAddress('t', 'one', address)]).size,
      ).toBe(3);
    }),
    { numRuns: 20 },
  );
});
