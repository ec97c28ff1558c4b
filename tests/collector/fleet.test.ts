/** The fleet: secrets, rotation, revocation, copies set aside, settings, and alerts that are told once. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { takeReleased } from '../../collector/collect/receive-kiosk.ts';
import { release } from '../../collector/fleet/clones.ts';
import { issueCode, issueSecret, revoke } from '../../collector/fleet/enrolment.ts';
import { optInsToday } from '../../collector/fleet/opt-ins-today.ts';
import { hashPin } from '../../collector/fleet/pin.ts';
import { keepKioskSettings, keepStoreSettings, readSettings } from '../../collector/fleet/settings.ts';
import { addKiosk, listFleet } from '../../collector/fleet/stores.ts';
import { readAlerts, watchFleet } from '../../collector/fleet/watch.ts';
import { openSealed, sealFor } from '../../collector/people/sealed-opt-in.ts';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, dump, envelope, knock } from './door.ts';
import { idAt, makeCollector, makeSite, randomBytes } from './fixture.ts';
import { about, enrolWith, healthOf, type Key, makeKey, makeKiosk, post, random, signed } from './kiosk-door.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
});

async function enrolled(now = NOW) {
  const [made, key] = [await makeKiosk(site, now), await makeKey()];
  const { json } = await enrolWith(site, { enrol: made.code }, key, now);
  return { ...made, key, device: json.device ?? '' };
}
const visit = (now: number) => {
  const visitor = idAt(now - 1_000, random);
  return { kind: 'visit', ...about(now, { id: visitor, visitor }), touches: 2, lengthMs: 5_000 };
};
const hits = async (key: Key, device: string, sequence: number, now: number, boot?: string) =>
  post(await signed(key, device, envelope(site, now, [visit(now)], { ...(boot && { boot }) }), sequence), now);
const say = async (key: Key, device: string, sequence: number, now: number, more: Record<string, unknown> = {}) =>
  post(await signed(key, device, healthOf(site, now, more), sequence), now);
const visits = (kiosk: number) =>
  env.EVENTS.prepare('SELECT count(*) AS n FROM kiosk_visits WHERE kiosk = ?1').bind(kiosk).first<{ n: number }>();
const setAside = (kiosk: number) =>
  env.PEOPLE.prepare('SELECT count(*) AS n FROM kiosk_quarantine WHERE kiosk = ?1').bind(kiosk).first<{ n: number }>();
const A = 'a'.repeat(24);
const B = 'b'.repeat(24);

test('a provisioning secret enrols again and again until it is revoked, and only its hash is kept', async () => {
  const { kiosk } = await makeKiosk(site, NOW);
  const secret = await issueSecret(env.PEOPLE, kiosk, NOW, randomBytes(random));
  expect(secret).toMatch(/^[a-z2-9]{24}$/);
  expect(await dump(env.PEOPLE)).not.toContain(secret);
  const [first, second] = [await makeKey(), await makeKey()];
  const one = await enrolWith(site, { provision: secret }, first, NOW);
  expect(one.status).toBe(200);
  expect((await enrolWith(site, { provision: secret }, first, NOW + 1)).json).toEqual(one.json);
  // The next morning its storage is empty: another key, and the old one is silent.
  const two = await enrolWith(site, { provision: secret }, second, NOW + DAY);
  expect(two.json.device).not.toBe(one.json.device);
  expect((await hits(second, two.json.device ?? '', 1, NOW + DAY)).json.ok).toBe(1);
  expect(await visits(kiosk)).toEqual({ n: 1 });
  await issueSecret(env.PEOPLE, kiosk, NOW + DAY, randomBytes(random));
  expect(await enrolWith(site, { provision: secret }, await makeKey(), NOW + DAY)).toMatchObject({
    status: 403,
    mark: 'bad_code',
  });
  expect(await enrolWith(site, {}, second, NOW)).toMatchObject({ status: 400, mark: 'malformed' });
});

test('a revoked kiosk is barred for good: its keys and secrets end, and only a new code begins again', async () => {
  const { key, device, kiosk } = await enrolled();
  const secret = await issueSecret(env.PEOPLE, kiosk, NOW, randomBytes(random));
  await revoke(env.PEOPLE, kiosk, NOW + MINUTE);
  const later = NOW + 3 * MINUTE;
  expect(await hits(key, device, 1, later)).toMatchObject({ status: 401, mark: 'unknown_device' });
  expect(await enrolWith(site, { provision: secret }, await makeKey(), later)).toMatchObject({ status: 403 });
  const code = await issueCode(env.PEOPLE, kiosk, later, randomBytes(random));
  const next = await makeKey();
  const { json } = await enrolWith(site, { enrol: code }, next, later);
  expect((await hits(next, json.device ?? '', 1, later)).json.ok).toBe(1);
  // The stolen screen does not come back with its replacement.
  expect(await hits(key, device, 2, later + 5 * MINUTE)).toMatchObject({ status: 401, mark: 'unknown_device' });
  expect(await setAside(kiosk)).toEqual({ n: 0 });
});

test('a key is rotated by the one before; a lost answer is asked for again under the old key, and is no copy', async () => {
  const { key, device, kiosk } = await enrolled();
  const next = await makeKey();
  const first = await say(key, device, 1, NOW, { rotate: next.publicKey });
  expect(first.json.device).toMatch(/^[0-9a-f]{24}$/);
  expect((await say(key, device, 2, NOW + 10 * MINUTE, { rotate: next.publicKey })).json.device).toBe(first.json.device);
  expect((await hits(next, first.json.device ?? '', 1, NOW + 10 * MINUTE, A)).json.ok).toBe(1);
  expect([await visits(kiosk), await setAside(kiosk)]).toEqual([{ n: 1 }, { n: 0 }]);
  // A key that is none changes nothing, and neither does one that was replaced.
  expect((await say(key, device, 3, NOW + 11 * MINUTE, { rotate: 'nonsense' })).json.device).toBeUndefined();
  expect((await say(key, device, 4, NOW + 11 * MINUTE, { rotate: (await makeKey()).publicKey })).json.device).toBeUndefined();
});

test('a copied address brings a second key: what both send is set aside, acknowledged, and counted after a decision', async () => {
  const { kiosk } = await makeKiosk(site, NOW);
  const secret = await issueSecret(env.PEOPLE, kiosk, NOW, randomBytes(random));
  const [one, two] = [await makeKey(), await makeKey()];
  const first = (await enrolWith(site, { provision: secret }, one, NOW)).json.device ?? '';
  const second = (await enrolWith(site, { provision: secret }, two, NOW + MINUTE)).json.device ?? '';
  // A request that was under way is no copy.
  expect((await hits(one, first, 1, NOW + 2 * MINUTE, A)).json.ok).toBe(1);
  expect(await visits(kiosk)).toEqual({ n: 1 });
  const at = NOW + 10 * MINUTE;
  expect((await hits(one, first, 2, at, A)).json).toEqual({ ok: 1, rej: [] });
  expect((await hits(two, second, 1, at, B)).json).toEqual({ ok: 1, rej: [] });
  expect([await visits(kiosk), await setAside(kiosk)]).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await watchFleet(env.PEOPLE, site.id, at)).toContainEqual({ kiosk, at, kind: 'offline' });
  const clock = { now: at + DAY };
  expect(await takeReleased(makeCollector(clock), 20)).toBe(0);
  await release(env.PEOPLE, kiosk, clock.now);
  expect(await takeReleased(makeCollector(clock), 20)).toBe(2);
  expect([await visits(kiosk), await setAside(kiosk)]).toEqual([{ n: 3 }, { n: 0 }]);
  // Counted when it happened, not when somebody decided.
  const times = await env.EVENTS.prepare('SELECT max(at) AS at FROM kiosk_visits WHERE kiosk = ?1')
    .bind(kiosk)
    .first<{ at: number }>();
  expect(at - (times?.at ?? 0)).toBe(1_000);
});

test('a copied disk uses a number again and again; an overtaken request does so once', async () => {
  const { key, device, kiosk } = await enrolled();
  for (const [sequence, boot] of [
    [1, A],
    [2, A],
    [4, B],
    [3, A],
    [5, B],
  ] as const)
    expect((await hits(key, device, sequence, NOW + sequence, boot)).json.ok).toBe(1);
  expect([await visits(kiosk), await setAside(kiosk)]).toEqual([{ n: 5 }, { n: 0 }]);
  for (let sequence = 6; sequence < 10; sequence++)
    for (const boot of [A, B]) expect((await hits(key, device, sequence, NOW + MINUTE + sequence, boot)).json.ok).toBe(1);
  const [counted, waiting] = [(await visits(kiosk))?.n ?? 0, (await setAside(kiosk))?.n ?? 0];
  expect(counted + waiting).toBe(13);
  expect(waiting).toBeGreaterThan(2);
  expect(await dump(env.PEOPLE)).not.toContain('"lengthMs":5000');
});

test('health is noted, the clock told, and settings are answered only when they changed', async () => {
  const { key, device, kiosk, store } = await enrolled();
  await keepStoreSettings(env.PEOPLE, site.id, store, { idle: 60, language: 'fr', wordings: ['newsletter-fr-1'] });
  await keepKioskSettings(env.PEOPLE, site.id, kiosk, { idle: 90 });
  const health = { waiting: 7, optIns: 2, refused: 1, oldestMs: 7_200_000, storage: 'resets', errors: ['TypeError'] };
  const { json } = await say(key, device, 1, NOW, { sentAt: NOW + 600_000, health });
  expect(json).toMatchObject({
    now: NOW,
    settings: { idle: 90, language: 'fr', wordings: ['newsletter-fr-1'], zone: site.zone },
  });
  const { version, seal } = json;
  // What is sealed with the key in the answer, the collector opens.
  const sealed = await sealFor(seal ?? '', site.key, A, 'ada@example.org');
  expect(await openSealed(env.ADDRESS_SECRET, site.key, A, sealed)).toBe('ada@example.org');
  const kiosks = (await listFleet(env.PEOPLE, site.id)).flatMap((one) => one.kiosks);
  expect(kiosks.find(({ id }) => id === kiosk)?.signs).toMatchObject({ skewMs: 600_000, health, lastSeenAt: NOW });
  expect((await say(key, device, 2, NOW, { settings: version })).json).not.toHaveProperty('settings');
  expect(await post(JSON.parse(healthOf(site, NOW)), NOW)).toMatchObject({ status: 400, mark: 'malformed' });
  // The help for staff comes along as an address and as its QR code, once.
  const hear = async (sequence: number, settings?: string) => {
    const body = JSON.stringify(await signed(key, device, healthOf(site, NOW, { settings }), sequence));
    return JSON.parse((await knock(body, { now: NOW, collector: { dashboard: 'https://comptoir.test' } })).text);
  };
  const told = await hear(3, version);
  expect(told.settings.help.url).toBe('https://comptoir.test/help/kiosk-staff');
  expect(told.settings.help.dark).toMatch(/^1{7}0[01]+$/);
  expect(told.settings.help.dark).toHaveLength(told.settings.help.size ** 2);
  expect(await hear(4, told.version)).not.toHaveProperty('settings');
});

test('a sealed opt-in is opened, confirmed by mail, and stored as any other; one that does not open is refused alone', async () => {
  const { key, device, store, kiosk } = await enrolled();
  const ids = [idAt(NOW - 5_000, random), idAt(NOW - 4_000, random)];
  const { seal } = (await say(key, device, 1, NOW)).json;
  const optIn = async (id: string, bound: string) => ({
    kind: 'opt-in',
    ...about(NOW, { id }),
    sealed: await sealFor(seal ?? '', site.key, bound, 'ada@example.org'),
    boxes: { news: true, link: false },
    wording: 'newsletter-fr-1',
  });
  const [good = '', moved = ''] = ids;
  const body = envelope(site, NOW, [await optIn(good, good), await optIn(moved, good)]);
  expect((await post(await signed(key, device, body, 2), NOW)).json).toEqual({ ok: 1, rej: [[1, 'bad_seal']] });
  expect((await post(await signed(key, device, body, 3), NOW)).json).toEqual({ ok: 1, rej: [[1, 'bad_seal']] });
  const rows = await env.PEOPLE.prepare('SELECT id, store, kiosk, touchpoint FROM opt_ins WHERE kiosk = ?1').bind(kiosk).all();
  expect(rows.results).toEqual([{ id: good, store, kiosk, touchpoint: 'kiosk' }]);
  // Counted for the day of its store, and not for the next.
  const places = [{ id: store, zone: site.zone }];
  expect(await optInsToday(env.PEOPLE, site.id, places, NOW)).toEqual(new Map([[kiosk, 1]]));
  expect(await optInsToday(env.PEOPLE, site.id, places, NOW + DAY)).toEqual(new Map());
  expect(await optInsToday(env.PEOPLE, site.id, [], NOW)).toEqual(new Map());
  expect(await countOf(env.PEOPLE, 'persons')).toBe(1);
  expect(await dump(env.PEOPLE)).not.toContain('ada@example.org');
});

test('an alert is a transition: once when a screen falls silent in opening hours, once when it is back', async () => {
  const own = await makeSite(NOW - DAY);
  const { store, kiosk, code } = await makeKiosk(own, NOW);
  // Open from 10 to 19 in Paris, closed on Sunday; 20 October 2026 is a Tuesday.
  const hours = [...Array.from({ length: 6 }, (): [number, number] => [600, 1_140]), null];
  await keepStoreSettings(env.PEOPLE, own.id, store, { hours });
  await addKiosk(env.PEOPLE, own.id, store, 'Not enrolled', NOW);
  const key = await makeKey();
  const device = (await enrolWith(own, { enrol: code }, key, NOW)).json.device ?? '';
  const heard = async (at: number, sequence: number) => post(await signed(key, device, healthOf(own, at), sequence), at);
  const closing = Date.parse('2026-10-20T17:00:00Z');
  await heard(closing - MINUTE, 1);
  const watch = async (from: number, to: number, step = 5) => {
    const told = [];
    for (let at = from; at <= to; at += step * MINUTE) told.push(...(await watchFleet(env.PEOPLE, own.id, at)));
    return told.map(({ kind, at }) => [kind, new Date(at).toISOString().slice(5, 16)]);
  };
  // Off all night; not switched on in the morning; quiet about it until somebody plugs it in.
  expect(await watch(closing, closing + 15 * 60 * MINUTE, 60)).toEqual([]);
  expect(await watch(closing + 15 * 60 * MINUTE, closing + 17 * 60 * MINUTE)).toEqual([['offline', '10-21T08:15']]);
  const back = closing + 20 * 60 * MINUTE;
  await heard(back, 2);
  expect(await watch(back, back + 5 * MINUTE)).toEqual([['online', '10-21T13:00']]);
  expect((await readAlerts(env.PEOPLE, own.id, 10)).map(({ kiosk: id, kind }) => [id, kind])).toEqual([
    [kiosk, 'online'],
    [kiosk, 'offline'],
  ]);
  // Switched off ten minutes before closing, and on again five minutes after opening: nobody is called.
  const evening = Date.parse('2026-10-22T16:50:00Z');
  const morning = Date.parse('2026-10-23T08:00:00Z');
  await heard(evening, 3);
  expect(await watch(evening, morning + 10 * MINUTE)).toEqual([]);
  await heard(morning + 11 * MINUTE, 4);
  // Silent through lunch and a weekend: told once, on Friday; and no second time on Monday.
  expect(await watch(morning + 11 * MINUTE, morning + 32 * MINUTE, 7)).toEqual([['offline', '10-23T08:32']]);
  expect(await watch(morning + 32 * MINUTE, Date.parse('2026-10-26T12:00:00Z'), 90)).toEqual([]);
  // Stolen, it turns out. It has not come back, and its successor begins afresh.
  const gone = Date.parse('2026-10-26T12:00:00Z');
  await revoke(env.PEOPLE, kiosk, gone);
  expect(await watch(gone, gone + DAY, 180)).toEqual([]);
  const next = await makeKey();
  const successor = await enrolWith(
    own,
    { enrol: await issueCode(env.PEOPLE, kiosk, gone + DAY, randomBytes(random)) },
    next,
    gone + DAY,
  );
  await post(await signed(next, successor.json.device ?? '', healthOf(own, gone + DAY)), gone + DAY);
  expect(await watch(gone + DAY, gone + DAY + 5 * MINUTE)).toEqual([]);
  expect(await watch(gone + DAY + 5 * MINUTE, gone + DAY + 30 * MINUTE)).toEqual([['offline', '10-27T12:15']]);
});

test('settings that are none decide nothing, and a PIN is kept as a slow hash', () => {
  for (const bad of [null, '', '{', '[]', '{"idle":5}', '{"idle":"60"}', '{"hours":[[600,1140]]}', '{"language":"<script>"}'])
    expect(readSettings(bad)).toEqual({});
  const pin = hashPin('4711', randomBytes(random));
  expect(JSON.stringify(pin)).not.toContain('4711');
  expect(readSettings(JSON.stringify({ pin }))).toEqual({ pin });
  expect(pin.iterations).toBe(100_000);
});
