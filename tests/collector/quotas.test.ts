/** What one network or one site may send, through the real receive and real counters in D1. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { LATE_HITS, OPT_INS, OPT_INS_KEPT, SITE_MESSAGES } from '../../collector/collect/quotas.ts';
import { receive } from '../../collector/collect/receive.ts';
import { forgetQuotas, slotOf, useQuota } from '../../collector/store/quotas.ts';
import { countOf } from './door.ts';
import { idAt, makeCollector, makeSite, seeded, send, sender } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const HOUR = 3_600_000;
const random = seeded(21);
const view = (at: number) => ({
  kind: 'pageview',
  id: idAt(at, random),
  url: 'https://shop.example/a',
  mode: 'audience',
  visitor: idAt(at, random),
});
const optIn = () => ({
  ...view(NOW - 1_000),
  kind: 'opt-in',
  email: `p${Math.floor(random() * 1e9)}@example.org`,
  boxes: { news: true },
  wording: 'newsletter-fr-1',
});
const tally = (rej: [number, string][]) => Object.groupBy(rej, ([, reason]) => reason);

test('late hits of one network are limited for a day; another network, and hits in time, are not', async () => {
  const clock = { now: NOW };
  const site = await makeSite(NOW - 30 * 24 * HOUR);
  const collector = makeCollector(clock);
  let stored = 0;
  let refused = 0;
  for (let n = 0; n < LATE_HITS + 60; n += 40) {
    const messages = Array.from({ length: 40 }, () => view(NOW - 3 * 24 * HOUR));
    const { answer } = await send(collector, site, NOW, messages);
    if (!('ok' in answer)) throw new Error('not an answer');
    stored += answer.ok;
    refused += tally(answer.rej).quota?.length ?? 0;
  }
  expect(stored).toBe(LATE_HITS);
  expect(refused).toBe(60);
  expect(await countOf(env.EVENTS, 'pageviews')).toBe(LATE_HITS);
  expect((await send(collector, site, NOW, [view(NOW - HOUR)])).answer).toEqual({ ok: 1, rej: [] });
  const elsewhere = JSON.stringify({ v: 1, site: site.key, sentAt: NOW, messages: [view(NOW - 3 * 24 * HOUR)] });
  expect((await receive(elsewhere, { ...sender(), ip: '2001:db8:1:2::3' }, collector)).answer).toEqual({ ok: 1, rej: [] });
  const nearby = JSON.stringify({ v: 1, site: site.key, sentAt: NOW, messages: [view(NOW - 3 * 24 * HOUR)] });
  expect((await receive(nearby, { ...sender(), ip: '203.0.113.250' }, collector)).answer).toEqual({ ok: 0, rej: [[0, 'quota']] });
  clock.now = NOW + 24 * HOUR;
  expect((await send(collector, site, clock.now, [view(NOW - 2 * 24 * HOUR)])).answer).toEqual({ ok: 1, rej: [] });
});

test('opt-ins of one network: those above the limit of mails are held behind the same answer, those above a flood refused', async () => {
  const clock = { now: NOW };
  const site = await makeSite(NOW - HOUR);
  const collector = makeCollector(clock);
  await useQuotaOf(site.id, OPT_INS - 1);
  const two = [optIn(), optIn()];
  expect((await send(collector, site, NOW, two)).answer).toEqual({ ok: 2, rej: [] });
  const { results } = await env.PEOPLE.prepare('SELECT state, held_for FROM opt_ins WHERE id IN (?1, ?2) ORDER BY id = ?2')
    .bind(two[0]?.id, two[1]?.id)
    .all();
  expect(results).toEqual([
    { state: 'pending', held_for: null },
    { state: 'held', held_for: 'network' },
  ]);
  await useQuotaOf(site.id, OPT_INS_KEPT - OPT_INS - 2);
  expect((await send(collector, site, NOW, [optIn(), optIn()])).answer).toEqual({ ok: 1, rej: [[1, 'quota']] });
  const away = { ...collector, events: broken(env.EVENTS) };
  expect((await send(away, site, NOW, [optIn()])).answer).toEqual({ ok: 1, rej: [] });
  clock.now = NOW + HOUR;
  expect((await send(collector, site, clock.now, [optIn()])).answer).toEqual({ ok: 1, rej: [] });

  /** Uses some more, one of them by a real opt-in, so that the network's row is there. */
  async function useQuotaOf(id: number, hits: number) {
    await send(collector, site, NOW, [optIn()]);
    const row = await env.EVENTS.prepare("SELECT prefix FROM quotas WHERE site = ?1 AND what = 'opt-in'")
      .bind(id)
      .first<{ prefix: number }>();
    await useQuota(env.EVENTS, { site: id, what: 'opt-in', slot: slotOf('opt-in', NOW), prefix: row?.prefix ?? 0 }, hits - 1);
  }
  /** Counters cannot be written; everything else works. */
  function broken(db: D1Database): D1Database {
    return new Proxy(db, {
      get(target, key) {
        if (key === 'prepare')
          return (sql: string) => {
            if (sql.includes('quotas')) throw new Error('D1_ERROR: overloaded');
            return target.prepare(sql);
          };
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
});

test('a site that had its messages of the day is told to come back, and keeps what it has', async () => {
  const clock = { now: NOW };
  const site = await makeSite(NOW - HOUR);
  const collector = makeCollector(clock);
  const day = { site: site.id, what: 'messages', slot: slotOf('messages', NOW), prefix: 0 } as const;
  await useQuota(env.EVENTS, day, SITE_MESSAGES);
  // An isolate asks after a thousand messages of its own.
  for (let n = 0; n < 1_000; n += 50)
    await send(
      collector,
      site,
      NOW,
      Array.from({ length: 50 }, () => ({ ...view(NOW), url: 'https://elsewhere.example/' })),
    );
  const refused = await send(collector, site, NOW, [view(NOW)]);
  expect(refused).toEqual({ status: 429, answer: { ok: 0, rej: [], reason: 'quota' } });
  clock.now = NOW + 24 * HOUR;
  expect((await send(collector, site, clock.now, [view(clock.now)])).status).toBe(202);
  expect(await countOf(env.EVENTS, 'quotas')).toBeGreaterThan(0);
  await forgetQuotas(env.EVENTS, NOW + 72 * HOUR);
  expect(await countOf(env.EVENTS, 'quotas')).toBe(0);
});

test('a network that floods is shed before any database is asked', async () => {
  const site = await makeSite(NOW - HOUR);
  const asked: string[] = [];
  const collector = {
    ...makeCollector({ now: NOW }),
    shedder: { limit: async ({ key }: { key: string }) => ({ success: asked.push(key) <= 2 }) },
    people: new Proxy(env.PEOPLE, {
      get(target, key) {
        if (asked.length > 2) throw new Error('asked a database');
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
  };
  for (let n = 0; n < 2; n++) expect((await send(collector, site, NOW, [view(NOW)])).status).toBe(202);
  expect((await send(collector, site, NOW, [view(NOW)])).status).toBe(429);
  expect(asked).toEqual(['203.0.113', '203.0.113', '203.0.113']);
});

test('spam referrers and machines in data centres are refused by name; people behind a VPN count', async () => {
  const site = await makeSite(NOW - HOUR);
  const collector = makeCollector({ now: NOW });
  const spam = { ...view(NOW), referrer: 'https://buttons.semalt.com/crawler.php' };
  const alike = { ...view(NOW), referrer: 'https://notsemalt.com/' };
  expect((await send(collector, site, NOW, [spam, alike])).answer).toEqual({ ok: 1, rej: [[0, 'spam_referrer']] });
  const body = () => JSON.stringify({ v: 1, site: site.key, sentAt: NOW, messages: [view(NOW)] });
  const amazon = (headers: Record<string, string>) => ({ ...sender(headers), asn: 16_509 });
  expect((await receive(body(), amazon({}), collector)).answer).toEqual({ ok: 0, rej: [[0, 'data_centre']] });
  expect((await receive(body(), amazon({ 'sec-fetch-mode': 'cors' }), collector)).answer).toEqual({ ok: 1, rej: [] });
  expect((await receive(body(), { ...sender(), asn: 3_215 }, collector)).answer).toEqual({ ok: 1, rej: [] });
});
