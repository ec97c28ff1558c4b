/** Messages that come again: nothing moves, nothing is counted twice, and an id belongs to the visitor who had it first. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { dump } from './door.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';

const HOUR = 3_600_000;
const BORN = Date.parse('2026-10-20T08:00:00Z');

test('a repeat with another clock reading moves nothing and writes nothing', async () => {
  const clock = { now: BORN };
  const site = await makeSite(BORN - 24 * HOUR);
  const random = seeded(3);
  const about = { id: idAt(BORN - 500, random), url: 'https://shop.example/a', mode: 'audience', visitor: idAt(BORN, random) };
  const message = { kind: 'pageview', ...about, activeMs: 900, foregroundMs: 1_000 };
  await send(makeCollector(clock), site, clock.now, [message]);
  const before = await dump(env.EVENTS);
  for (const [later, wrong] of [
    [1_000, 0],
    [20 * 60_000, 7 * HOUR],
    [24 * HOUR, -3 * HOUR],
  ] as const) {
    clock.now = BORN + later;
    expect((await send(makeCollector(clock), site, clock.now + wrong, [message])).answer).toEqual({ ok: 1, rej: [] });
    await send(makeCollector(clock), site, clock.now, [{ ...message, activeMs: 5 }]);
  }
  expect(await dump(env.EVENTS)).toBe(before);
});

test("another visitor's id is refused by its index and changes nothing; a day-hash visitor may move", async () => {
  const clock = { now: BORN };
  const site = await makeSite(BORN - 24 * HOUR);
  const random = seeded(4);
  const view = (visitor: string | undefined) => ({
    kind: 'pageview',
    id: idAt(BORN - 500, random),
    url: 'https://shop.example/a',
    mode: 'audience',
    ...(visitor && { visitor }),
  });
  const mine = { ...view(idAt(BORN, random)), activeMs: 10, foregroundMs: 10 };
  const event = { ...view(idAt(BORN, random)), kind: 'event', name: 'n' };
  await send(makeCollector(clock), site, BORN, [mine, event]);
  const before = await dump(env.EVENTS);
  const theirs = idAt(BORN, random);
  const stolen = [
    { ...mine, visitor: theirs, activeMs: 9_000, foregroundMs: 9_000 },
    { ...event, visitor: theirs },
  ];
  const good = view(theirs);
  const { answer } = await send(makeCollector(clock), site, BORN, [good, ...stolen]);
  expect(answer).toEqual({
    ok: 1,
    rej: [
      [1, 'id_conflict'],
      [2, 'id_conflict'],
    ],
  });
  const lines = (await dump(env.EVENTS)).split('\n');
  expect(before.split('\n').every((line) => lines.includes(line))).toBe(true);
  // Two in one request: the first has it.
  const twice = view(theirs);
  expect((await send(makeCollector(clock), site, BORN, [twice, { ...twice, visitor: idAt(BORN, random) }])).answer).toEqual({
    ok: 1,
    rej: [[1, 'id_conflict']],
  });
  const moving = view(undefined);
  await send(makeCollector(clock), site, BORN, [moving]);
  const moved = await send(makeCollector(clock), site, BORN, [{ ...moving, activeMs: 700, foregroundMs: 800 }], {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  });
  expect(moved.answer).toEqual({ ok: 1, rej: [] });
  const row = await env.EVENTS.prepare('SELECT count(*) AS n, max(active_ms) AS ms FROM pageviews WHERE site = ?1 AND kind = 1')
    .bind(site.id)
    .first();
  expect(row).toEqual({ n: 1, ms: 700 });
});
