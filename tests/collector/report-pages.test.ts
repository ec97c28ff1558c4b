/** Reports as a reader walks through them: every link leads somewhere, every row to its own figures, every state is an address. */
import { createExecutionContext, env } from 'cloudflare:test';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { apiRoute } from '../../collector/api/route.ts';
import { isProblem } from '../../collector/report/problem.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { withPicked } from '../../dashboard/filter-edit.ts';
import { viewHref } from '../../dashboard/links.ts';
import { columnsOf, readList } from '../../dashboard/list.ts';
import { queryFor } from '../../dashboard/list-query.ts';
import { dimensionsOf, REPORTS } from '../../dashboard/reports.ts';
import { makeUi } from '../../dashboard/ui.ts';
import { readView, type View } from '../../dashboard/view.ts';
import { ORIGIN, openDashboard } from './dashboard-door.ts';
import { attributeOf, elementsOf, expectInert, linksOf, textOf } from './elements.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { POLYGLOT } from './overview-fixture.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

let traffic: Traffic;
let get: (path: string) => Promise<Response>;
let getEnglish: typeof get;
let cookie: string;
const base = () => `/s/${traffic.site.key}`;
const by = (dimension: string, query = 'period=7d') => `${base()}/by/${dimension}?${query}`;
const DIMENSIONS = REPORTS.flatMap((report) => dimensionsOf(report).map(({ name }) => name));

