/** What cannot be answered is said, never guessed: too many rows, deleted facts, days before the site or to come, bounds of a question. */
import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { runWindows } from '../../collector/ingest/windows.ts';
import { isProblem } from '../../collector/report/problem.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { dateOfDay, dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask, toQuery, tryAsk } from './ask.ts';
import { makeSite } from './fixture.ts';
import { commitAll, DAY, upkeep, viewOf, weeksOf } from './history-site.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

const NOW = Date.parse('2026-10-20T15:00:00Z');
let traffic: Traffic;
const whole = () => [dateOfDay(traffic.firstDay), dateOfDay(traffic.lastDay)];

beforeAll(async () => {
  traffic = await makeTraffic(12, 'Europe/Paris', NOW, 6, 40);
});

const withBudget = async (body: Record<string, unknown>, rows: number) =>
  runQuery(env, traffic.site, toQuery({ metrics: ['visits', 'visitors'], date_range: whole(), ...body }), traffic.nowMs, rows);

describe('a budget of rows', () => {
  test('a question that only facts can answer is refused before it reads them', async () => {
    const answer = await withBudget({ filters: [['is', 'event', ['Download']]], dimensions: ['page'] }, 20);
    expect(answer).toMatchObject({
      code: 'too_much',
      field: 'date_range',
      detail: expect.stringMatching(/at most 20.*page, event/),
    });
  });

  test('a visit of the web is no fact of its own, and takes no part of the budget; one of a kiosk is', async () => {
    for (const [kind, budget] of [
      [0, 30],
      [2, 60],
    ] as const) {
      const site = await makeSite(NOW - 30 * DAY, { zone: 'UTC' });
      const noon = startOfDay('UTC', dayOf('UTC', NOW) - 3) + DAY / 2;
      const facts = noFacts();
      for (let i = 0; i < 30; i += 1) {
        const place = kind === 2 ? { store: 1, kiosk: 1 } : {};
        const view = viewOf(site.id, noon + i * 1_000, 1_000 + i, i, { kind, ...place });
        facts.pageviews.push(view);
        const { site: of, born, rand, at, visitor, mode, store, kiosk, page, flags } = view;
        const visit = { site: of, born, rand, at, visitor, kind, mode, store, kiosk, page, flags };
        if (kind === 2) facts.kiosk_visits.push({ ...visit, touches: 1, length_ms: 1_000, ended: 1 });
      }
      await commitAll(env.EVENTS, [facts]);
      while (!(await runWindows(env.EVENTS, site, NOW, 200))) {
        /* until everything due is done */
      }
      const query = toQuery({ metrics: ['visits'], date_range: '7d', filters: [['is_not', 'recurring', ['yes']]] });
      expect(await runQuery(env, site, query, NOW, budget)).toMatchObject({ totals: { metrics: [30] } });
      expect(await runQuery(env, site, query, NOW, budget - 1)).toMatchObject({ code: 'too_much' });
    }
  });

  test('a figure that only facts have is null, and the others come from rollups', async () => {
    const answer = await withBudget({ dimensions: ['source'] }, 20);
    if (isProblem(answer)) throw new Error(answer.detail);
    expect(answer.meta).toMatchObject({ source: 'rollup', not_measured: { visitors: { code: 'over_budget' } } });
    const exact = await ask(
      traffic.site,
      { metrics: ['visits', 'visitors'], date_range: whole(), dimensions: ['source'] },
      traffic.nowMs,
    );
    expect(exact.meta.source).toBe('raw');
    expect(answer.results.map((r) => [r.dimensions, r.metrics])).toEqual(
      exact.results.map((r) => [r.dimensions, [r.metrics[0], null]]),
    );
  });

  test('visits of several pages under one name are null where facts may not be read, the other names are exact', async () => {
    const answer = await withBudget({ dimensions: ['page'], metrics: ['pageviews', 'visits'] }, 20);
    if (isProblem(answer)) throw new Error(answer.detail);
    const exact = await ask(
      traffic.site,
      { metrics: ['pageviews', 'visits'], date_range: whole(), dimensions: ['page'] },
      traffic.nowMs,
    );
    const rows = (r: QueryResult) => Object.fromEntries(r.results.map((row) => [row.dimensions[0], row.metrics]));
    // “/” is on two hosts.
    expect(rows(answer)).toEqual({ ...rows(exact), '/': [rows(exact)['/']?.[0], null] });
    expect(answer.totals).toEqual(exact.totals);
  });

  test('reading stops at the budget where windows are not closed and nobody knows how much there is', async () => {
    const open = await makeTraffic(13, 'UTC', NOW, 3, 40, false);
    const query = toQuery({
      metrics: ['visits'],
      date_range: [dateOfDay(open.firstDay), dateOfDay(open.lastDay)],
      source: 'raw',
    });
    const answer = await runQuery(env, open.site, query, open.nowMs, 10);
    expect(answer).toMatchObject({ code: 'too_much' });
    const all = await runQuery(env, open.site, query, open.nowMs);
    expect(all).toMatchObject({ meta: { source: 'raw' } });
  });
});

