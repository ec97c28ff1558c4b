/**
 * Acceptance tests of reference/domain.md §8 that concern metrics. 18: every figure on screen is in the catalogue, with formula, window and
 * version. 14: where ids last a day, nobody recurs and nothing sticks: not measured. 1: reach changes no figure of engagement.
 */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { WINDOWS } from '../../collector/report/metric-windows.ts';
import { METRICS, metricOf } from '../../collector/report/metrics.ts';
import * as shown from '../../collector/report/overview.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { noFacts, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dimensionsOf, firstOf, metricsFor, REPORTS } from '../../dashboard/reports.ts';
import { makeUi } from '../../dashboard/ui.ts';
import { ask } from './ask.ts';
import { ORIGIN, openDashboard } from './dashboard-door.ts';
import { attributeOf, elementsOf, textOf } from './elements.ts';
import { makeSite } from './fixture.ts';
import { DAY, viewOf } from './history-site.ts';
import { makeTraffic } from './report-traffic.ts';

const { OVERVIEW_METRICS, PAGE_METRICS, SERIES_METRICS, SOURCE_METRICS, TOUCHPOINT_METRICS } = shown;
const plain = (html: string) => textOf(html).replaceAll(/\s+/g, ' ');
const close = async (site: Site, nowMs: number) => {
  while (!(await runWindows(env.EVENTS, site, nowMs, 200))) {
    /* until everything due is done */
  }
};

test('§8.18: every figure on every page opens a card with its definition, formula, window and version', async () => {
  for (const name of [OVERVIEW_METRICS, PAGE_METRICS, SERIES_METRICS, SOURCE_METRICS, TOUCHPOINT_METRICS].flat())
    expect(metricOf(name)?.name).toBe(name);
  expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
  const { site } = await makeTraffic(61, 'Europe/Paris', Date.now() - 60_000, 3, 30);
  const dimensions = REPORTS.flatMap(dimensionsOf);
  const opened = new Set<string>();
  for (const language of ['fr', 'en'] as const) {
    const { get } = await openDashboard(site, 'viewer', language);
    const { say } = makeUi({ language, theme: 'auto', url: new URL(ORIGIN), nowMs: 0, zone: 'UTC' });
    // Lists of one kind have the same columns; the same code writes both languages.
    const some = language === 'fr' ? [...REPORTS.map(firstOf), 'entry_page'] : ['page'];
    const lists = env.LONG ? dimensions.map(({ name }) => name) : some;
    for (const path of ['', ...lists.map((name) => `/by/${name}`)]) {
      const page = await (await get(`/s/${site.key}${path}?period=7d&visitors=1`)).text();
      const targets = (await elementsOf(page)).flatMap((e) => attributeOf(e, 'popovertarget') ?? []);
      const names = targets.flatMap((target) => (target.startsWith('what-') ? target.slice(5) : []));
      expect(names.length, path).toBeGreaterThan(3);
      for (const name of new Set(names)) {
        opened.add(name);
        const metric = metricOf(name);
        const card = plain(new RegExp(`<dialog[^>]*id="what-${name}".*?</dialog>`, 's').exec(page)?.[0] ?? 'no card');
        if (!metric) throw new Error(`${path}: ${name} is in no catalogue`);
        for (const words of [metric.label, metric.definition, metric.formula, WINDOWS[metric.counts]])
          expect(card, path).toContain(plain(say(words)));
        expect(card, path).toContain(`version ${metric.version}`);
      }
    }
    const help = plain(await (await get('/help/what-we-count')).text());
    for (const { name, label, formula, counts, version } of METRICS)
      for (const text of [name, say(label), say(formula), say(WINDOWS[counts]), `version ${version}`])
        expect(help).toContain(plain(text));
  }
  for (const name of [...OVERVIEW_METRICS, ...dimensions.flatMap((d) => metricsFor(d, true).map((m) => m.name))])
    expect(opened).toContain(name);
});

/** 30 days; each visitor is of one day, or of one browser that keeps its id; nobody accepted more than anonymous statistics. */
async function audience(kind: 0 | 1, days: readonly number[]): Promise<Site> {
  const now = Date.now();
  const site = await makeSite(now - 60 * DAY);
  const midnight = startOfDay(site.zone, dayOf(site.zone, now));
  const pageviews = days.map(
    (day): PageviewFact => viewOf(site.id, midnight - day * DAY + 36_000_000, 1_000 + (kind ? day : 0), day, { kind }),
  );
  const pages = [70, 71, 72].map((hash) => ({ site: site.id, hash, host: 'shop.example', path: `/${hash}`, page_group: null }));
  await commit(env.EVENTS, { ...noFacts(), pages, pageviews });
  await close(site, now);
  return site;
}
/** What stands below the label of a figure of the headline, and in its card. */
function figureOf(page: string, name: string): { figure: string; card: string } {
  const [figure] = new RegExp(`<div class="figure">(?:(?!</div>).)*what-${name}".*?</div>`, 's').exec(page) ?? ['no figure'];
  const [card] = new RegExp(`<dialog[^>]*id="what-${name}".*?</dialog>`, 's').exec(page) ?? ['no card'];
  return { figure: plain(figure), card: plain(card) };
}

