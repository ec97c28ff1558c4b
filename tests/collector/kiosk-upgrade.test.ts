/** Kiosks that were enrolled before keys had a table of their own: after the migrations they go on, under the key they had. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { readRoster } from '../../collector/fleet/roster.ts';
import { listFleet } from '../../collector/fleet/stores.ts';
import { makeSiteKey } from '../../collector/store/site-key.ts';
import { forgetSites } from '../../collector/store/sites.ts';
import { envelope } from './door.ts';
import { idAt, randomBytes } from './fixture.ts';
import { about, enrolWith, healthOf, makeKey, post, random, signed } from './kiosk-door.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const THEN = NOW - 30 * 86_400_000;
/** The first migration that knows keys apart from kiosks. */
const FLEET = '0004';

async function emptyPeople(): Promise<void> {
  const objects = async () =>
    (
      await env.PEOPLE.prepare(
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'trigger') AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      ).all<{ type: string; name: string }>()
    ).results;
  // A table that others point to goes after them.
  for (let left = await objects(); left.length > 0; left = await objects())
    for (const { type, name } of left)
      await env.PEOPLE.prepare(`DROP ${type} IF EXISTS "${name}"`)
        .run()
        .catch(() => {});
}
const migrate = async (wanted: (name: string) => boolean) => {
  for (const { name, queries } of env.MIGRATIONS.people)
    if (wanted(name)) await env.PEOPLE.batch(queries.map((query: string) => env.PEOPLE.prepare(query)));
};

test('an enrolled kiosk of before keeps its name, its key and its code', async () => {
  await emptyPeople();
  await migrate((name) => name < FLEET);
  const key = await makeKey();
  const [siteKey, device] = [makeSiteKey(env.SITE_SECRET, randomBytes(random)), 'f'.repeat(24)];
  await env.PEOPLE.batch([
    env.PEOPLE.prepare(
      `INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (901, ?1, 'Shop', '["shop.example"]', 'Europe/Paris', 'fr', ?2)`,
    ).bind(siteKey, THEN),
    env.PEOPLE.prepare("INSERT INTO stores (id, site, name, zone, created_at) VALUES (91, 901, 'Lyon', 'Europe/Paris', ?1)").bind(
      THEN,
    ),
    env.PEOPLE.prepare(
      "INSERT INTO kiosks (id, site, store, name, device, public_key, enrolled_at, last_seen_at, tag_version, created_at) VALUES (9, 901, 91, 'Entrance', ?1, ?2, ?3, ?3, '0.1.0', ?4)",
    ).bind(device, key.publicKey, THEN + 5, THEN),
    // One that nobody has enrolled yet.
    env.PEOPLE.prepare("INSERT INTO kiosks (id, site, store, name, created_at) VALUES (10, 901, 91, 'Counter', ?1)").bind(THEN),
  ]);
  await migrate((name) => name >= FLEET);
  forgetSites();
  const site = {
    id: 901,
    key: siteKey,
    name: 'Shop',
    hosts: ['shop.example'],
    zone: 'Europe/Paris',
    language: 'fr' as const,
    createdAt: THEN,
  };
  const visitor = idAt(NOW - 1_000, random);
  const visit = { kind: 'visit', ...about(NOW, { id: visitor, visitor }), touches: 2, lengthMs: 5_000 };
  // It counts on from where it was, and is no copy of itself.
  expect((await post(await signed(key, device, envelope(site, NOW, [visit]), 4_711), NOW)).json).toEqual({ ok: 1, rej: [] });
  expect((await post(await signed(key, device, healthOf(site, NOW), 4_712), NOW)).status).toBe(200);
  const kiosks = (await listFleet(env.PEOPLE, site.id)).flatMap((one) => one.kiosks);
  expect(kiosks.map(({ name, signs }) => [name, signs.clonedAt, signs.lastSeenAt])).toEqual([
    ['Counter', null, null],
    ['Entrance', null, NOW],
  ]);
  // In service since it was enrolled.
  expect(await readRoster(env.PEOPLE, site.id)).toMatchObject([
    { kiosk: 9, store: 91, since: THEN + 5, until: null, hours: null },
  ]);
  // Its key is exchanged like any other.
  const next = await makeKey();
  const rotated = await post(await signed(key, device, healthOf(site, NOW, { rotate: next.publicKey }), 4_713), NOW);
  expect(rotated.json.device).toMatch(/^[0-9a-f]{24}$/);
  expect((await post(await signed(next, rotated.json.device ?? '', healthOf(site, NOW)), NOW)).status).toBe(200);
  expect((await enrolWith(site, { enrol: 'nocode' }, next, NOW)).mark).toBe('bad_code');
});
