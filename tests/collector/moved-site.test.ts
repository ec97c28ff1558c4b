/** Where a site's messages land after it has moved, and while it does: by request, queue and relay, with isolates that have not heard of it. */
import { createExecutionContext, createMessageBatch, env, getQueueResult } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import type { Collector } from '../../collector/collect/collector.ts';
import { isFacts } from '../../collector/ingest/consumer.ts';
import { moveSite } from '../../collector/ingest/move-site.ts';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import type { Facts } from '../../collector/store/facts.ts';
import { moveOf } from '../../collector/store/moves.ts';
import { shardFor } from '../../collector/store/shards.ts';
import { allSites, forgetSites, type Site } from '../../collector/store/sites.ts';
import worker from '../../collector/worker.ts';
import { envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { rowsOf } from './history-site.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const random = seeded(5);
let site: Site;
/** One that never moves, in the same requests' company. */
let neighbour: Site;
let sent: Facts[];

const registered = async () => {
  const found = (await allSites(env.PEOPLE)).find(({ id }) => id === site.id);
  if (!found) throw new Error('no site');
  return found;
};
const begin = () => env.PEOPLE.prepare("UPDATE sites SET moving_to = 'EVENTS_2' WHERE id = ?1").bind(site.id).run();
/** Goes on until the move is where the test wants it. */
async function moveUntil(there: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i += 1) {
    if (await there()) return;
    await moveSite(env, await registered(), NOW, 1);
  }
  throw new Error('never there');
}
const isFenced = async () => (await moveOf(env.EVENTS, site.id))?.state === 2;
const hasArrived = async () => (await registered()).events === 'EVENTS_2';

const view = () => ({
  kind: 'pageview',
  id: idAt(NOW - 1_000, random),
  url: 'https://shop.example/a',
  mode: 'audience',
  visitor: idAt(NOW, random),
});
const optIn = () => ({
  ...view(),
  kind: 'opt-in',
  email: `p${Math.floor(random() * 1e9)}@example.org`,
  boxes: { news: true },
  wording: 'newsletter-fr-1',
});
/** A queue that keeps what it is given. */
const spillway: Collector['spillway'] = new Proxy(env.SPILLWAY, {
  get: (target, name) =>
    name === 'send'
      ? async (body: unknown) => {
          if (isFacts(body)) sent.push(structuredClone(body));
        }
      : Reflect.get(target, name),
});
const post = (one: Site, messages: unknown[], queue: Collector['spillway'] = spillway) =>
  knock(envelope(one, NOW, messages), {
    now: NOW,
    collector: { eventsOf: (s) => shardFor(env, s), spillway: queue },
  });
/** Delivers to the Worker's own consumer. @returns which were acknowledged. */
async function deliver(bodies: Facts[]): Promise<string[]> {
  const batch = createMessageBatch<unknown>(
    'comptoir-spillway',
    bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(NOW), attempts: 1, body })),
  );
  await worker.queue(batch, env);
  return [...(await getQueueResult(batch, createExecutionContext())).explicitAcks].sort();
}
const viewsIn = async (db: D1Database, one = site) => (await rowsOf(db, 'pageviews', one.id)).length;

beforeEach(async () => {
  site = await makeSite(NOW - 3_600_000);
  neighbour = await makeSite(NOW - 3_600_000);
  sent = [];
});

test('after the move a message lands in the new database, by an isolate that knows it and by one that does not', async () => {
  // This isolate reads the registry now, and believes it for a minute.
  expect((await post(site, [view()])).json).toEqual({ ok: 1, rej: [] });
  await begin();
  await moveUntil(hasArrived);
  expect(await viewsIn(env.EVENTS_2)).toBe(1);
  expect((await post(site, [view()])).json).toEqual({ ok: 1, rej: [] });
  forgetSites();
  expect((await post(site, [view(), view()])).json).toEqual({ ok: 2, rej: [] });
  expect([await viewsIn(env.EVENTS), await viewsIn(env.EVENTS_2), sent.length]).toEqual([1, 4, 0]);
  expect((await post(neighbour, [view()])).json).toEqual({ ok: 1, rej: [] });
  expect([await viewsIn(env.EVENTS, neighbour), await viewsIn(env.EVENTS_2, neighbour)]).toEqual([1, 0]);
});

