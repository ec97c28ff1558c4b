/** The signed kiosk: one code, one key, fifteen minutes; altered, revoked or foreign requests leave no trace. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { issueCode } from '../../collector/fleet/enrolment.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { readQuery } from '../../collector/report/query.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump, envelope, expectOurs, knock } from './door.ts';
import { idAt, makeSite, randomBytes, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const random = seeded(15);
let site: Site;
let other: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
  other = await makeSite(NOW - 86_400_000);
});

const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');
async function makeKey() {
  const pair = await crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no key pair');
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
  if (!(spki instanceof ArrayBuffer)) throw new Error('no public key');
  return { privateKey: pair.privateKey, publicKey: base64url(spki) };
}
type Key = Awaited<ReturnType<typeof makeKey>>;

async function makeKiosk(where: Site, name = 'Entrance') {
  const store = await addStore(env.PEOPLE, where.id, 'Marais', where.zone, NOW);
  const kiosk = await addKiosk(env.PEOPLE, where.id, store, name, NOW);
  return { store, kiosk, code: await issueCode(env.PEOPLE, kiosk, NOW, randomBytes(random)) };
}
const enrol = (code: string, key: { publicKey: string }, now = NOW, where = site) =>
  knock(JSON.stringify({ v: 1, site: where.key, enrol: code, publicKey: key.publicKey }), { now, collector: {} });

async function signed(key: Key, device: string, body: string, sequence = 1) {
  const text = new TextEncoder().encode(`${device}.${sequence}.${body}`);
  const signature = base64url(await crypto.subtle.sign(ECDSA, key.privateKey, text));
  return { v: 1, device, sequence, signature, body };
}
const post = (value: unknown, now = NOW) => knock(JSON.stringify(value), { now, collector: {} });
async function enrolled(where = site) {
  const [made, key] = [await makeKiosk(where), await makeKey()];
  const device = (await enrol(made.code, key, NOW, where)).json.device ?? '';
  expect(device).toMatch(/^[0-9a-f]{24}$/);
  return { ...made, key, device };
}
const about = (more: Record<string, unknown>) => ({
  id: idAt(NOW - 1_000, random),
  url: 'https://shop.example/kiosk',
  mode: 'audience',
  ...more,
});
/** Everything in EVENTS but the day's salt, which any request without a visitor makes, and the count of refusals. */
const eventsOf = async () => (await dump(env.EVENTS)).replace(/^(salts|refusals) .*\n?/gm, '');

test('a code works once and for one key; the same key may ask again, another may not', async () => {
  const { code, kiosk } = await makeKiosk(site);
  const [mine, theirs] = [await makeKey(), await makeKey()];
  const first = await enrol(code, mine);
  expect(first).toMatchObject({ status: 200, mark: 'ok', json: { kiosk: 'Entrance', store: 'Marais' } });
  expect((await enrol(code, mine, NOW + 5_000)).json).toEqual(first.json);
  expect(await enrol(code, theirs)).toMatchObject({ status: 403, mark: 'bad_code' });
  const row = await env.PEOPLE.prepare('SELECT public_key FROM kiosks WHERE id = ?1').bind(kiosk).first();
  expect(row).toEqual({ public_key: mine.publicKey });
  expect(await dump(env.PEOPLE)).not.toContain(code);
});

test('of two keys that race for one code, one gets the kiosk', async () => {
  const { code } = await makeKiosk(site);
  const answers = await Promise.all([await makeKey(), await makeKey()].map((key) => enrol(code, key)));
  expect(answers.map((a) => a.status).sort()).toEqual([200, 403]);
});

test('a code dies after fifteen minutes, on another site, or when altered; a key that is none is refused', async () => {
  const [{ code }, key] = [await makeKiosk(site), await makeKey()];
  expect(await enrol(code, key, NOW + 15 * MINUTE + 1)).toMatchObject({ status: 403, mark: 'bad_code' });
  expect(await enrol(code, key, NOW, other)).toMatchObject({ status: 403, mark: 'bad_code' });
  expect(await enrol(code.slice(1), key)).toMatchObject({ status: 403, mark: 'bad_code' });
  for (const publicKey of ['', 'x', 'AAAA', key.publicKey.slice(2), `MFkw${'A'.repeat(120)}`])
    expect(await enrol(code, { publicKey })).toMatchObject({ status: 400, mark: 'malformed' });
  expect(await enrol(code, key, NOW + 15 * MINUTE)).toMatchObject({ status: 200 });
});

