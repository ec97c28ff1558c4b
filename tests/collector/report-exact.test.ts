/**
 * Exactness, over random traffic and random questions: rollups and facts give the same numbers, a row is the question with its values
 * as filters, and the parts of a sum add up to the whole.
 */
import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { isAdditiveOver } from '../../collector/report/additive.ts';
import { dimensionOf } from '../../collector/report/dimensions.ts';
import { METRICS, metricOf } from '../../collector/report/metrics.ts';
import { isProblem } from '../../collector/report/problem.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { ask, tryAsk } from './ask.ts';
import { seeded } from './fixture.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

const ALL = METRICS.map((m) => m.name);
/** What rollups have by every dimension. */
const SUMS = METRICS.filter((m) => !['visitors', 'days', 'kiosk_visits'].includes(m.counts)).map((m) => m.name);
const TIMES = ['time:hour', 'time:day', 'time:week', 'time:month'];
const IN_ROLLUPS = [
  ...['page', 'page_group', 'hostname', 'entry_page', 'exit_page', 'channel', 'source', 'referrer', 'utm_campaign'],
  ...['country', 'region', 'city', 'device', 'browser', 'os', 'language', 'touchpoint', 'store', 'kiosk'],
  ...['event', 'known', 'event', 'known'],
];
const IN_FACTS = ['recurring', 'prop:format', 'prop:size'];
const VALUES: Record<string, string[]> = {
  page: ['/', '/a', '/a/b', '/été', '/missing'],
  page_group: ['product', 'help', '(none)'],
  hostname: ['shop.example', 'www.shop.example'],
  entry_page: ['/', '/a'],
  exit_page: ['/a/b'],
  channel: ['organic_search', 'direct', '(direct)', '(kiosk)', 'email'],
  source: ['Google', '(direct)', 'letter'],
  referrer: ['google.fr', '(none)'],
  utm_campaign: ['spring', '(none)'],
  country: ['FR', 'DE', '(none)'],
  region: ['Bretagne'],
  city: ['Paris', 'Rennes'],
  device: ['desktop', 'mobile'],
  browser: ['Chrome', 'Safari'],
  os: ['Windows'],
  language: ['fr', 'en'],
  touchpoint: ['web', 'kiosk'],
  store: ['Paris', 'Lyon', 'web'],
  kiosk: ['Hall'],
  known: ['yes', 'no'],
  recurring: ['yes', 'no', '(not measured)'],
  event: ['Download', '(none)'],
  'prop:format': ['pdf', '(none)'],
  'prop:size': ['3'],
};

