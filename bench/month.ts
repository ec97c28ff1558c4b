/** A month of the brand in an empty database: filled day by day through `commit`, closed as cron closes it, and read as the dashboard does. */
import { commit, splitFacts } from '../collector/ingest/commit.ts';
import { exportHistory } from '../collector/ingest/export-history.ts';
import { openWindows, runWindows } from '../collector/ingest/windows.ts';
import { readOverview } from '../collector/report/overview.ts';
import { DAY_MS, dayOf } from '../collector/store/calendar.ts';
import { noFacts, type PageviewFact } from '../collector/store/facts.ts';
import type { Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';
import { dictionaries, pageview, visitLength, visitorOf } from './brand.ts';

/** Four weeks and the beginning of a day: what the overview shows. */
export const DAYS = 29;
export const NOW = Date.parse('2026-11-20T15:20:00Z');
const SITE = 1;
export const FIRST_DAY = Date.parse('2026-10-23T00:00:00Z');
export const site: Site = {
  ...{ id: SITE, key: 'bench', name: 'Bench', hosts: ['shop.example'], language: 'fr' },
  zone: 'Europe/Paris',
  createdAt: FIRST_DAY,
};

/** The pageviews of one day, in the order of their ids; every one has its whole active time. */
function viewsOf(day: number, pageviews: number): PageviewFact[] {
  const start = FIRST_DAY + day * DAY_MS;
  const end = Math.min(start + DAY_MS, NOW);
  const perDay = pageviews / ((NOW - FIRST_DAY) / DAY_MS);
  const wanted = Math.round((perDay * (end - start)) / DAY_MS);
  const random = seeded(7_000 + day);
  // Every third visit is of a regular, who comes once in about ten days.
  const regulars = Math.ceil(perDay * 1.3);
  const views: PageviewFact[] = [];
  while (views.length < wanted) {
    const visitor = visitorOf(regulars, random);
    let at = Math.floor(start + random() * (end - start));
    for (let n = visitLength(random), i = 0; i < n && views.length < wanted; i += 1) {
      const active = Math.round(2_000 + random() * 60_000);
      const seen = { active_ms: active, foreground_ms: active + 900, scroll: Math.floor(random() * 100) };
      views.push({ ...pageview(SITE, at, visitor, i === 0, random), ...seen });
      at = Math.min(at + active + 3_000, end - 1);
    }
  }
  return views.sort((a, b) => a.born - b.born);
}

/** @returns how many pageviews the day has. */
export async function fillDay(env: Env, day: number, pageviews: number): Promise<{ pageviews: number }> {
  if (day === 0) await openWindows(env.EVENTS, site);
  const views = viewsOf(day, pageviews);
  const texts = day === 0 ? dictionaries(SITE) : noFacts();
  for (const part of splitFacts({ ...texts, pageviews: views })) await commit(env.EVENTS, part);
  return { pageviews: views.length };
}

/** Closes windows up to the end of a day, at most so many steps. */
export async function closeDay(env: Env, day: number, steps: number): Promise<{ done: boolean }> {
  const nowMs = Math.min(FIRST_DAY + (day + 1) * DAY_MS + DAY_MS / 2, NOW);
  return { done: await runWindows(env.EVENTS, site, nowMs, steps) };
}

/** Writes the history of what is closed, and says how large it is. */
export async function exportMonth(env: Env): Promise<{ facts: number; files: number; bytes: number }> {
  const sum = { facts: 0, files: 0, bytes: 0 };
  while (!(await exportHistory(env.EVENTS, env.HISTORY, site, NOW, { days: 5, rows: 200_000 }))) {
    /* until every closed day is there */
  }
  let cursor: string | undefined;
  do {
    const page: R2Objects = await env.HISTORY.list(cursor === undefined ? {} : { cursor });
    for (const { key, size } of page.objects) {
      sum.files += 1;
      sum.bytes += size;
      if (key.endsWith('manifest.json')) sum.facts += rowsOf(await (await env.HISTORY.get(key))?.json());
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return sum;
}
const rowsOf = (manifest: unknown) =>
  typeof manifest === 'object' && manifest !== null && 'rows' in manifest ? Number(manifest.rows) : 0;

/** Two closed days are dirty, a late pageview each, then the overview of 28 days and today is read. */
export async function readMonth(env: Env): Promise<{ rowsRead: number; medianMs: number }> {
  for (const [i, day] of [DAYS - 4, DAYS - 10].entries()) {
    const at = FIRST_DAY + day * DAY_MS + DAY_MS / 2;
    const late = pageview(SITE, at, 7, true, seeded(i));
    await commit(env.EVENTS, { ...noFacts(), pageviews: [late] });
  }
  const today = dayOf(site.zone, NOW);
  const timesMs: number[] = [];
  let rowsRead = 0;
  for (let i = 0; i < 7; i += 1) {
    const began = performance.now();
    const overview = await readOverview(env, site, { range: { from: today - 28, to: today }, compare: 'previous_period' }, NOW);
    timesMs.push(performance.now() - began);
    rowsRead = overview.meta.rows_read;
  }
  timesMs.sort((a, b) => a - b);
  return { rowsRead, medianMs: timesMs[3] ?? 0 };
}