test('signed messages become facts of the kiosk and its store; a repeat changes nothing', async () => {
  const { key, device, kiosk, store } = await enrolled();
  const visitor = idAt(NOW, random);
  const body = envelope(site, NOW, [
    { kind: 'visit', ...about({ id: visitor, visitor }), touches: 3, lengthMs: 20_000 },
    { kind: 'pageview', ...about({ visitor }), activeMs: 12_000, foregroundMs: 15_000 },
    { kind: 'event', ...about({ visitor }), name: 'Brochure' },
    { kind: 'exposure', ...about({}), shownMs: 60_000 },
  ]);
  expect((await post(await signed(key, device, body))).json).toEqual({ ok: 4, rej: [] });
  const [visit, view, shown] = await Promise.all([
    env.EVENTS.prepare('SELECT touches, length_ms, ended, kind, visitor FROM kiosk_visits WHERE kiosk = ?1 AND store = ?2')
      .bind(kiosk, store)
      .first(),
    env.EVENTS.prepare('SELECT device, kind, visitor FROM pageviews WHERE kiosk = ?1').bind(kiosk).first(),
    env.EVENTS.prepare('SELECT shown_ms FROM exposures WHERE kiosk = ?1').bind(kiosk).first(),
  ]);
  expect(visit).toEqual({ touches: 3, length_ms: 20_000, ended: 0, kind: 2, visitor: view?.visitor });
  expect([view?.device, view?.kind, shown]).toEqual([7, 2, { shown_ms: 60_000 }]);
  const before = await eventsOf();
  expect((await post(await signed(key, device, body, 2))).json).toEqual({ ok: 4, rej: [] });
  expect(await eventsOf()).toBe(before);
});

test('whatever is altered in a signed request, it is 401 and nothing is stored', async () => {
  const { key, device } = await enrolled();
  const message = { kind: 'visit', ...about({ visitor: idAt(NOW, random) }), touches: 1, lengthMs: 1 };
  const good = await signed(key, device, envelope(site, NOW, [message]));
  const stranger = await enrolled();
  const before = await eventsOf();
  const altered = [
    { ...good, body: good.body.replace('"touches":1', '"touches":9') },
    { ...good, body: `${good.body} ` },
    { ...good, sequence: 2 },
    { ...good, device: stranger.device },
    { ...good, signature: (await signed(stranger.key, device, good.body)).signature },
    ...['', 'A', 'A'.repeat(86), good.signature.slice(0, 40), `${good.signature}AAAA`, '!'.repeat(86), '\ud800'].map(
      (signature) => ({ ...good, signature }),
    ),
  ];
  for (const wrong of altered) {
    const answered = await post(wrong);
    expectOurs(answered);
    expect(answered).toMatchObject({ status: 401, mark: 'bad_signature', json: { ok: 0 } });
  }
  expect(await post({ ...good, device: 'f'.repeat(24) })).toMatchObject({ status: 401, mark: 'unknown_device' });
  for (const body of ['', 'null', '{}', JSON.stringify(good)])
    expect(await post(await signed(key, device, body))).toMatchObject({ status: 400, mark: 'malformed' });
  expect(await eventsOf()).toBe(before);
  expect((await post(good)).json).toEqual({ ok: 1, rej: [] });
});

test('a revoked kiosk is 401 within a minute; one of another site cannot speak for this one; unsigned is refused', async () => {
  const { key, device, kiosk } = await enrolled();
  const messages = [
    { kind: 'visit', ...about({ visitor: idAt(NOW, random) }), touches: 1, lengthMs: 1 },
    { kind: 'exposure', ...about({}) },
  ];
  const body = envelope(site, NOW, messages);
  const foreign = await enrolled(other);
  const before = await eventsOf();
  expect(await post(await signed(foreign.key, foreign.device, body))).toMatchObject({ status: 404, mark: 'unknown_site' });
  await env.PEOPLE.prepare('UPDATE kiosks SET revoked_at = ?2 WHERE id = ?1').bind(kiosk, NOW).run();
  expect(await post(await signed(key, device, body), NOW + MINUTE + 1)).toMatchObject({ status: 401, mark: 'unknown_device' });
  expect((await knock(body, { now: NOW, collector: {} })).json).toEqual({
    ok: 0,
    rej: [
      [0, 'needs_kiosk'],
      [1, 'needs_kiosk'],
    ],
  });
  expect(await eventsOf()).toBe(before);
});

test('exposures are reach: however many, no visit, visitor or pageview changes', async () => {
  const { key, device } = await enrolled();
  const figures = async () => {
    const query = readQuery({
      metrics: ['visits', 'visitors', 'pageviews', 'engaged_visits', 'visit_time', 'events', 'exposures'],
      date_range: 'day',
    });
    if ('code' in query) throw new Error(query.detail);
    const answer = await runQuery(env, site, query, NOW);
    return 'results' in answer ? (answer.results[0]?.metrics ?? []) : [];
  };
  let shown = (await figures()).at(-1) ?? 0;
  const rest = (await figures()).slice(0, -1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 50 }), async (times) => {
      const exposures = times.map((shownMs) => ({ kind: 'exposure', ...about({}), shownMs }));
      expect((await post(await signed(key, device, envelope(site, NOW, exposures)))).json.ok).toBe(times.length);
      shown += times.length;
      const now = await figures();
      expect([now.slice(0, -1), now.at(-1)]).toEqual([rest, shown]);
    }),
    { numRuns: 8 },
  );
});
