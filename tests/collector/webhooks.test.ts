/** Webhooks as the databases hold them: announced with the act or not at all, tried by the schedule, replayed, rotated, ended. */
import { env } from 'cloudflare:test';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';
import { watchFleet } from '../../collector/fleet/watch.ts';
import { pauseOutlet, rotateSecret } from '../../collector/notify/outlets/change-outlets.ts';
import { deliver } from '../../collector/notify/outlets/deliver.ts';
import type { Delivering } from '../../collector/notify/outlets/delivering.ts';
import { askForTest, forgetAnnouncements, readDeliveries, replayDelivery } from '../../collector/notify/outlets/delivery-log.ts';
import { outletOf } from '../../collector/notify/outlets/outlet.ts';
import { announce } from '../../collector/notify/webhooks/announce.ts';
import { makeWebhook } from '../../collector/notify/webhooks/make-webhook.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump } from './door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { makeKiosk } from './kiosk-door.ts';
import { fresh, optInAt, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const bytes = randomBytes(seeded(31));

type Sent = { url: string; headers: Headers; body: string };
/** A network in which every receiver answers as it is told, and the clock that goes with it. */
function network(answer: (sent: Sent, count: number) => Response | Promise<Response>) {
  const clock = { now: NOW };
  const sent: Sent[] = [];
  const d: Delivering = {
    people: env.PEOPLE,
    addressSecret: env.ADDRESS_SECRET,
    rules: { allowsLocal: false, ownHost: env.CANONICAL_HOST, resolve: async () => ['93.184.215.14'] },
    now: () => clock.now,
    random: () => 0.5,
    randomBytes: bytes,
    mail: null,
    fetch: async (url, init) => {
      const one = { url: url.href, headers: new Headers(init.headers), body: String(init.body) };
      sent.push(one);
      return answer(one, sent.length);
    },
  };
  return { clock, sent, d };
}
const fine = () => new Response(null, { status: 204 });
const change = (nowMs = NOW) => ({ people: env.PEOPLE, addressSecret: env.ADDRESS_SECRET, nowMs, random: bytes });

async function hook(
  site: Site,
  d: Delivering,
  types = ['optin.submitted', 'kiosk.offline', 'kiosk.online'],
  url = 'https://hooks.brand.com/a',
) {
  const made = await makeWebhook(change(), { site: site.id, name: '', url, types, createdBy: null }, d.rules);
  if (typeof made === 'string') throw new Error(made);
  return made;
}
const say = (site: Site, id: string, at = NOW, type: 'optin.submitted' | 'optin.confirmed' = 'optin.submitted') =>
  env.PEOPLE.batch(announce(env.PEOPLE, { site: site.id, type, data: { opt_in: id }, at, id }));
const log = async (outlet: string) => readDeliveries(env.PEOPLE, outlet, 50);
const verified = (secret: string, { body, headers }: Sent, at: number) => {
  const real = Date.now;
  Date.now = () => at;
  try {
    return new Webhook(secret).verify(body, Object.fromEntries(headers));
  } finally {
    Date.now = real;
  }
};

let site: Site;
let quiet: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 40 * DAY);
  quiet = await makeSite(NOW - 40 * DAY);
});
const newSite = () => makeSite(NOW - 40 * DAY);

test('an opt-in is announced in its own transaction: no address, once however often it is sent', async () => {
  const { d, sent } = network(fine);
  const { id, secret } = await hook(site, d);
  const address = fresh('canary');
  const message = optInAt(NOW, address);
  for (const _ of [1, 2]) expect((await submitAt(NOW, site, [message])).status).toBe(202);
  expect(await deliver(d)).toBe(1);
  expect(sent).toHaveLength(1);
  const [one] = sent;
  if (!one) throw new Error('nothing was sent');
  expect(verified(secret, one, NOW)).toMatchObject({
    type: 'optin.submitted',
    data: { site: site.key, opt_in: message.id, touchpoint: 'web', store: null, kiosk: null },
  });
  expect(one.body).not.toContain('canary');
  expect((await log(id)).map(({ type, state, attempts }) => [type, state, attempts.map(({ outcome }) => outcome)])).toEqual([
    ['optin.submitted', 'delivered', ['delivered']],
  ]);
  expect(await dump(env.PEOPLE)).not.toContain(secret.slice(6));
  expect(await deliver(d)).toBe(0);
});

