import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { runWindows } from '../../collector/ingest/windows.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';

test('a pageview is stored once and closes into rollups', async () => {
  const random = seeded(5);
  const clock = { now: Date.parse('2026-10-10T10:00:00Z') };
  const site = await makeSite(clock.now - 3 * 86_400_000);
  const collector = makeCollector(clock);
  const visitor = idAt(clock.now, random);
  const message = { kind: 'pageview', id: idAt(clock.now - 1000, random), url: 'https://shop.example/a?utm_source=x', mode: 'audience', visitor, referrer: 'https://www.google.fr/' };
  expect(await send(collector, site, clock.now, [message])).toEqual({ status: 202, answer: { ok: 1, rej: [] } });
  clock.now += 20_000;
  const optIn = { kind: 'opt-in', id: idAt(clock.now - 10, random), url: 'https://shop.example/a', mode: 'audience', visitor, email: 'Lea@Example.com', boxes: { news: true }, wording: 'newsletter-fr-1' };
  expect(await send(collector, site, clock.now, [{ ...message, activeMs: 15_000, foregroundMs: 18_000, scroll: 50 }, optIn])).toEqual({ status: 202, answer: { ok: 2, rej: [] } });
  console.log((await env.EVENTS.prepare('select * from pageviews').all()).results, (await env.EVENTS.prepare('select * from opt_ins').all()).results, (await env.EVENTS.prepare('select * from origins').all()).results);
  console.log((await env.PEOPLE.prepare('select * from opt_ins').all()).results, (await env.PEOPLE.prepare('select * from ledger').all()).results);
  for (;;) {
    clock.now += 7_200_000;
    if (await runWindows(env.EVENTS, site, clock.now, 100)) break;
  }
  console.log((await env.EVENTS.prepare('select * from rollups').all()).results.length, (await env.EVENTS.prepare('select * from visitor_cells').all()).results, (await env.EVENTS.prepare('select * from closings').all()).results);
  console.log((await env.EVENTS.prepare('select * from rollups where dimension in (0,1)').all()).results);
});
