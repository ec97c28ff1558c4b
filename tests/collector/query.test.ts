/** The query engine: every metric by every dimension answers; bad queries name their field; parts add up. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { runWindows } from '../../collector/ingest/windows.ts';
import { isAdditiveOver } from '../../collector/report/additive.ts';
import { DIMENSIONS } from '../../collector/report/dimensions.ts';
import { METRICS } from '../../collector/report/metrics.ts';
import { isProblem, readQuery } from '../../collector/report/query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask, tryAsk } from './ask.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-10-20T15:00:00Z');
let site: Site;

beforeAll(async () => {
  const random = seeded(11);
  const clock = { now: now - 6 * DAY };
  site = await makeSite(clock.now);
  const collector = makeCollector(clock);
  for (let i = 0; i < 60; i += 1) {
    clock.now += 2 * 3_600_000 + Math.floor(random() * 600_000);
    if (clock.now > now) break;
    const visitor = idAt(clock.now, random);
    const about = {
      url: `https://shop.example/p${i % 4}?utm_source=letter&utm_medium=email`,
      mode: i % 2 ? 'engagement' : 'audience',
      visitor,
    };
    const at = clock.now - 5_000;
    await send(collector, site, clock.now, [
      {
        kind: 'pageview',
        id: idAt(at, random),
        ...about,
        referrer: i % 3 ? 'https://www.google.fr/' : undefined,
        activeMs: 4_000,
        foregroundMs: 4_500,
        scroll: 40,
      },
      { kind: 'event', id: idAt(at + 10, random), ...about, name: 'Add to basket' },
      ...(i % 5 === 0
        ? [
            {
              kind: 'opt-in',
              id: idAt(at + 20, random),
              ...about,
              email: `a${i}@example.com`,
              boxes: { news: true },
              wording: 'newsletter-fr-1',
            },
          ]
        : []),
    ]);
  }
  while (!(await runWindows(env.EVENTS, site, now, 100))) {
    /* until everything due is done */
  }
});

const everything = METRICS.map((m) => m.name);

describe.each(env.LONG ? [['day'], ['7d'], ['24h'], ['month']] : [['24h'], ['month']])('over %s', (range) => {
  test.each(['', ...DIMENSIONS.map((d) => d.name)])('every metric by “%s”', async (dimension) => {
    const dimensions = dimension ? [dimension] : [];
    const body = { metrics: everything, date_range: range, dimensions, compare: 'previous_period', limit: 1000 };
    const { results, totals, meta } = await ask(site, body, now);
    const total = await ask(site, { metrics: everything, date_range: range }, now);
    // Exposures and the 28 days are of touchpoints: by anything else they are not measured, in total neither.
    for (const [i, value] of totals.metrics.entries()) expect([null, total.totals.metrics[i]]).toContain(value);
    for (const [i, metric] of METRICS.entries()) {
      const isAdditive = isAdditiveOver(
        metric,
        DIMENSIONS.filter((d) => d.name === dimension),
      );
      expect(meta.not_additive?.includes(metric.name)).toBe(!isAdditive);
      const values = results.map((r) => r.metrics[i] ?? null);
      if (isAdditive && !meta.not_measured[metric.name])
        expect(
          values.reduce((s: number, value) => s + (value ?? 0), 0),
          metric.name,
        ).toBe(totals.metrics[i]);
      if (values.includes(null)) expect(meta.not_measured[metric.name]).toMatchObject({ code: expect.stringMatching(/^\w+$/) });
    }
  });
});

test.each([[['is', 'touchpoint', ['web']]], [['is', 'touchpoint', ['kiosk']]], [['is', 'store', ['nowhere']]]])(
  'a filter %j',
  async (filter) => {
    const body = { metrics: ['visits', 'visitors', 'pageviews'], date_range: 'month' };
    const { results } = await ask(site, { ...body, filters: [filter] }, now);
    const total = await ask(site, body, now);
    expect(results[0]?.metrics).toEqual(filter[2]?.[0] === 'web' ? total.results[0]?.metrics : [0, 0, 0]);
  },
);

test.each([
  [{ metrics: ['visitors', 'nonsense'] }, 'metrics'],
  [{ metrics: [] }, 'metrics'],
  [{}, 'metrics'],
  [{ metrics: ['visits'], date_range: 'fortnight' }, 'date_range'],
  [{ metrics: ['visits'], date_range: ['2026-02-30', '2026-03-01'] }, 'date_range'],
  [{ metrics: ['visits'], date_range: ['2026-03-02', '2026-03-01'] }, 'date_range'],
  [{ metrics: ['visits'], date_range: ["'; DROP TABLE pageviews; --", '2026-03-01'] }, 'date_range'],
  [{ metrics: ['visits'], dimensions: ['constructor'] }, 'dimensions'],
  [{ metrics: ['visits'], dimensions: ['__proto__'] }, 'dimensions'],
  [{ metrics: ['visits'], filters: [['is', 'nonsense', ['x']]] }, 'filters'],
  [{ metrics: ['visits'], filters: Array.from({ length: 1000 }, () => ['is', 'touchpoint', ['web']]) }, 'filters'],
  [{ metrics: ['visits'], order_by: [['pageviews', 'desc']] }, 'order_by'],
  [{ metrics: ['visits'], limit: 1e9 }, 'limit'],
  [{ metrics: ['visits'], limit: -1 }, 'limit'],
  [{ metrics: ['visits'], compare: 'last_life' }, 'compare'],
])('%j is a problem that names %s', (body, field) => {
  const read = readQuery(body);
  expect(read).toMatchObject({ field });
});

const anyName = fc.constantFrom(...DIMENSIONS.map((d) => d.name), 'prop:x');
const anyFilter = fc.tuple(
  fc.constantFrom('is', 'is_not', 'contains', 'contains_not', 'matches_wildcard'),
  anyName,
  fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }),
);
test('any question is answered or refused with a reason, and never fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        metrics: fc.subarray(everything, { minLength: 1 }),
        dimensions: fc.uniqueArray(anyName, { maxLength: 2 }),
        filters: fc.array(
          fc.oneof(
            anyFilter,
            anyFilter.map((f) => ['not', f]),
          ),
          { maxLength: 2 },
        ),
        date_range: fc.constantFrom(
          'day',
          '24h',
          '7d',
          '12mo',
          'all',
          ['2000-01-01', '2099-12-31'],
          ['2026-10-18', '2026-10-18'],
        ),
        compare: fc.constantFrom(null, 'previous_period', 'year'),
        match_weekdays: fc.boolean(),
        offset: fc.nat(3),
        source: fc.constantFrom('auto', 'raw'),
      }),
      async (body) => {
        const read = readQuery(body);
        const answer = isProblem(read) ? read : await tryAsk(site, body, now);
        if (isProblem(answer)) expect(['not_filterable', 'too_many_buckets']).toContain(answer.code);
        else for (const row of [...answer.results, answer.totals]) expect(row.metrics).toHaveLength(body.metrics.length);
      },
    ),
    { numRuns: env.LONG ? 500 : 25, seed: 7 },
  );
});

test.each([null, 1, 'x', [], [[]]])('%j is no query', (body) => {
  expect(readQuery(body)).toHaveProperty('code');
});