test('between two homes a message goes to the queue, waits there, and is stored in the new one', async () => {
  await begin();
  await moveUntil(isFenced);
  expect((await post(site, [view(), view()])).json).toEqual({ ok: 2, rej: [] });
  expect(sent).toHaveLength(1);
  const [own] = sent;
  if (!own) throw new Error('nothing spilled');
  const other = {
    ...own,
    pageviews: own.pageviews.map((v) => ({ ...v, site: neighbour.id })),
    pages: [],
    origins: [],
    places: [],
  };
  // Its neighbour in the batch does not wait with it.
  expect(await deliver([own, other])).toEqual(['m1']);
  expect([await viewsIn(env.EVENTS), await viewsIn(env.EVENTS_2), await viewsIn(env.EVENTS, neighbour)]).toEqual([0, 0, 2]);
  await moveUntil(hasArrived);
  expect(await deliver([own, own])).toEqual(['m0', 'm1']);
  expect([await viewsIn(env.EVENTS), await viewsIn(env.EVENTS_2)]).toEqual([0, 2]);
});

test('between two homes and without a queue the answer is 503, and the same message is stored later', async () => {
  const message = view();
  await begin();
  await moveUntil(isFenced);
  expect(await post(site, [message], null)).toMatchObject({ status: 503, mark: null });
  expect([await viewsIn(env.EVENTS), await viewsIn(env.EVENTS_2)]).toEqual([0, 0]);
  await moveUntil(hasArrived);
  expect((await post(site, [message], null)).json).toEqual({ ok: 1, rej: [] });
  expect([await viewsIn(env.EVENTS), await viewsIn(env.EVENTS_2)]).toEqual([0, 1]);
});

test('while it is copied a message is stored where the site still lives, and comes along', async () => {
  await begin();
  await moveUntil(async () => (await moveOf(env.EVENTS_2, site.id))?.state === 9);
  expect((await post(site, [view()])).json).toEqual({ ok: 1, rej: [] });
  expect(await viewsIn(env.EVENTS)).toBe(1);
  await moveUntil(hasArrived);
  expect(await viewsIn(env.EVENTS_2)).toBe(1);
  expect(sent).toEqual([]);
});

test('an opt-in is taken all the way through a move, waits in PEOPLE, and its fact arrives in the new database', async () => {
  await begin();
  await moveUntil(isFenced);
  expect((await post(site, [optIn()])).json).toEqual({ ok: 1, rej: [] });
  expect((await post(neighbour, [optIn()])).json).toEqual({ ok: 1, rej: [] });
  const waiting = () =>
    env.PEOPLE.prepare('SELECT count(*) AS n FROM opt_ins WHERE site = ?1 AND relay IS NOT NULL').bind(site.id).first('n');
  // Relaying fails for the site on its way only.
  await relayOptIns(env.PEOPLE, env, 100);
  expect(await waiting()).toBe(1);
  expect(await rowsOf(env.EVENTS, 'opt_ins', neighbour.id)).toHaveLength(1);
  await moveUntil(hasArrived);
  expect(await relayOptIns(env.PEOPLE, env, 100)).toBe(1);
  expect(await waiting()).toBe(0);
  expect(await rowsOf(env.EVENTS, 'opt_ins', site.id)).toEqual([]);
  expect(await rowsOf(env.EVENTS_2, 'opt_ins', site.id)).toHaveLength(1);
  // What the queue held of it is the same fact.
  expect(await deliver(sent)).toEqual(sent.map((_, i) => `m${i}`));
  expect(await rowsOf(env.EVENTS_2, 'opt_ins', site.id)).toHaveLength(1);
});