test('an act that fails is not announced, and where nobody listens nothing is written', async () => {
  const { d } = network(fine);
  const { id } = await hook(site, d);
  const before = (await log(id)).length;
  const broken = env.PEOPLE.prepare('INSERT INTO tokens (id) VALUES (NULL)');
  const told = announce(env.PEOPLE, { site: site.id, type: 'optin.submitted', data: {}, at: NOW, id: 'never' });
  await expect(env.PEOPLE.batch([...told, broken])).rejects.toThrow();
  expect(await log(id)).toHaveLength(before);
  await say(quiet, 'nobody');
  await say(site, 'unwanted', NOW, 'optin.confirmed');
  const { results } = await env.PEOPLE.prepare(
    "SELECT * FROM announcements WHERE data LIKE '%nobody%' OR data LIKE '%unwanted%'",
  ).all();
  expect(results).toEqual([]);
});

test('a receiver that fails is tried ten times over three days, then ended, and the log says all of it', async () => {
  const own = await newSite();
  const { d, clock, sent } = network(() => new Response('down for lea@example.com', { status: 503 }));
  const { id } = await hook(own, d);
  await say(own, 'one');
  const waits: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    await deliver(d, own.id);
    const [one] = await log(id);
    if (one?.nextAt) {
      waits.push(one.nextAt - clock.now);
      clock.now = one.nextAt;
    }
  }
  expect(waits.map((wait) => Math.round(wait / MINUTE))).toEqual([0, 5, 30, 120, 300, 600, 840, 1_200, 1_440]);
  expect(new Set(sent.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1);
  expect(new Set(sent.map(({ headers }) => headers.get('webhook-timestamp'))).size).toBe(10);
  const [one] = await log(id);
  expect([one?.state, one?.attempts.length, one?.attempts[0]]).toEqual([
    'failed',
    10,
    { at: NOW, status: 503, durationMs: 0, outcome: 'refused', answer: 'down for ***' },
  ]);
  expect(await outletOf(env.PEOPLE, own.id, id)).toMatchObject({ endedWhy: 'failing' });
  await say(own, 'two', clock.now);
  expect(await log(id)).toHaveLength(1);
});

test('410 ends a webhook at once; resumed, it begins anew', async () => {
  const own = await newSite();
  const answers = [410, 204];
  const { d, sent } = network(() => new Response(null, { status: answers.shift() ?? 204 }));
  const { id } = await hook(own, d);
  for (const one of ['a', 'b', 'c']) await say(own, one);
  await deliver(d, own.id);
  expect(sent).toHaveLength(1);
  expect((await log(id)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
  expect(await outletOf(env.PEOPLE, own.id, id)).toMatchObject({ endedWhy: 'gone', waiting: 0 });
  const [first] = await log(id);
  expect(await replayDelivery(env.PEOPLE, own.id, id, first?.id ?? '', NOW)).toBe(false);
  await pauseOutlet(env.PEOPLE, own.id, id, false, NOW);
  expect(await replayDelivery(env.PEOPLE, own.id, id, first?.id ?? '', NOW)).toBe(true);
  expect(await deliver(d, own.id)).toBe(1);
});

test('“too many” makes the whole receiver rest as long as it asks, and costs no attempt', async () => {
  const own = await newSite();
  const answers = [new Response(null, { status: 429, headers: { 'retry-after': '600' } })];
  const { d, clock, sent } = network(() => answers.shift() ?? fine());
  const { id } = await hook(own, d);
  for (const one of ['a', 'b']) await say(own, one);
  await deliver(d, own.id);
  clock.now += 9 * MINUTE;
  await deliver(d, own.id);
  expect(sent).toHaveLength(1);
  clock.now += MINUTE;
  expect(await deliver(d, own.id)).toBe(2);
  const rows = await env.PEOPLE.prepare('SELECT attempts FROM deliveries WHERE outlet = ?1').bind(id).all();
  expect(rows.results).toEqual([{ attempts: 1 }, { attempts: 1 }]);
});

test('a silent receiver keeps no other waiting, and two runs at once tell nobody twice', async () => {
  const own = await newSite();
  const { d, sent } = network(({ url }) => (url.includes('dead') ? Promise.reject(new Error('reset')) : fine()));
  const dead = await hook(own, d, undefined, 'https://dead.brand.com/');
  const alive = await hook(own, d, undefined, 'https://alive.brand.com/');
  for (let i = 0; i < 5; i += 1) await say(own, `n${i}`);
  expect((await Promise.all([deliver(d, own.id), deliver(d, own.id)])).reduce((a, b) => a + b)).toBe(5);
  expect(sent.filter(({ url }) => url.includes('alive'))).toHaveLength(5);
  expect((await log(dead.id)).flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome))).toContain('network');
  expect((await log(alive.id)).every(({ state }) => state === 'delivered')).toBe(true);
});

