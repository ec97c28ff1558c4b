/** Reports with imported history: added where it means the same, said everywhere, never mixed with what was measured. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { confirmImport, prepareImport, removeImport } from '../../collector/import/imports.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { answerOverview } from '../../collector/report/answers.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { resolveRange } from '../../collector/report/period.ts';
import { isProblem } from '../../collector/report/problem.ts';
import { readQuery } from '../../collector/report/query.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { dateOfDay, dayOf } from '../../collector/store/calendar.ts';
import type { Site } from '../../collector/store/sites.ts';
import { openDashboard } from './dashboard-door.ts';
import { textOf } from './elements.ts';
import { idAt, makeCollector, makeSite, randomBytes, seeded, send } from './fixture.ts';
import { plausibleTables, zipOf } from './import-files.ts';

const NOW = Date.parse('2024-01-10T15:00:00Z');
let site: Site;

/** @returns the id of an import of 1 to 3 January that is in the reports of a site. */
async function shown(of: Site): Promise<string> {
  const file = { bytes: zipOf(plausibleTables()), name: 'p.zip' };
  const prepared = await prepareImport(env, of, file, NOW, randomBytes(seeded(of.id)));
  if (!prepared.ok) throw new Error(prepared.reason);
  expect(await confirmImport(env, of, prepared.import.id, NOW)).toBe('done');
  return prepared.import.id;
}

/** Plausible measured 1 to 3 January; here, measuring began on the 5th, with two pageviews of one visit on the 6th. */
beforeAll(async () => {
  site = await makeSite(Date.parse('2024-01-05T08:00:00Z'));
  const clock = { now: NOW };
  const random = seeded(12);
  const at = Date.parse('2024-01-06T10:00:00Z');
  const visitor = idAt(at, random);
  const view = (path: string, ms: number) => ({
    kind: 'pageview',
    id: idAt(at + ms, random),
    url: `https://shop.example${path}`,
    mode: 'audience',
    visitor,
    activeMs: 4_000,
    foregroundMs: 4_000,
  });
  await send(makeCollector(clock), site, NOW, [view('/', 0), view('/new', 60_000)]);
  while (!(await runWindows(env.EVENTS, site, NOW, 100))) {
    /* until every window behind us is closed */
  }
  await shown(site);
});

const METRICS = ['visits', 'pageviews', 'pages_per_visit', 'visitors', 'events', 'bounce_rate', 'opt_ins'];
async function ask(body: object): Promise<QueryResult> {
  const query = readQuery({ metrics: METRICS, date_range: ['2024-01-01', '2024-01-09'], ...body });
  if ('code' in query) throw new Error(query.detail);
  const result = await runQuery(env, site, query, NOW);
  if ('code' in result) throw new Error(result.detail);
  return result;
}
const byName = ({ results }: QueryResult) =>
  Object.fromEntries(results.map(({ dimensions, metrics }) => [dimensions.join(' '), metrics]));

test('the whole period: what adds up is added, visitors of several days are not measured, the rest is of measured days', async () => {
  const { results, totals, meta } = await ask({});
  expect(results[0]?.metrics).toEqual([43, 87, 87 / 43, null, 4, 0, 0]);
  expect(totals.metrics).toEqual(results[0]?.metrics);
  expect(meta.imported).toEqual({
    from: '2024-01-01',
    to: '2024-01-03',
    days: 3,
    tools: ['plausible'],
    metrics: ['visits', 'pageviews', 'pages_per_visit', 'visitors', 'events'],
  });
  expect(meta.not_measured.visitors).toMatchObject({ code: 'imported_by_day' });
});

test('day by day: an imported day has its visitors; what the other tool did not measure is null, not zero', async () => {
  const result = await ask({ dimensions: ['time:day'] });
  const days = byName(result);
  expect(result.results.filter((row) => row.imported).map(({ dimensions }) => dimensions[0])).toEqual([
    '2024-01-01',
    '2024-01-02',
    '2024-01-03',
  ]);
  expect(days['2024-01-01']).toEqual([12, 30, 2.5, 10, 0, null, null]);
  expect(days['2024-01-02']).toEqual([25, 50, 2, 20, 4, null, null]);
  expect(days['2024-01-04']).toEqual([null, null, null, null, null, null, null]);
  expect(days['2024-01-06']).toEqual([1, 2, 2, 1, 0, 0, 0]);
  expect(days['2024-01-07']?.slice(0, 2)).toEqual([0, 0]);
  expect(result.meta.not_measured.opt_ins).toMatchObject({ code: 'not_imported' });
});