async function open(path: string, from = get): Promise<string> {
  const answer = await from(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
}
const chips = (page: string) =>
  [...page.matchAll(/<a class="chip"[^>]*>(.*?)<\/a>/gs)].map(([, html]) => textOf(html ?? '').trim());

/** Ten days, and a text that breaks out of everything wherever a visitor or an owner can put one. */
beforeAll(async () => {
  traffic = await makeTraffic(11, 'Europe/Paris', Date.now() - 60_000, 10, 150);
  const { id } = traffic.site;
  await env.EVENTS.batch([
    env.EVENTS.prepare('UPDATE pages SET path = ?2 WHERE site = ?1 AND hash = 12').bind(id, `/${POLYGLOT}`),
    env.EVENTS.prepare('UPDATE origins SET source = ?2 WHERE site = ?1 AND hash = 22').bind(id, POLYGLOT),
    env.EVENTS.prepare('UPDATE names SET name = ?2 WHERE site = ?1 AND hash = 41').bind(id, `,;()\\${POLYGLOT}`),
  ]);
  await env.PEOPLE.prepare("UPDATE stores SET name = ?2 WHERE site = ?1 AND name = 'Lyon'").bind(id, POLYGLOT).run();
  const french = await openDashboard(traffic.site, 'viewer');
  ({ get, cookie } = french);
  ({ get: getEnglish } = await openDashboard(traffic.site, 'viewer', 'en'));
}, 60_000);

test('every report lists its values, inert, with its columns explained and sorted by links', async () => {
  for (const dimension of DIMENSIONS) {
    const page = await open(by(dimension));
    const elements = await elementsOf(page);
    expectInert(elements);
    const ids = elements.flatMap((e) => attributeOf(e, 'id') ?? []);
    expect(new Set(ids).size, dimension).toBe(ids.length);
    for (const target of elements.flatMap((e) => attributeOf(e, 'popovertarget') ?? [])) expect(ids).toContain(target);
    const columns = elements.filter((e) => attributeOf(e, 'role') === 'columnheader');
    const sorted = columns.flatMap((e) => attributeOf(e, 'aria-sort') ?? []);
    const list = readList(dimension, new URLSearchParams());
    if (!list) throw new Error(dimension);
    for (const { name } of columnsOf(list)) expect(ids, dimension).toContain(`what-${name}`);
    expect(
      sorted.filter((state) => state === 'descending'),
      dimension,
    ).toHaveLength(1);
    expect(sorted.length, dimension).toBeGreaterThanOrEqual(columnsOf(list).length);
  }
  expect(textOf(await open(by('device'), getEnglish))).toMatch(/Show only: (Desktop|Phone)/);
});

test('every link of every report leads to a page that is there, and keeps what it does not change', async () => {
  const filters = 'filters=is_not,country,DE;contains~,page,a';
  const starts = [
    base(),
    `${base()}?period=7d&compare=year&${filters}`,
    `${base()}/now`,
    by('page', `period=7d&compare=year&${filters}&sort=visits:asc&search=a&visitors=1`),
    by('source', 'period=day'),
    by('store', 'period=7d&rows=all'),
    by('event', `period=7d&compare=none&${filters}`),
  ];
  const seen = new Set<string>();
  for (const start of starts) {
    const elements = await elementsOf(await open(start));
    for (const href of linksOf(elements)) {
      if (href.startsWith('#')) continue;
      const url = new URL(href, `${ORIGIN}${start}`);
      expect(url.origin, href).toBe(ORIGIN);
      if (url.pathname.startsWith(base()) && start.includes('filters=')) {
        const isReport = (url.pathname === base() && url.search !== '') || url.pathname.includes('/by/');
        if (isReport && !url.searchParams.has('filters'))
          expect(
            elements.some((e) => attributeOf(e, 'href') === href && attributeOf(e, 'class') === 'clear'),
            href,
          ).toBe(true);
        if (isReport)
          expect(url.searchParams.has('compare') && (url.searchParams.has('period') || url.searchParams.has('from')), href).toBe(
            true,
          );
      }
      // One of each kind: the same page with the same parts of a view is the same code. `npm run check:long` opens them all.
      const kind = env.LONG ? href : `${url.pathname} ${[...url.searchParams.keys()].sort().join()}`;
      if (seen.has(kind) || url.pathname === '/help' || url.pathname.startsWith('/help/') || url.pathname.startsWith('/api/'))
        continue;
      seen.add(kind);
      const answer = await get(`${url.pathname}${url.search}`);
      const isPreference = url.searchParams.has('lang') || url.searchParams.has('theme') || url.pathname === '/';
      expect(answer.status, href).toBe(isPreference ? 303 : 200);
      await answer.text();
    }
  }
  expect(seen.size).toBeGreaterThan(40);
});

test('from a source or channel, the rules that decided it are a tap away', async () => {
  const section = /<section[^>]*aria-labelledby="sources".*?<\/section>/s.exec(await open(`${base()}?period=7d`))?.[0] ?? '';
  expect(linksOf(await elementsOf(section))).toContain(`${base()}/channels`);
  for (const name of ['source', 'channel'])
    expect(linksOf(await elementsOf(await open(by(name))))).toContain(`${base()}/channels`);
  expect(await open(`${base()}/channels`)).toContain('id="rule-1"');
});

test('a row leads to its own figures', async () => {
  const { site, nowMs } = traffic;
  const ui = makeUi({ language: 'fr', theme: 'auto', url: new URL(ORIGIN), nowMs, zone: site.zone });
  const view: View = { range: '7d', compare: null, matchWeekdays: false, chart: null, filters: [] };
  let compared = 0;
  for (const dimension of DIMENSIONS) {
    const list = readList(dimension, new URLSearchParams());
    if (!list) throw new Error(dimension);
    const query = queryFor(ui, view, list);
    const answer = await runQuery(env, site, query, nowMs);
    if (isProblem(answer)) throw new Error(answer.detail);
    for (const row of answer.results.slice(0, 3)) {
      const value = row.dimensions[0] ?? '';
      const filters = withPicked([], [[dimension, value]]);
      const alone = await runQuery(env, site, { ...query, dimensions: [], filters, orderBy: [] }, nowMs);
      if (isProblem(alone)) throw new Error(alone.detail);
      row.metrics.forEach((metric, i) => {
        // What is counted for the whole site only is not measured behind a filter.
        if (metric === null || alone.totals.metrics[i] === null) return;
        compared += 1;
        expect(alone.totals.metrics[i], `${dimension} ${value} ${query.metrics[i]?.name}`).toBeCloseTo(metric, 9);
      });
      const read = readView(new URL(viewHref(site, { ...view, filters }), ORIGIN).searchParams, site, nowMs);
      expect(read.filters, value).toEqual(filters);
    }
  }
  expect(compared).toBeGreaterThan(200);
});

test('a filtered view says so in parts, each a link without it; the last one leads back to everything', async () => {
  const whole = `${base()}?period=7d&compare=none`;
  const filters = ['is,store,web', 'contains~,page,a', 'not(is,source,Bing)'];
  const page = await open(`${whole}&filters=${encodeURIComponent(filters.join(';'))}`);
  expect(chips(page).map((chip) => chip.replaceAll(/[\u202f\u00a0]/g, ' '))).toEqual([
    'Retirer le filtre Magasin : Site web',
    'Retirer le filtre Page contient a',
    'Retirer le filtre sauf (Source : Bing )',
  ]);
  let at = new URL(`${ORIGIN}${whole}&filters=${encodeURIComponent(filters.join(';'))}`);
  for (const left of [2, 1, 0]) {
    const [first] = (await elementsOf(await open(at.pathname + at.search))).filter((e) => attributeOf(e, 'class') === 'chip');
    at = new URL(first ? (attributeOf(first, 'href') ?? '') : '', ORIGIN);
    expect(chips(await open(at.pathname + at.search))).toHaveLength(left);
  }
  expect(at.pathname + at.search).toBe(whole);
  expect(page).not.toContain('id="now"');
  expect(await open(whole)).toContain('id="now"');
});

test('a filter that cannot be read is named, and the page shows everything', async () => {
  const figures = (page: string) => textOf(/<section class="headline".*?<\/section>/s.exec(page)?.[0] ?? 'none');
  const whole = figures(await open(`${base()}?period=7d&compare=none`));
  for (const [text, says] of [
    ['is,nothing,1', 'nothing'],
    ['or(is,page,/a', 'is,page,/a'],
    [POLYGLOT, 'is,page,/a'],
    ['is,time:day,2026-01-01', 'time:day'],
    [Array(60).fill('is,page,/a').join(';'), '50'],
  ] as const) {
    const page = await open(`${base()}?period=7d&compare=none&filters=${encodeURIComponent(text)}`);
    expectInert(await elementsOf(page));
    expect(textOf(/role="alert".*?<\/p>/s.exec(page)?.[0] ?? '')).toContain(says);
    expect(figures(page)).toBe(whole);
    expect(await open(by('country', `filters=${encodeURIComponent(text)}`), getEnglish)).toContain('without a filter');
  }
});

test('what the form adds becomes part of the address, by the names a reader knows', async () => {
  const add = (dimension: string, op: string, value: string) =>
    get(`${base()}?period=7d&compare=none&add=${dimension}&op=${op}&value=${encodeURIComponent(value)}`);
  const filtersOf = (answer: Response) => new URL(answer.headers.get('location') ?? '', ORIGIN).searchParams.get('filters');
  expect(filtersOf(await add('country', 'is', 'allemagne'))).toBe('is,country,DE');
  expect(filtersOf(await add('country', 'is_not', 'ZZ-nowhere'))).toBe('is_not,country,ZZ-nowhere');
  expect(filtersOf(await add('page', 'contains', ' /a '))).toBe('contains~,page,/a');
  expect(filtersOf(await add('page', 'matches_wildcard', '/a/*'))).toBe('matches_wildcard,page,/a/*');
  expect(filtersOf(await add('source', 'contains', 'direct'))).toBe('or(contains~,source,direct;is,source,\\(direct\\))');
  expect(filtersOf(await add('store', 'is', POLYGLOT))).toBe(`is,store,${POLYGLOT.replaceAll(/[\\,;()]/g, '\\$&')}`);
  for (const [dimension, op, value] of [
    ['nothing', 'is', '1'],
    ['time:day', 'is', '1'],
    ['stage', 'is', '1'],
    ['page', 'is', '  '],
    ['page', 'drop', '1'],
  ] as const) {
    const answer = await add(dimension, op, value);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${base()}?period=7d&compare=none`]);
  }
});

test('search, order, pages and the file say the same rows', async () => {
  const api = apiRoute({
    collectorOf: () => makeCollector({ now: Date.now() }),
    now: Date.now,
    random: (n) => new Uint8Array(n),
  });
  const rowsOf = (page: string) =>
    [...(/<tbody.*?<\/tbody>/s.exec(page)?.[0] ?? '').matchAll(/<span class="path"[^>]*>(.*?)<\/span>/gs)].map(([, name]) =>
      textOf(name ?? ''),
    );
  const all = rowsOf(await open(by('page', 'period=7d&sort=page:asc')));
  expect(all).toEqual([...all].sort());
  expect(rowsOf(await open(by('page', 'period=7d&sort=page:desc')))).toEqual(all.toReversed());
  const some = await open(by('page', 'period=7d&search=/A'));
  expect(rowsOf(some).every((name) => name.toLowerCase().includes('/a'))).toBe(true);
  expect(rowsOf(some).length).toBeGreaterThan(0);
  expect(rowsOf(await open(by('country', 'period=7d&search=ALLEM')))).toEqual(['Allemagne']);
  expect(rowsOf(await open(by('country', 'period=7d&search=german'), getEnglish))).toEqual(['Germany']);
  expect(textOf(await open(by('page', 'period=7d&search=%22%3E%3Cb%3E')))).toContain(
    'Rien ne contient « "><b> »'.replaceAll(' ', ' '),
  );
  const late = await get(by('page', 'period=7d&page=900'));
  expect(late.headers.get('location')).toBe(by('page', 'period=7d&compare=previous_period'));
  const csv = linksOf(await elementsOf(some)).find((href) => href.startsWith('/api/v1/export.csv'));
  const file = await api.fetch(
    new Request(`${ORIGIN}${csv?.replace('/api/v1', '/api/v1')}`, { headers: { cookie } }),
    env,
    createExecutionContext(),
  );
  expect(file.status).toBe(200);
  const lines = parse(await file.text(), { bom: true, delimiter: ';', columns: true }) as Record<string, string>[];
  expect(lines.map((line) => line.page?.replace(/^'/, ''))).toEqual(rowsOf(some).map((name) => name));
});

test('time, what nothing measures, other people’s sites and roles have no such page', async () => {
  for (const dimension of ['time:day', 'stage', 'nothing', '%22', 'prop:'])
    expect((await get(by(dimension))).status, dimension).toBe(404);
  expect((await get(by('prop:format'))).status).toBe(200);
  const { get: asStore } = await openDashboard(traffic.site, 'store');
  for (const path of [base(), by('page'), `${base()}/now`]) expect((await asStore(path)).status).toBe(404);
});

test('a long list turns its pages: every row once, all of them at once, and back', async () => {
  const now = Date.now();
  const site = await makeSite(now - 3 * 86_400_000);
  const random = seeded(77);
  const collector = makeCollector({ now });
  const view = (i: number) => ({
    kind: 'pageview',
    id: idAt(now - 1_000 - i, random),
    url: `https://shop.example/p/${String(i).padStart(2, '0')}`,
    mode: 'audience',
    visitor: idAt(now - 1_000, random),
  });
  for (const from of [0, 40, 80])
    await send(
      collector,
      site,
      now,
      Array.from({ length: 40 }, (_, i) => view(from + i)),
    );
  const { get: turn } = await openDashboard(site, 'viewer');
  const start = `/s/${site.key}/by/page?period=day&compare=none&sort=page:asc`;
  const namesOf = (page: string) => [...page.matchAll(/<span class="path">(\/p\/\d+)<\/span>/g)].map(([, name]) => name);
  const all = Array.from({ length: 120 }, (_, i) => `/p/${String(i).padStart(2, '0')}`).sort();
  const linkTo = async (page: string, says: string) => {
    const found = [...page.matchAll(/<a[^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].find(([, , text]) => text === says);
    return (found?.[1] ?? 'none').replaceAll('&amp;', '&');
  };
  const seen: (string | undefined)[] = [];
  let page = await open(start, turn);
  for (const rows of [50, 50, 20]) {
    expect(namesOf(page)).toHaveLength(rows);
    seen.push(...namesOf(page));
    if (rows === 50) page = await open(await linkTo(page, 'Suivantes'), turn);
  }
  expect(seen).toEqual(all);
  expect(page).not.toContain('>Suivantes<');
  expect(namesOf(await open(await linkTo(page, 'Précédentes'), turn))).toEqual(all.slice(50, 100));
  const whole = await open(`${start}&rows=all`, turn);
  expect(namesOf(whole)).toEqual(all);
  expect(linksOf(await elementsOf(await open(start, turn)))).toContain(`${start}&rows=all`);
  expect(await linkTo(whole, 'Afficher par 50')).toBe(start);
});