test('a long queue is worked off in turns, the others first, and a run takes only so many', async () => {
  const own = await newSite();
  const { d, sent } = network(fine);
  const busy = await hook(own, d, ['optin.submitted'], 'https://busy.brand.com/');
  const told = Array.from({ length: 150 }, (_, i) =>
    announce(env.PEOPLE, { site: own.id, type: 'optin.submitted', data: { n: i }, at: NOW - 200 + i, id: `n${i}` }),
  );
  await env.PEOPLE.batch(told.flat());
  const quick = await hook(own, d, ['optin.confirmed'], 'https://quick.brand.com/');
  await say(own, 'one', NOW, 'optin.confirmed');
  const first = await deliver(d, own.id);
  expect(first).toBeGreaterThanOrEqual(100);
  expect(first).toBeLessThanOrEqual(121);
  expect((await log(quick.id)).map(({ state }) => state)).toEqual(['delivered']);
  expect(first + (await deliver(d, own.id))).toBe(151);
  const numbers = sent.filter(({ url }) => url.includes('busy')).map(({ body }) => JSON.parse(body).data.n);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(new Set(numbers).size).toBe(150);
  expect(await outletOf(env.PEOPLE, own.id, busy.id)).toMatchObject({ waiting: 0 });
});

test('a run that died releases what it had claimed', async () => {
  const own = await newSite();
  const { d, clock } = network(fine);
  const { id } = await hook(own, d);
  await say(own, 'one');
  await env.PEOPLE.prepare('UPDATE deliveries SET claimed_until = ?2 WHERE outlet = ?1')
    .bind(id, NOW + 2 * MINUTE)
    .run();
  expect(await deliver(d, own.id)).toBe(0);
  clock.now += 2 * MINUTE;
  expect(await deliver(d, own.id)).toBe(1);
});

test('a rotated secret signs beside the old one for a day, and alone after it', async () => {
  const own = await newSite();
  const { d, clock, sent } = network(fine);
  const { id, secret } = await hook(own, d);
  const next = await rotateSecret(change(), own.id, id);
  if (next === null) throw new Error('not rotated');
  expect(next).not.toBe(secret);
  await say(own, 'during');
  await deliver(d, own.id);
  clock.now = NOW + DAY;
  await say(own, 'after', clock.now);
  await deliver(d, own.id);
  const [during, after] = sent;
  if (!during || !after) throw new Error('not sent');
  for (const one of [secret, next]) expect(verified(one, during, NOW)).toMatchObject({ data: { opt_in: 'during' } });
  expect(verified(next, after, clock.now)).toMatchObject({ data: { opt_in: 'after' } });
  expect(() => verified(secret, after, clock.now)).toThrow('No matching signature');
  expect(await rotateSecret(change(), quiet.id, id)).toBeNull();
});

