/** Exports: the same figures as a query, as CSV, JSON and zip; raw facts that lead to nobody, page by page, from where it stopped. */
import { env } from 'cloudflare:test';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { firstCursor, pseudonymsOf, readCursor, readFactLines, spellCursor } from '../../collector/report/export-facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';

const NOW = Date.parse('2026-10-20T15:00:00Z');
const { ask, withToken } = openDoor({ now: NOW });
let site: Site;
let token: string;
const visitor = idAt(NOW - 4_000_000, seeded(9));
const get = (path: string) => ask(path, withToken(token));

beforeAll(async () => {
  site = await makeSite(NOW - 5 * 86_400_000);
  const clock = { now: NOW };
  const collector = makeCollector(clock);
  const random = seeded(5);
  const view = (path: string, at: number, more: object = {}) => ({
    kind: 'pageview',
    id: idAt(at, random),
    url: `https://shop.example${path}`,
    mode: 'audience',
    visitor,
    activeMs: 5_000,
    foregroundMs: 6_000,
    ...more,
  });
  await send(collector, site, NOW, [
    view('/=cmd|x', NOW - 3_000_000),
    view('/b', NOW - 2_900_000, { referrer: 'https://www.google.fr/' }),
    view('/b', NOW - 2_800_000, { visitor: idAt(NOW, random) }),
    { ...view('/b', NOW - 2_700_000), kind: 'event', name: 'Buy', props: { size: 'L', n: 2 } },
    {
      ...view('/b', NOW - 2_600_000),
      kind: 'opt-in',
      email: 'lea@example.com',
      boxes: { news: true },
      wording: 'newsletter-fr-1',
    },
  ]);
  token = (await newToken([site], ['read', 'export'], NOW)).token;
}, 60_000);

test('CSV has the figures of the query, in its order', async () => {
  const answered = await get('/export.csv?metrics=pageviews,time_on_page&dimensions=page&date_range=day&order_by=pageviews:desc');
  expect(answered.status).toBe(200);
  expect(answered.headers.get('content-type')).toContain('text/csv');
  expect(answered.headers.get('content-disposition')).toMatch(
    /^attachment; filename="site-\d+-2026-10-20-2026-10-20-page\.csv"$/,
  );
  expect(await answered.text()).toBe('page,pageviews,time_on_page\r\n/b,2,5\r\n/=cmd|x,1,5\r\n');
});

test('French Excel: semicolons, decimal commas, a byte-order mark; a whole query as JSON; a comparison adds columns', async () => {
  const query = {
    metrics: ['pageviews', 'pages_per_visit'],
    date_range: ['2026-10-20', '2026-10-20'],
    compare: 'previous_period',
  };
  const answered = await get(`/export.csv?excel=fr&query=${encodeURIComponent(JSON.stringify(query))}`);
  expect(new Uint8Array(await answered.clone().arrayBuffer()).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  const [header, row] = (await answered.text()).replace('\ufeff', '').split('\r\n');
  expect(header).toBe(
    'pageviews;pageviews_compared;pageviews_change;pages_per_visit;pages_per_visit_compared;pages_per_visit_change',
  );
  expect(row).toMatch(/^3;0;;1,5;;$/);
});

test('a Saturday beside a Saturday, as the list on screen', async () => {
  const metaOf = async (match: string) => {
    const path = `/export.json?metrics=visits&date_range=2026-10-19,2026-10-20&compare=previous_period${match}`;
    const { meta }: { meta: object } = await (await get(path)).json();
    return meta;
  };
  expect(await metaOf('')).toMatchObject({ compared_from: '2026-10-17' });
  expect(await metaOf('&match_weekdays=false')).toMatchObject({ compared_from: '2026-10-17' });
  expect(await metaOf('&match_weekdays=true')).toMatchObject({ compared_from: '2026-10-12', compared_to: '2026-10-13' });
});

test('JSON: one object a row, null for what is not measured', async () => {
  const json: { columns: string[]; rows: object[]; meta: object } = await (
    await get('/export.json?metrics=pageviews,visit_time&dimensions=page&date_range=day')
  ).json();
  expect(json.columns).toEqual(['page', 'pageviews', 'visit_time']);
  expect(json.rows).toContainEqual({ page: '/b', pageviews: 2, visit_time: 5 });
  expect(json.meta).toMatchObject({ from: '2026-10-20', to: '2026-10-20', total_rows: 2 });
});

test.each([
  ['/export.csv', 400, 'bad_query', 'metrics'],
  ['/export.csv?metrics=nonsense', 400, 'unknown_metric', 'metrics'],
  ['/export.csv?metrics=visits&date_range=2026-10-31,2026-10-01', 400, 'impossible_date', 'date_range'],
  ['/export.csv?metrics=visits&limit=0', 400, 'bad_parameter', 'limit'],
  ['/export.csv?metrics=visits&limit=many', 400, 'bad_parameter', 'limit'],
  ['/export.csv?metrics=visits&compare=year&match_weekdays=perhaps', 400, 'bad_query', 'match_weekdays'],
  ['/export.csv?metrics=visits&excel=de', 400, 'bad_parameter', 'excel'],
  ['/export.csv?metrics=visits&filters=[', 400, 'bad_parameter', 'filters'],
  ['/export.csv?query=7', 400, 'bad_parameter', 'query'],
  ['/export.json?query={', 400, 'bad_parameter', 'query'],
  ['/export.zip?date_range=ever', 400, 'unknown_period', 'date_range'],
  ['/export.ndjson?date_range=2026-13-01,2026-13-02', 400, 'impossible_date', 'date_range'],
  ['/export.ndjson?cursor=1.2', 400, 'bad_cursor', 'cursor'],
  ['/export.csv?metrics=visits&site=nowhere', 404, 'unknown_site', 'site'],
] as const)('%s is refused', async (path, status, code, field) => {
  await expectProblem(await get(path), status, code, field);
});

test('the zip has every table of the period, definitions, and where the figures come from', async () => {
  const answered = await get('/export.zip?date_range=day');
  expect(answered.headers.get('content-type')).toBe('application/zip');
  const files = Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(await answered.arrayBuffer()))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
  expect(Object.keys(files)).toHaveLength(19);
  const pages: Record<string, string>[] = parse(files['pages.csv'] ?? '', { columns: true });
  expect(pages.map(({ page, pageviews }) => [page, pageviews])).toEqual([
    ['/b', '2'],
    ['/=cmd|x', '1'],
  ]);
  for (const name of ['days', 'sources', 'touchpoints', 'stores', 'countries', 'devices', 'campaigns', 'total']) {
    const rows: Record<string, string>[] = parse(files[`${name}.csv`] ?? '', { columns: true });
    expect(
      rows.reduce((sum, row) => sum + Number(row.pageviews), 0),
      name,
    ).toBe(3);
  }
  expect(files['definitions-fr.csv']).toContain('Visiteurs');
  expect(files['definitions-fr.csv']?.replace('\ufeff', '').split('\r\n')[0]).toBe(
    'metric,label,unit,definition,formula,window,version',
  );
  const about: { site: string; files: unknown[] } = JSON.parse(files['about.json'] ?? '');
  expect(about).toMatchObject({ site: site.key, from: '2026-10-20', to: '2026-10-20', time_zone: 'Europe/Paris' });
  expect(about.files).toHaveLength(17);
});