type Body = { dimensions: string[]; filters: unknown[] };
type Random = { pick: (n: number) => number; of: <T>(list: readonly T[]) => T };
const randomOf = (seed: number): Random => {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  return {
    pick,
    of: (list) => {
      const found = list[pick(list.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
};

function anyFilter({ pick, of }: Random, dimensions: readonly string[], depth = 0): unknown {
  if (depth < 2 && pick(4) === 0) {
    const inner = () => anyFilter({ pick, of }, dimensions, depth + 1);
    return pick(3) === 0 ? ['not', inner()] : [of(['and', 'or']), [inner(), inner()]];
  }
  const name = of(dimensions);
  const op = of(['is', 'is', 'is_not', 'contains', 'contains_not', 'matches_wildcard']);
  const value = of(VALUES[name] ?? ['x']);
  return op === 'matches_wildcard' ? [op, name, [`${value.slice(0, 1)}**`]] : [op, name, [value]];
}

const rangeOf = (t: Traffic, from: number, to: number) => [dateOfDay(t.firstDay + from), dateOfDay(t.firstDay + to)];
const tableOf = (r: QueryResult) => new Map(r.results.map((row) => [row.dimensions.join(' | '), row.metrics]));

/** Rollups and facts agree on a question that both can answer. */
async function checkSources(t: Traffic, body: Body & { metrics: string[]; date_range: string[] }): Promise<'rollup' | 'raw'> {
  const auto = await ask(t.site, { ...body, limit: 1000 }, t.nowMs);
  const raw = await ask(t.site, { ...body, limit: 1000, source: 'raw' }, t.nowMs);
  expect(tableOf(raw), JSON.stringify(body)).toEqual(tableOf(auto));
  expect(raw.totals, JSON.stringify(body)).toEqual(auto.totals);
  expect(auto.meta.updating).toBe(false);
  // A page of rows has the same figures, though less is read for it; and it gives no reason for what is not missing on it.
  const isLong = body.filters.length === 0 && /^(?:entry_|exit_)?page$/.test(body.dimensions.join());
  for (const offset of [0, 3]) {
    const page = await ask(t.site, { ...body, limit: 4, offset }, t.nowMs);
    expect(page.results, JSON.stringify(body)).toEqual(raw.results.slice(offset, offset + 4));
    expect(page.totals, JSON.stringify(body)).toEqual(raw.totals);
    for (const [i, name] of isLong ? body.metrics.entries() : [])
      if (metricOf(name)?.needs === 'times' && [page.totals, ...page.results].every(({ metrics }) => metrics[i] !== null))
        expect(page.meta.not_measured, JSON.stringify(body)).not.toHaveProperty(name);
  }
  // Rollups alone say less, and nothing else.
  const stored = await tryAsk(t.site, { ...body, limit: 1000 }, t.nowMs, 0);
  if (isProblem(stored)) expect(stored.code).toBe('too_much');
  else {
    const exact = tableOf(raw);
    for (const [name, metrics] of [...tableOf(stored), ['', stored.totals.metrics] as const]) {
      const wanted = name === '' ? raw.totals.metrics : exact.get(name);
      expect(metrics, `${JSON.stringify(body)}: ${name}`).toEqual(
        metrics.map((value, i) => (value === null ? null : wanted?.[i])),
      );
    }
  }
  return auto.meta.source;
}

/** A row is the same question with its values as filters; a day is the question of that day. */
async function checkRows(t: Traffic, body: Body & { date_range: string[] }, random: Random): Promise<void> {
  const asked = { ...body, metrics: ALL, source: 'raw' };
  const { results, totals } = await ask(t.site, { ...asked, limit: 1000 }, t.nowMs);
  const dimensions = body.dimensions.flatMap((name) => dimensionOf(name) ?? []);
  METRICS.forEach((metric, i) => {
    const values = results.map((row) => row.metrics[i] ?? null);
    if (isAdditiveOver(metric, dimensions) && !values.includes(null))
      expect(
        values.reduce((sum: number, value) => sum + (value ?? 0), 0),
        `${metric.name} by ${body.dimensions}`,
      ).toBe(totals.metrics[i] ?? 0);
  });
  if (results.length === 0) return;
  const row = random.of(results);
  const filters = body.dimensions.flatMap((name, i) => (name === 'time:day' ? [] : [['is', name, [row.dimensions[i]]]]));
  const day = row.dimensions[body.dimensions.indexOf('time:day')];
  const alone = {
    ...asked,
    dimensions: [],
    filters: [...body.filters, ...filters],
    date_range: day ? [day, day] : body.date_range,
  };
  const found = await ask(t.site, alone, t.nowMs);
  // The 28 days, exposures and what kiosks say are not told apart by everything.
  const some = (metrics: (number | null)[]) =>
    metrics.filter((_, i) => !['days', 'exposures', 'kiosk_visits'].includes(METRICS[i]?.counts ?? ''));
  expect(some(found.totals.metrics), `${JSON.stringify(body)}: ${row.dimensions}`).toEqual(some(row.metrics));
}

const runs: [seed: number, zone: string, endAt: string, days: number][] = [
  [2, 'Europe/Paris', '2026-10-27T15:00:00Z', 9],
  [3, 'Asia/Kolkata', '2024-03-02T20:00:00Z', 5],
  [4, 'America/New_York', '2026-03-10T03:00:00Z', 9],
  [5, 'Australia/Lord_Howe', '2026-04-07T03:00:00Z', 6],
  [6, 'Africa/Cairo', '2026-04-26T10:00:00Z', 5],
  [7, 'UTC', '2024-03-01T12:00:00Z', 8],
];
const QUESTIONS = env.LONG ? 120 : 8;

describe.each(env.LONG ? runs : runs.slice(0, 2))('seed %i in %s', (seed, zone, endAt, days) => {
  test('every figure is exact', async () => {
    const t = await makeTraffic(seed, zone, Date.parse(endAt), days, 70);
    const random = randomOf(seed * 101);
    const { pick, of } = random;
    const sources = { rollup: 0, raw: 0 };
    for (let i = 0; i < QUESTIONS; i += 1) {
      const from = pick(days + 1);
      const date_range = rangeOf(t, from, from + pick(days + 1 - from));
      // One question that rollups may answer: dimensions and filters of one of them, and time.
      const one = of(IN_ROLLUPS);
      const dimensions = of([[], [one], [of(TIMES)], [one, of(TIMES.slice(1))], [of(TIMES.slice(1)), one]]);
      const filters = dimensions.length > 0 && pick(2) ? [] : pick(3) ? [anyFilter(random, [one])] : [];
      const metrics = pick(3) === 0 ? ALL : SUMS;
      sources[await checkSources(t, { metrics, date_range, dimensions, filters })] += 1;
      // One that takes facts.
      const any = [...IN_ROLLUPS, ...IN_FACTS];
      const two = [of([...any, 'time:day', 'time:day']), of(any)].filter((name, at, list) => list.indexOf(name) === at);
      await checkRows(t, { date_range, dimensions: two, filters: pick(2) ? [anyFilter(random, any)] : [] }, random);
    }
    expect(sources.rollup).toBeGreaterThan(sources.raw / 2);
    // Lists that rollups have, though no visit has one value of them by itself.
    for (const list of ['event', 'known'])
      for (const dimensions of [[list], [list, 'time:day']]) {
        const asked = { metrics: SUMS, date_range: rangeOf(t, 0, days), dimensions, filters: [] };
        expect(await checkSources(t, asked)).toBe('rollup');
      }
    // Names that stand for several values each; and an order that distributions decide.
    for (const name of ['entry_page', 'exit_page', 'channel', 'country'])
      for (const order_by of [[], [['time_on_page_median', 'desc']]]) {
        const asked = { metrics: SUMS, date_range: rangeOf(t, 0, days), dimensions: [name], filters: [], order_by };
        expect(await checkSources(t, asked)).toBe('rollup');
      }
  }, 300_000);
});