test('by value: imported rows meet measured ones under one name', async () => {
  const pages = byName(await ask({ metrics: ['pageviews', 'visits', 'time_on_page'], dimensions: ['page'] }));
  expect(pages['/']).toEqual([73, 31, 4]);
  expect(pages['/new']).toEqual([1, 1, 4]);
  expect(pages['/shoes "red", size 40']).toEqual([8, 5, null]);
  const touchpoints = byName(await ask({ metrics: ['visits'], dimensions: ['touchpoint'] }));
  expect(touchpoints).toEqual({ web: [43] });
  const both = byName(await ask({ metrics: ['pageviews'], dimensions: ['time:day', 'page'] }));
  expect([both['2024-01-02 /'], both['2024-01-06 /'], both['2024-01-04 /']]).toEqual([[50], [1], undefined]);
  const pairs = byName(await ask({ metrics: ['visits'], dimensions: ['channel', 'source'] }));
  expect(pairs['email letter']).toEqual([25]);
  const sources = byName(await ask({ metrics: ['visits', 'events'], dimensions: ['source'] }));
  // This table of the export says nothing of events: those of measured days stand alone.
  expect([sources['(direct)'], sources.Google]).toEqual([
    [14, 0],
    [4, null],
  ]);
});

test.each([
  ['a filter', { filters: [['is', 'page', ['/']]] }],
  ['a dimension no import has', { dimensions: ['page_group'] }],
  ['hours', { dimensions: ['time:hour'] }],
  ['facts alone', { source: 'raw' }],
])('%s: nothing imported is in the answer, and it says so', async (_, body) => {
  const { totals, meta } = await ask({ metrics: ['pageviews'], ...body });
  expect(totals.metrics[0]).toBeLessThanOrEqual(2);
  expect(meta.imported).toMatchObject({ days: 3, metrics: [] });
});

test('all of it begins with the first imported day, and with the site again when the import is gone', async () => {
  const { totals, meta } = await ask({ date_range: 'all', metrics: ['visits', 'pageviews'] });
  expect([meta.from, meta.to]).toEqual(['2024-01-01', '2024-01-10']);
  expect(totals.metrics).toEqual([43, 87]);
  const overview = await answerOverview(env, site, { range: 'all', compare: null, filters: [] }, NOW);
  if (isProblem(overview)) throw new Error(overview.detail);
  expect(overview.meta).toMatchObject({ from: '2024-01-01', imported: { days: 3 } });
  const [, visits, pageviews] = overview.headline.metrics;
  expect([visits, pageviews]).toEqual([43, 87]);
  const bare = await makeSite(Date.parse('2024-01-05T08:00:00Z'));
  while (!(await runWindows(env.EVENTS, bare, NOW, 100))) {
    /* until every window behind us is closed */
  }
  const range = async () => resolveRange(bare, await settleRange(env, bare, 'all', NOW), NOW);
  expect(await range()).toMatchObject({ from: dayOf(bare.zone, bare.createdAt), to: dayOf(bare.zone, NOW) });
  const id = await shown(bare);
  expect(dateOfDay((await range()).from)).toBe('2024-01-01');
  await removeImport(env, bare, id);
  expect(dateOfDay((await range()).from)).toBe('2024-01-05');
});

test('before anything is measured, the imported history is the overview; without it the site waits', async () => {
  const young = await makeSite(Date.now());
  const { get } = await openDashboard(young, 'viewer');
  const base = `/s/${young.key}`;
  expect((await get(base)).headers.get('location')).toBe(`${base}/start`);
  const id = await shown(young);
  const page = await get(base);
  expect(page.status).toBe(200);
  const html = await page.text();
  // Visitors of imported weeks are not measured, and today has none: the chart shows what there is.
  expect(html).toMatch(/aria-current="true">Visites</);
  const text = textOf(html).replaceAll(/\s+/g, ' ');
  expect(text).toContain('Importé de Plausible');
  expect(text).toContain('tous ces chiffres viennent de votre ancien outil');
  expect(text).toContain('1 janvier 2024');
  const waiting = await get(`${base}/start`);
  expect(waiting.status).toBe(200);
  expect(await waiting.text()).toContain('Votre historique importé est déjà là');
  await removeImport(env, young, id);
  expect((await get(base)).headers.get('location')).toBe(`${base}/start`);
});

test('a comparison reaches back into imported days; without any, nothing is said', async () => {
  const { results, meta } = await ask({
    metrics: ['pageviews'],
    date_range: ['2024-01-06', '2024-01-09'],
    compare: 'previous_period',
  });
  expect(results[0]).toMatchObject({ metrics: [2], comparison: { metrics: [55] } });
  expect([meta.imported, meta.compared_imported?.days]).toEqual([undefined, 2]);
  const plain = await ask({ date_range: ['2024-01-05', '2024-01-09'] });
  expect('imported' in plain.meta).toBe(false);
});