test('§8.14: where ids last a day, recurring visitors, their share and stickiness are not measured, on screen as in the API', async () => {
  const site = await audience(
    1,
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  const metrics = ['visitors', 'recurring_visitors', 'recurring_ratio', 'stickiness'];
  const { totals, meta } = await ask(site, { metrics, date_range: '28d' }, Date.now());
  expect(totals.metrics).toEqual([28, null, null, null]);
  expect(meta.not_measured).toMatchObject({ stickiness: { code: 'no_persistent_id' } });
  const { get } = await openDashboard(site, 'viewer');
  const page = await (await get(`/s/${site.key}?period=28d&compare=none`)).text();
  const { figure, card } = figureOf(page, 'recurring_visitors');
  expect(figure).toContain('non mesuré');
  expect(figure.replace(/^.*non mesuré/, '')).not.toMatch(/\d/);
  expect(card).toContain("Aucun visiteur de la période n'a un navigateur qui garde son identifiant".replaceAll("'", '’'));
  const list = plain(await (await get(`/s/${site.key}/by/recurring?period=28d&compare=none`)).text());
  expect(list).toMatch(/non mesuré/);
});

test('nobody in engagement mode and nobody confirmed: the known-user ratio is not measured, not 0 % measured on 0 %', async () => {
  const site = await audience(0, [1]);
  const { get } = await openDashboard(site, 'viewer');
  const page = await (await get(`/s/${site.key}?period=7d&compare=none`)).text();
  const { figure, card } = figureOf(page, 'known_ratio');
  expect(figure).toContain('non mesuré');
  expect(figure).not.toMatch(/\d/);
  expect(card).toMatch(/engagement/);
  expect(figureOf(page, 'visitors').figure).toMatch(/1\b/);
  // Few are not nobody, and nearly all are not all.
  const { format } = makeUi({ language: 'en', theme: 'auto', url: new URL(ORIGIN), nowMs: 0, zone: 'UTC' });
  expect([0, 0.0001, 0.004, 0.01, 0.9996, 1].map(format.share)).toEqual(['0%', '< 1%', '< 1%', '1%', '99.9%', '100%']);
});

test('§8.1: ten thousand more screens shown change no figure but reach, of anything, open or closed', async () => {
  const traffic = await makeTraffic(62, 'Europe/Paris', Date.parse('2026-10-27T15:00:00Z'), 5, 60, false);
  const { site, nowMs, firstDay } = traffic;
  const engagement = METRICS.filter(({ counts }) => counts !== 'exposures').map(({ name }) => name);
  const read = async () => {
    const answers: unknown[] = [];
    for (const source of ['auto', 'raw'])
      for (const dimension of env.LONG
        ? [null, 'touchpoint', 'store', 'kiosk', 'time:day', 'page', 'source', 'known']
        : [null, 'store', 'time:day']) {
        const asked = { metrics: engagement, date_range: '7d', source, dimensions: dimension ? [dimension] : [], limit: 1_000 };
        const { results, totals } = await ask(site, asked, nowMs);
        // A day, a store or a kiosk on which screens were only shown has a row by now, with nothing in it.
        const some = results.filter(({ metrics }) => metrics.some((value) => value !== null && value !== 0));
        answers.push({ source, dimension, some, totals });
      }
    return answers;
  };
  const shownTimes = async () => (await ask(site, { metrics: ['exposures'], date_range: '7d' }, nowMs)).totals.metrics[0] ?? 0;
  const [before, few] = [await read(), await shownTimes()];
  await env.EVENTS.prepare(
    `INSERT INTO exposures (site, born, rand, at, store, kiosk, page, flags, shown_ms) WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 9999)
     SELECT ?1, ?2 + i * 30000, 9000000 + i, ?2 + i * 30000, ?3, ?3 + i % 2, 11, 0, 900 FROM c`,
  )
    .bind(site.id, startOfDay(site.zone, firstDay), site.id * 100 + 1)
    .run();
  expect(await shownTimes()).toBeGreaterThan(few + 9_000);
  expect(await read()).toEqual(before);
  await close(site, nowMs);
  expect(await shownTimes()).toBeGreaterThan(few + 9_000);
  expect(await read()).toEqual(before);
});