test('more facts at once than fit into one text of the database, and their budget', async () => {
  const [start, many] = [NOW - 2 * DAY, 30_000];
  const site = await makeSite(NOW - 30 * DAY, { zone: 'UTC' });
  const columns =
    'site, born, rand, at, visitor, kind, store, kiosk, mode, page, flags, origin, place, device, browser, os, language';
  await env.EVENTS.prepare(
    `INSERT INTO pageviews (${columns}) WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < ?2 - 1)
     SELECT ?1, ?3 + i * 5000, 281474976710000 + i, ?3 + i * 5000, 9007199254700000 + i / 3, 0, 0, 0, 0, 9007199254740000, 0, 0, 0, 1, 1, 1, 148 FROM c`,
  )
    .bind(site.id, many, start)
    .run();
  const query = toQuery({ metrics: ['pageviews', 'visits', 'visitors'], date_range: '7d', source: 'raw' });
  const asked = { ...query, range: { from: dayOf('UTC', start), to: dayOf('UTC', NOW) } };
  expect(await runQuery(env, site, asked, NOW)).toMatchObject({ totals: { metrics: [many, many / 3, many / 3] } });
  expect(await runQuery(env, site, asked, NOW, many - 1)).toMatchObject({ code: 'too_much' });
});

test('days whose facts are deleted are not measured where only facts can tell, and measured where rollups can', async () => {
  const site: Site = { ...(await makeSite(NOW - 60 * DAY, { zone: 'UTC' })), rawDays: 45 };
  const until = startOfDay('UTC', dayOf('UTC', NOW));
  await commitAll(env.EVENTS, weeksOf(site.id, until, 56, 5));
  await upkeep(env.EVENTS, site, NOW);
  const kept = dayOf('UTC', NOW) - 45;
  const range = [dateOfDay(kept - 10), dateOfDay(kept + 9)];
  const body = { metrics: ['pageviews', 'visits', 'visitors'], date_range: range, limit: 100 };
  const sources = await ask(site, { ...body, dimensions: ['source'] }, NOW);
  expect(sources.meta).toMatchObject({ source: 'rollup', not_measured: { visitors: { code: 'facts_purged' } } });
  expect(sources.totals.metrics[0]).toBeGreaterThan(0);
  const filtered = await ask(site, { ...body, filters: [['is', 'prop:format', ['(none)']]] }, NOW);
  expect(filtered.results[0]?.metrics).toEqual([null, null, null]);
  expect(filtered.meta.not_measured).toMatchObject({ visits: { code: 'facts_purged' } });
  // Each day for itself: the first ten are gone, the others are exact.
  const days = await ask(site, { ...body, dimensions: ['time:day'], source: 'raw' }, NOW);
  const rolled = await ask(site, { ...body, dimensions: ['time:day'] }, NOW);
  expect(rolled.meta.source).toBe('rollup');
  for (const [i, row] of days.results.entries())
    expect(row.metrics).toEqual(i < 10 ? [null, null, null] : rolled.results[i]?.metrics);
  expect(days.totals.metrics).toEqual([null, null, null]);
});

