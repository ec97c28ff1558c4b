/** Who comes in the open hour, and in which order: the same by the open hour, by facts, and by the windows that close later. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { type EventFact, type Facts, noFacts, type OptInFact, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask } from './ask.ts';
import { makeSite } from './fixture.ts';
import { actOf, DAY, pagesOf, viewOf } from './history-site.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-06-10T00:00:00Z');
const siteOf = () => makeSite(START + 31 * DAY + DAY / 2, { zone: 'UTC' });
const store = (more: Partial<Facts>) => commit(env.EVENTS, { ...noFacts(), ...more });
/** Closes what is due, pieces of the open day, too, however few facts they have. */
async function close(site: Site, nowMs: number) {
  while (!(await runWindows(env.EVENTS, site, nowMs, 50, 1))) {
    /* until everything due is done */
  }
}
const dates = (from: number, to: number) => [from, to].map((day) => new Date(START + day * DAY).toISOString().slice(0, 10));

/** What each source says, and what it is measured on. */
async function told(site: Site, body: { metrics: string[]; date_range: string[]; dimensions?: string[] }, nowMs: number) {
  const answers = [await ask(site, body, nowMs), await ask(site, { ...body, source: 'raw' }, nowMs)];
  expect(answers.map(({ meta }) => meta.source)).toEqual(['rollup', 'raw']);
  const [stored, raw] = answers.map(({ results, totals, meta }) => ({ results, totals, coverage: meta.coverage }));
  expect(stored, JSON.stringify(body)).toEqual(raw);
  return stored;
}

test('who was there before is told by the latest day before, whether it is today or weeks ago', async () => {
  const site = await siteOf();
  let n = 0;
  const view = (visitor: number, day: number, hour: number, mode: 0 | 1): PageviewFact => {
    n += 1;
    return viewOf(site.id, START + day * DAY + hour * HOUR, visitor, n, { mode });
  };
  // In a closed piece of today: after earlier days, for the first time, and with more consent than later.
  const before = [
    view(70, 0, 12, 0),
    view(70, 2, 12, 0),
    view(70, 3, 9, 1),
    view(71, 3, 9, 0),
    view(72, 1, 9, 0),
    view(72, 2, 9, 1),
  ];
  await store({ pageviews: before });
  await close(site, START + 3 * DAY + 11.6 * HOUR);
  // In the open hour: the same, one who has not been there today, one who was never, one twice.
  const now = START + 3 * DAY + 12 * HOUR;
  const open = [view(70, 3, 11.3, 0), view(71, 3, 11.4, 1), view(72, 3, 11.5, 0), view(73, 3, 11.6, 0), view(73, 3, 11.7, 1)];
  await store({ pageviews: open });
  const metrics = ['visitors', 'recurring_visitors', 'known_ratio', 'visits'];
  expect((await told(site, { metrics, date_range: dates(3, 3) }, now))?.totals.metrics.slice(0, 2)).toEqual([4, 2]);
  const asked = (
    [
      [2, 3],
      [0, 3],
      [0, 2],
      [3, 3],
    ] as const
  ).flatMap(([from, to]) =>
    [[], ['time:day'], ['touchpoint']].map((dimensions) => ({ metrics, date_range: dates(from, to), dimensions })),
  );
  const whileOpen = [];
  for (const body of asked) whileOpen.push(await told(site, body, now));
  await close(site, START + 4 * DAY + HOUR);
  for (const [i, body] of asked.entries()) expect(await told(site, body, now), JSON.stringify(body)).toEqual(whileOpen[i]);
});

test('an open hour over midnight has two days, and a long visit many pages', async () => {
  const site = await siteOf();
  const facts = noFacts();
  facts.pages.push(...pagesOf(site.id));
  const midnight = START + 2 * DAY;
  const view = (visitor: number, minute: number, n: number, mode: 0 | 1 = 0) =>
    viewOf(site.id, midnight + minute * 60_000, visitor, n, { mode });
  await store({ ...facts, pageviews: [view(90, -1_500, 1), view(90, -200, 2, 1), view(91, -150, 3)] });
  await close(site, midnight - HOUR / 2);
  const both = [view(90, -10, 4), view(90, 5, 5), view(91, -9, 6, 1), view(92, -8, 7), view(92, 6, 8, 1), view(93, 7, 9)];
  const long = Array.from({ length: 40 }, (_, i) => view(94, i / 2 - 12, 100 + i));
  await store({ pageviews: [...both, ...long] });
  const now = midnight + 0.3 * HOUR;
  const metrics = ['visitors', 'recurring_visitors', 'known_ratio', 'visits', 'pageviews'];
  const asked = (
    [
      [1, 1],
      [2, 2],
      [1, 2],
      [0, 2],
    ] as const
  ).flatMap(([from, to]) => [
    { metrics, date_range: dates(from, to) },
    { metrics, date_range: dates(from, to), dimensions: ['time:day'] },
    { metrics: metrics.slice(3), date_range: dates(from, to), dimensions: ['page'] },
  ]);
  const whileOpen = [];
  for (const body of asked) whileOpen.push(await told(site, body, now));
  expect(whileOpen[3]?.totals.metrics).toEqual([4, 3, 0, 1, 19]);
  await close(site, midnight + DAY + HOUR);
  for (const [i, body] of asked.entries()) expect(await told(site, body, now), JSON.stringify(body)).toEqual(whileOpen[i]);
});

test('acts of one millisecond come in the order of their ids', async () => {
  const site = await siteOf();
  const at = START + DAY + 9 * HOUR;
  const now = at + HOUR / 2;
  const facts = noFacts();
  facts.pages.push(...pagesOf(site.id));
  const of = (visitor: number, rand: number, page: number) => actOf(viewOf(site.id, at, visitor, rand, { page }));
  const event = (visitor: number, rand: number, page: number): EventFact => ({
    ...of(visitor, rand, page),
    name: 9,
    props: null,
  });
  const optIn = (visitor: number, rand: number, page: number): OptInFact => ({
    ...of(visitor, rand, page),
    confirmed_at: null,
    ended_at: null,
  });
  // Two pages at once; acts without a page; and a page whose id comes last.
  facts.pageviews.push(viewOf(site.id, at, 80, 12, { page: 70 }), viewOf(site.id, at, 80, 11, { page: 71 }));
  facts.events.push(event(81, 22, 70), event(81, 23, 71), event(82, 32, 72));
  facts.opt_ins.push(optIn(81, 21, 72), optIn(82, 33, 70));
  facts.events.push(event(83, 41, 70));
  facts.pageviews.push(viewOf(site.id, at, 83, 42, { page: 72 }));
  await store(facts);
  const asked = ['entry_page', 'exit_page', 'page'].map((dimension) => ({
    metrics: ['visits', 'pageviews', 'events', 'opt_ins'],
    date_range: dates(1, 1),
    dimensions: [dimension],
  }));
  const whileOpen = [];
  for (const body of asked) whileOpen.push(await told(site, body, now));
  const entries = new Map(whileOpen[0]?.results.map((row) => [row.dimensions[0], row.metrics[0]]));
  expect(entries).toEqual(
    new Map([
      ['/72', 3],
      ['/71', 1],
    ]),
  );
  await close(site, START + 2 * DAY + HOUR);
  for (const [i, body] of asked.entries()) expect(await told(site, body, now), JSON.stringify(body)).toEqual(whileOpen[i]);
});