test('paused, everything waits; let go on, everything leaves', async () => {
  const own = await newSite();
  const { d, sent } = network(fine);
  const { id } = await hook(own, d);
  await pauseOutlet(env.PEOPLE, own.id, id, true, NOW);
  for (const one of ['a', 'b']) await say(own, one);
  expect(await deliver(d, own.id)).toBe(0);
  expect(await outletOf(env.PEOPLE, own.id, id)).toMatchObject({ waiting: 2, pausedAt: NOW });
  await pauseOutlet(env.PEOPLE, own.id, id, false, NOW);
  expect(await deliver(d, own.id)).toBe(2);
  expect(sent).toHaveLength(2);
});

test('a replay keeps its id, a test is for one receiver, and another site has no hand in either', async () => {
  const own = await newSite();
  const { d, sent } = network(fine);
  const { id } = await hook(own, d);
  await hook(own, d, ['optin.confirmed'], 'https://other.brand.com/');
  await say(own, 'one');
  await deliver(d, own.id);
  const [delivery] = await log(id);
  expect(await replayDelivery(env.PEOPLE, quiet.id, id, delivery?.id ?? '', NOW)).toBe(false);
  expect(await replayDelivery(env.PEOPLE, own.id, id, delivery?.id ?? '', NOW)).toBe(true);
  await deliver(d, own.id);
  expect(sent[1]?.headers.get('webhook-id')).toBe(sent[0]?.headers.get('webhook-id'));
  expect((await log(id))[0]?.attempts).toHaveLength(2);
  expect(await askForTest(env.PEOPLE, quiet.id, id, NOW, 'msg_test')).toBe(false);
  expect(await askForTest(env.PEOPLE, own.id, id, NOW, 'msg_test')).toBe(true);
  await deliver(d, own.id);
  expect(sent.slice(2).map(({ url, body }) => [url, JSON.parse(body).type])).toEqual([['https://hooks.brand.com/a', 'test']]);
});

test('who is told of opt-ins is told of erasures, too', async () => {
  const own = await newSite();
  const { d, sent } = network(fine);
  const { id } = await hook(own, d, ['optin.confirmed']);
  const other = await hook(own, d, ['kiosk.offline'], 'https://kiosks.brand.com/');
  expect((await outletOf(env.PEOPLE, own.id, id))?.types).toEqual(['optin.confirmed', 'person.erased']);
  expect((await outletOf(env.PEOPLE, own.id, other.id))?.types).toEqual(['kiosk.offline']);
  await env.PEOPLE.batch(announce(env.PEOPLE, { site: own.id, type: 'person.erased', data: { person: 'p' }, at: NOW, id: 'p' }));
  await deliver(d, own.id);
  expect(sent.map(({ url, body }) => [url, JSON.parse(body).type])).toEqual([['https://hooks.brand.com/a', 'person.erased']]);
});

test('a kiosk that falls silent is told once, and once when it is back', async () => {
  const own = await newSite();
  const { d, sent } = network(fine);
  await hook(own, d);
  const { kiosk } = await makeKiosk(own, NOW - 10 * DAY);
  await env.PEOPLE.prepare("UPDATE kiosks SET device = 'x', enrolled_at = ?2, last_seen_at = ?2 WHERE id = ?1")
    .bind(kiosk, NOW - 2 * DAY)
    .run();
  for (const at of [NOW, NOW + MINUTE]) await watchFleet(env.PEOPLE, own.id, at);
  await env.PEOPLE.prepare('UPDATE kiosks SET last_seen_at = ?2 WHERE id = ?1')
    .bind(kiosk, NOW + 2 * MINUTE)
    .run();
  for (const at of [NOW + 2 * MINUTE, NOW + 3 * MINUTE]) await watchFleet(env.PEOPLE, own.id, at);
  d.now = () => NOW + 4 * MINUTE;
  await deliver(d, own.id);
  expect(sent.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.kiosk])).toEqual([
    ['kiosk.offline', kiosk],
    ['kiosk.online', kiosk],
  ]);
});

test('after thirty days an announcement is forgotten with its log', async () => {
  const own = await newSite();
  const { d } = network(fine);
  const { id } = await hook(own, d);
  await say(own, 'old', NOW);
  await say(own, 'new', NOW + DAY);
  await forgetAnnouncements(env.PEOPLE, NOW + 30 * DAY + 1);
  expect((await log(id)).map(({ at }) => at)).toEqual([NOW + DAY]);
});