const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer());
type Line = { fact?: string; id?: string; visitor?: string; cursor?: string | null };
const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('raw facts: everything that was measured, no key of ours, no address; and a trace of who took it', async () => {
  const text = await textOf(await get('/export.ndjson?date_range=day'));
  const lines = linesOf(text);
  const facts = lines.filter((line) => line.fact);
  expect(facts.map(({ fact }) => fact).sort()).toEqual(['event', 'opt-in', 'pageview', 'pageview', 'pageview']);
  expect(lines.at(-1)).toEqual({ cursor: null });
  expect(facts.find(({ fact }) => fact === 'event')).toMatchObject({
    name: 'Buy',
    props: { size: 'L', n: 2 },
    path: '/b',
    mode: 'audience',
  });
  expect(facts.find((line) => 'referrer' in line && line.referrer)).toMatchObject({
    source: 'Google',
    channel: 'organic_search',
    touchpoint: 'web',
  });
  const { results } = await env.EVENTS.prepare('SELECT visitor, born, rand FROM pageviews WHERE site = ?1').bind(site.id).all();
  for (const row of results) for (const value of Object.values(row)) expect(text).not.toContain(String(value));
  expect(text).not.toContain(visitor);
  expect(text).not.toMatch(/lea@|example\.com|203\.0\.113/);
  expect(new Set(facts.map(({ visitor: who }) => who)).size).toBe(2);
  const trace = await env.PEOPLE.prepare("SELECT actor, reason FROM audit WHERE site = ?1 AND action = 'export_facts'")
    .bind(site.id)
    .all();
  expect(trace.results[0]).toMatchObject({ actor: expect.stringMatching(/^token [0-9a-f]{16}$/), reason: 'day' });
  const { token: reader } = await newToken([site], ['read'], NOW);
  await expectProblem(await ask('/export.ndjson', withToken(reader)), 403, 'missing_scope');
});

test('pages of any size have the same lines, and a cursor goes on where it stopped', async () => {
  const names = pseudonymsOf(env.INDEX_SECRET, site.id);
  const span = { start: NOW - 86_400_000, until: NOW };
  const whole = await readFactLines(env.EVENTS, site.id, span, names, firstCursor(span.start));
  expect(whole.next).toBeNull();
  for (const size of [1, 2, 3]) {
    const lines: string[] = [];
    let text: string | null = spellCursor(firstCursor(span.start));
    let asked = 0;
    while (text !== null) {
      const cursor = readCursor(text);
      if (!cursor) throw new Error(text);
      const page = await readFactLines(env.EVENTS, site.id, span, names, cursor, size);
      lines.push(...page.lines);
      text = page.next && spellCursor(page.next);
      asked += 1;
    }
    expect(lines).toEqual(whole.lines);
    expect(asked).toBeGreaterThan(1);
  }
  const answered = await get(`/export.ndjson?date_range=day&cursor=${spellCursor([2, 0, 0, 0])}`);
  expect(linesOf(await textOf(answered)).some(({ fact }) => fact === 'pageview')).toBe(false);
  for (const wrong of ['', 'x', '1.2.3', '1.2.3.4.5', '99.1.1.x', '1e3.1.1.1', '-1.0.0.0']) expect(readCursor(wrong)).toBeNull();
});
