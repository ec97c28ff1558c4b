/** The computed examples of reference/domain.md that concern metrics, through the whole path: facts, windows, question. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit, splitFacts } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { type Facts, noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask } from './ask.ts';
import { makeSite } from './fixture.ts';
import { DAY, viewOf } from './history-site.ts';

const ZONE = 'Europe/Paris';
const NOW = Date.parse('2026-10-20T15:00:00Z');
const today = dayOf(ZONE, NOW);
const at = (daysAgo: number, minutes: number) => startOfDay(ZONE, today - daysAgo) + minutes * 60_000;

async function siteWith(fill: (site: number, facts: Facts) => void): Promise<Site> {
  const site = await makeSite(NOW - 100 * DAY, { zone: ZONE });
  const facts = noFacts();
  fill(site.id, facts);
  for (const part of splitFacts(facts)) await commit(env.EVENTS, part);
  while (!(await runWindows(env.EVENTS, site, NOW, 200))) {
    /* until everything due is done */
  }
  return site;
}
const figures = async (site: Site, metrics: string[], more: Record<string, unknown> = {}) =>
  (await ask(site, { metrics, date_range: '28d', ...more }, NOW)).totals.metrics;

test('§2.4: of six visits of 12 s, 4 s, 9 s with two pages, 3 s with an event, 10.0 s and 8 s, four are engaged', async () => {
  const site = await siteWith((id, facts) => {
    [12_000, 4_000, 9_000, 3_000, 10_000, 8_000].forEach((active, i) => {
      facts.pageviews.push(viewOf(id, at(3, i), 100 + i, i, { active_ms: active, foreground_ms: active }));
    });
    facts.pageviews.push(viewOf(id, at(3, 3), 102, 20, { active_ms: 0, foreground_ms: 0 }));
    const { origin: _o, place: _p, device: _d, browser: _b, os: _s, language: _l, ...view } = viewOf(id, at(3, 4), 103, 21);
    const { active_ms: _a, foreground_ms: _f, scroll: _c, ...about } = view;
    facts.events.push({ ...about, name: 9, props: null });
  });
  const metrics = ['visits', 'engaged_visits', 'engagement_rate', 'bounce_rate'];
  const expected = [6, 4, 4 / 6, 2 / 6];
  expect(await figures(site, metrics)).toEqual(expected);
  expect(await figures(site, metrics, { source: 'raw' })).toEqual(expected);
});

test('§2.5: with a mean of 120 visitors a day and 620 in 28 days, stickiness is 0.1935', async () => {
  const daily = [120, 130, 110, 100, 140, 150, 90];
  const site = await siteWith((id, facts) => {
    let next = 0;
    for (let day = 28; day > 0; day -= 1)
      for (let i = 0; i < (daily[day % 7] ?? 0); i += 1) {
        facts.pageviews.push(viewOf(id, at(day, 60 + i), 1_000 + (next % 620), next));
        next += 1;
      }
  });
  const [visitors, stickiness] = await figures(site, ['visitors', 'stickiness']);
  expect(visitors).toBe(620);
  expect(stickiness).toBeCloseTo(120 / 620, 12);
  expect(stickiness?.toFixed(4)).toBe('0.1935');
  // By touchpoint it is the same: all of them came by the web.
  const { results } = await ask(site, { metrics: ['stickiness'], date_range: '28d', dimensions: ['touchpoint'] }, NOW);
  expect(results.map((r) => [r.dimensions[0], r.metrics[0]])).toEqual([['web', 120 / 620]]);
});

test('§2.5 and §8.14: ids of one day have no stickiness and no recurring visitors', async () => {
  const site = await siteWith((id, facts) => {
    for (let day = 28; day > 0; day -= 1) facts.pageviews.push(viewOf(id, at(day, 60), 1_000 + day, day, { kind: 1 }));
  });
  const answer = await ask(
    site,
    { metrics: ['visitors', 'stickiness', 'recurring_visitors', 'recurring_ratio'], date_range: '28d' },
    NOW,
  );
  expect(answer.totals.metrics).toEqual([28, null, null, null]);
  for (const name of ['stickiness', 'recurring_visitors', 'recurring_ratio'])
    expect(answer.meta.not_measured).toMatchObject({ [name]: { code: 'no_persistent_id' } });
});

test('who came on a day whose row is deleted by now has come again, from facts as from rollups', async () => {
  const site = await siteWith((id, facts) => facts.pageviews.push(viewOf(id, at(1, 60), 1, 1)));
  const recurring = () => figures(site, ['recurring_visitors'], { source: 'raw' });
  expect(await recurring()).toEqual([0]);
  await env.EVENTS.prepare('UPDATE visitor_days SET earlier = day - 500 WHERE site = ?1').bind(site.id).run();
  expect(await recurring()).toEqual([1]);
});

test('stickiness takes 28 days: a young site has none', async () => {
  const site: Site = {
    ...(await siteWith((id, facts) => facts.pageviews.push(viewOf(id, at(1, 60), 1, 1)))),
    createdAt: NOW - 20 * DAY,
  };
  const { totals, meta } = await ask(site, { metrics: ['stickiness'], date_range: '7d' }, NOW);
  expect(totals.metrics).toEqual([null]);
  expect(meta.not_measured).toMatchObject({ stickiness: { code: 'not_28_days' } });
});

test('§5.3: seven of fourteen visits and four of six visitors are known', async () => {
  // Visits of each visitor; from which on the visitor is known, if ever.
  const visitors: [visits: number, knownFrom: number | null][] = [
    [3, 0],
    [1, 0],
    [2, 0],
    [5, null],
    [1, null],
    [2, 1],
  ];
  const site = await siteWith((id, facts) => {
    visitors.forEach(([visits, knownFrom], v) => {
      for (let i = 0; i < visits; i += 1) {
        const view = viewOf(id, at(10 - i, 60 + v), 100 + v, v * 10 + i, { mode: 1 });
        facts.pageviews.push(view);
        if (i !== knownFrom) continue;
        const { origin: _o, place: _p, device: _d, browser: _b, os: _s, language: _l, ...rest } = view;
        const { active_ms: _a, foreground_ms: _f, scroll: _c, ...about } = rest;
        facts.identifications.push({ ...about, at: about.at + 1, act: 1, ended_at: null });
      }
    });
  });
  const metrics = ['known_visits', 'visits', 'known_visitors', 'visitors', 'known_ratio'];
  for (const source of ['auto', 'raw']) expect(await figures(site, metrics, { source })).toEqual([7, 14, 4, 6, 4 / 6]);
  const { results } = await ask(site, { metrics: ['visits', 'visitors'], date_range: '28d', dimensions: ['known'] }, NOW);
  expect(results.map((r) => [r.dimensions[0], ...r.metrics])).toEqual([
    ['no', 7, 2],
    ['yes', 7, 4],
  ]);
});
