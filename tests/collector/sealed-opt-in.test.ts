/** Opt-ins sealed on a kiosk: opened by the collector for the message they were made for, and for no other. The kiosk's own half runs in tests/browser/kiosk.test.ts. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSealed, sealFor, sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';

const SITE = 'abcdefgh';
const ID = '0'.repeat(24);
const key = sealingKeyOf(env.ADDRESS_SECRET, SITE);

test('what the kiosk seals, the collector opens, whatever the address', async () => {
  await fc.assert(
    fc.asyncProperty(fc.emailAddress(), async (address) => {
      const sealed = await sealFor(key, SITE, ID, address);
      expect(sealed).not.toContain(address);
      expect(await openSealed(env.ADDRESS_SECRET, SITE, ID, sealed)).toBe(address);
    }),
    { numRuns: 10 },
  );
});

test('short addresses are as long as others, and no two sealings are alike', async () => {
  const [a, b, c] = await Promise.all(
    ['a@b.fr', 'a@b.fr', 'somebody.longer@example.org'].map((one) => sealFor(key, SITE, ID, one)),
  );
  expect(a).not.toBe(b);
  expect(a?.length).toBe(c?.length);
});

test('altered, moved to another message or site, or under another key: nothing', async () => {
  const good = await sealFor(key, SITE, ID, 'ada@example.org');
  const opened = (sealed: string, id = ID, site = SITE, secret = env.ADDRESS_SECRET) => openSealed(secret, site, id, sealed);
  expect(await opened(good)).toBe('ada@example.org');
  expect(await opened(good, '1'.repeat(24))).toBeNull();
  expect(await opened(good, ID, 'ijklmnop')).toBeNull();
  expect(await opened(good, ID, SITE, env.INDEX_SECRET)).toBeNull();
  expect(await opened(good.replace(/^1/, '2'))).toBeNull();
  const at = good.length - 8;
  expect(await opened(good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1))).toBeNull();
  for (const bad of ['', '.', '1', '1..', '1.AA.AA', '1.!.!', `1.${'A'.repeat(87)}.AAAA`]) expect(await opened(bad)).toBeNull();
});

test('the public key is a point, the same every time, of each site its own', () => {
  expect(key).toMatch(/^1\.B[\w-]{86}$/);
  expect(sealingKeyOf(env.ADDRESS_SECRET, SITE)).toBe(key);
  expect(sealingKeyOf(env.ADDRESS_SECRET, 'ijklmnop')).not.toBe(key);
});
