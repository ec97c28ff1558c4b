/** Small cells as they are answered: the same in the API, in files and on the screen, now and in the comparison. */
import { beforeAll, expect, test } from 'vitest';
import { METRICS } from '../../collector/report/metrics.ts';
import { readQuery } from '../../collector/report/query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { newToken, openDoor } from './api-door.ts';
import { openDashboard } from './dashboard-door.ts';
import { envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { optInAt } from './subscriber.ts';

const NOW = Date.now();
const DAY = 86_400_000;
const random = seeded(21);
/** Opt-ins by page; the first figure is of today, the second of the week before. */
const PAGES = { '/many': [14, 12], '/some': [11, 3], '/few': [3, 11], '/none': [0, 0] } as const;
let site: Site;
let token: string;
const { ask, withToken } = openDoor({ now: NOW });

beforeAll(async () => {
  site = await makeSite(NOW - 20 * DAY, { zone: 'UTC' });
  token = (await newToken([site], ['read'], NOW)).token;
  for (const [path, counts] of Object.entries(PAGES))
    for (const [i, n] of counts.entries()) {
      const at = NOW - i * 7 * DAY - 60_000;
      const url = `https://shop.example${path}`;
      // Whoever opts in has seen the page; on the page where nobody did, somebody was.
      for (let k = 0; k < Math.max(1, n); k += 1) {
        const visitor = idAt(at, random);
        const view = { kind: 'pageview', id: idAt(at, random), url, mode: 'audience', visitor };
        const optIn = { ...optInAt(at, `p${random()}@example.com`, { visitor }), id: idAt(at, random), url };
        const ip = `10.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}.1`;
        const messages = n === 0 ? [view] : [view, optIn];
        const { json } = await knock(envelope(site, at + 1_000, messages), { now: at + 1_000, collector: {}, ip });
        expect(json).toEqual({ ok: messages.length, rej: [] });
      }
    }
}, 120_000);

const body = {
  metrics: ['opt_ins', 'pageviews', 'opt_in_rate'],
  dimensions: ['page', 'device'],
  date_range: 'day',
  order_by: [['opt_ins', 'desc']],
};
type Row = {
  dimensions: string[];
  metrics: (number | null)[];
  suppressed?: string[];
  comparison?: { metrics: (number | null)[]; suppressed?: string[] };
};
const query = async (more: object = {}) => {
  const init = { method: 'POST', body: JSON.stringify({ ...body, ...more }), headers: { 'content-type': 'application/json' } };
  const answered = await ask('/query', withToken(token, init));
  expect(answered.status).toBe(200);
  return answered.json<{ results: Row[]; totals: Row; meta: { suppressed?: object; total_rows: number } }>();
};

test('one breakdown tells everything', async () => {
  const { results, meta } = await query({ dimensions: ['page'] });
  expect(results.map(({ dimensions, metrics }) => [dimensions[0], metrics[0]])).toEqual([
    ['/many', 14],
    ['/some', 11],
    ['/few', 3],
    ['/none', 0],
  ]);
  expect(meta.suppressed).toBeUndefined();
});

test.each([
  ['two breakdowns', {}],
  ['a breakdown and a filter', { dimensions: ['page'], filters: [['is_not', 'device', ['kiosk']]] }],
])('%s hide small cells and the next, with every figure about persons; traffic and the total stay', async (_name, more) => {
  const { results, totals, meta } = await query(more);
  const of = (path: string) => results.find(({ dimensions }) => dimensions[0] === path);
  expect(of('/many')).toMatchObject({ metrics: [14, 14, 1] });
  expect(of('/many')?.suppressed).toBeUndefined();
  for (const [path, views] of [
    ['/some', 11],
    ['/few', 3],
    ['/none', 1],
  ] as const)
    expect(of(path), path).toMatchObject({ metrics: [null, views, null], suppressed: ['opt_ins', 'opt_in_rate'] });
  expect(totals.metrics[0]).toBe(28);
  // Ordered as it is told: a hidden figure has no rank.
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual(['/many', '/few', '/none', '/some']);
  expect(meta.suppressed).toEqual({ under: 10, metrics: ['opt_ins', 'opt_in_rate'], rows: 3, total: false });
  // Page by page it is the same.
  const paged = await query({ ...more, limit: 1, offset: 1 });
  expect(paged.results).toEqual(results.slice(1, 2));
});

test('the comparison hides by its own figures, and no change tells them', async () => {
  const { results } = await query({ date_range: '7d', compare: null });
  const compared = await query({ compare: 'previous_period', date_range: 'day' });
  expect(compared.results.every(({ metrics }, i) => metrics[0] === (compared.results[i]?.suppressed ? null : 14))).toBe(true);
  const week = await query({
    date_range: [new Date(NOW - 6 * DAY).toISOString().slice(0, 10), new Date(NOW).toISOString().slice(0, 10)],
    compare: 'previous_period',
  });
  const of = (path: string) => week.results.find(({ dimensions }) => dimensions[0] === path);
  expect(of('/some')?.comparison).toMatchObject({
    metrics: [null, 3, null],
    change: [null, 11 / 3 - 1, null],
    suppressed: ['opt_ins', 'opt_in_rate'],
  });
  expect(of('/many')?.comparison).toMatchObject({ metrics: [12, 12, 1] });
  expect(of('/few')?.comparison).toMatchObject({ metrics: [null, 11, null] });
  expect(results.length).toBeLessThanOrEqual(4);
});

test('a single cell is told neither as a row nor as the total', async () => {
  const filters = [
    ['is', 'page', ['/few']],
    ['is_not', 'device', ['kiosk']],
  ];
  const { results, totals, meta } = await query({ dimensions: [], filters });
  expect([results[0]?.metrics, totals.metrics]).toEqual([
    [null, 3, null],
    [null, 3, null],
  ]);
  expect(meta.suppressed).toMatchObject({ rows: 0, total: true });
  expect((await query({ dimensions: ['page'], filters })).totals.metrics[0]).toBeNull();
});

test('files say “suppressed”, and nothing of the figures', async () => {
  const params = new URLSearchParams({ query: JSON.stringify({ ...body, site: site.key }) });
  const csv = await (await ask(`/export.csv?${params}`, withToken(token))).text();
  expect(
    csv
      .split('\r\n')
      .slice(1, 5)
      .map((line) => line.split(',').filter((_, i) => i !== 1)),
  ).toEqual([
    ['/many', '14', '14', '1'],
    ['/few', 'suppressed', '3', 'suppressed'],
    ['/none', 'suppressed', '1', 'suppressed'],
    ['/some', 'suppressed', '11', 'suppressed'],
  ]);
  const { rows } = await (await ask(`/export.json?${params}`, withToken(token))).json<{ rows: Record<string, unknown>[] }>();
  expect(rows.map((row) => row.opt_ins)).toEqual([14, 'suppressed', 'suppressed', 'suppressed']);
});

test('the screen says “hidden”, why, and no number', async () => {
  const { get } = await openDashboard(site, 'viewer', 'en');
  const list = `/s/${site.key}/by/page?period=day&compare=none`;
  const hidden = async (path: string) => (await (await get(path)).text()).split('>hidden<').length - 1;
  expect(await hidden(list)).toBe(0);
  expect(await hidden(`${list}&filters=is_not,device,phone`)).toBe(3);
  expect(await (await get(`${list}&filters=is_not,device,phone`)).text()).toContain(
    'a figure about fewer than ten persons is not shown',
  );
});

test('the registry says which figures are about persons, and no request can ask for small cells', () => {
  expect(METRICS.filter((m) => m.persons).map((m) => m.name)).toEqual([
    'known_visitors',
    'known_ratio',
    'known_visits',
    'opt_ins',
    'opt_ins_confirmed',
    'opt_in_rate',
  ]);
  expect(readQuery({ ...body, showsSmall: true })).toMatchObject({ code: 'unknown_field', field: 'showsSmall' });
});