describe('what was not measured is not zero', () => {
  test('days before the site', async () => {
    const site = await makeSite(NOW - 3 * DAY, { zone: 'Europe/Paris' });
    const body = { metrics: ['visitors', 'pageviews', 'known_ratio'], dimensions: ['time:day'], compare: 'previous_period' };
    const { results, meta } = await ask(site, { ...body, date_range: '7d' }, NOW);
    expect(results.map((r) => r.metrics[1])).toEqual([null, null, null, null, 0, 0, 0]);
    expect(results[0]?.comparison).toEqual({ metrics: [null, null, null], change: [null, null, null] });
    expect(meta.not_measured).toMatchObject({ pageviews: { code: 'before_site' } });
    expect(meta.not_compared).toMatchObject({ pageviews: { code: 'before_site' } });
  });

  test('hours to come', async () => {
    const { results, meta } = await ask(
      traffic.site,
      { metrics: ['visits'], dimensions: ['time:hour'], date_range: 'day' },
      traffic.nowMs,
    );
    const hour = results.findIndex((r) => r.metrics[0] === null);
    expect(results).toHaveLength(24);
    expect(results[hour]?.dimensions).toEqual(['2026-10-20T18:00+02:00']);
    expect(results.slice(hour).every((r) => r.metrics[0] === null)).toBe(true);
    expect(meta.not_measured).toMatchObject({ visits: { code: 'future' } });
  });

  test('stages', async () => {
    for (const body of [{ dimensions: ['stage'] }, { filters: [['is', 'stage', ['engaged']]] }]) {
      const { totals, meta } = await ask(traffic.site, { metrics: ['visits'], date_range: whole(), ...body }, traffic.nowMs);
      expect(totals.metrics).toEqual([null]);
      expect(meta.not_measured).toMatchObject({ visits: { code: 'stage' } });
    }
  });

  test('exposures by anything but touchpoints', async () => {
    for (const dimension of ['page', 'source', 'event']) {
      const { totals, meta } = await ask(
        traffic.site,
        { metrics: ['exposures'], date_range: whole(), dimensions: [dimension] },
        traffic.nowMs,
      );
      expect(totals.metrics).toEqual([null]);
      expect(meta.not_measured).toMatchObject({ exposures: { code: 'whole_site' } });
    }
  });

  test('a known ratio where nobody is in engagement mode and nobody confirmed an opt-in', async () => {
    const body = {
      metrics: ['known_ratio', 'known_visitors'],
      date_range: whole(),
      filters: [
        ['is', 'page', ['/']],
        ['is', 'known', ['no']],
      ],
    };
    const { totals } = await ask(traffic.site, body, traffic.nowMs);
    expect(totals.metrics).toEqual([0, 0]);
    const nobody = await ask(traffic.site, { ...body, filters: [['is', 'page', ['/missing']]] }, traffic.nowMs);
    expect(nobody.totals.metrics).toEqual([null, 0]);
    expect(nobody.meta.not_measured).toMatchObject({ known_ratio: { code: 'no_engagement' } });
    expect(nobody.meta.coverage).toEqual({});
  });
});

describe('bounds of a question', () => {
  test.each([
    ['time:hour', ['2016-01-01', '2025-12-31']],
    ['time:day', ['2000-01-01', '2099-12-31']],
  ])('%s over %j is more rows than anybody reads', async (dimension, date_range) => {
    const answer = await tryAsk(traffic.site, { metrics: ['visits'], dimensions: [dimension], date_range }, NOW);
    expect(answer).toMatchObject({ code: 'too_many_buckets', field: 'date_range' });
  });

  test('a century without time is one row', async () => {
    const { results } = await ask(
      traffic.site,
      { metrics: ['visits', 'visitors'], date_range: ['2000-01-01', '2099-12-31'] },
      NOW,
    );
    const { totals } = await ask(traffic.site, { metrics: ['visits', 'visitors'], date_range: whole() }, NOW);
    expect(results[0]?.metrics).toEqual(totals.metrics);
  });

  test('pages of rows never overlap, whatever the order', async () => {
    const body = {
      metrics: ['pageviews'],
      dimensions: ['page', 'time:day'],
      date_range: whole(),
      order_by: [['pageviews', 'asc']],
    };
    const all = await ask(traffic.site, { ...body, limit: 1000 }, traffic.nowMs);
    const pages = [];
    for (let offset = 0; offset < all.meta.total_rows; offset += 7)
      pages.push(...(await ask(traffic.site, { ...body, limit: 7, offset }, traffic.nowMs)).results);
    expect(pages).toEqual(all.results);
    expect(all.results.map((r) => r.metrics[0] ?? 0)).toEqual(all.results.map((r) => r.metrics[0] ?? 0).sort((a, b) => a - b));
  });
});
