/** “All time” begins with the first fact, wherever it lies by now: open time, a mark that waits, a rollup, or in rollups alone. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { resolveRange } from '../../collector/report/period.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask } from './ask.ts';
import { makeSite } from './fixture.ts';
import { DAY, viewOf } from './history-site.ts';

const CREATED = Date.parse('2026-10-20T15:00:00Z');
const NOW = Date.parse('2026-10-22T15:00:00Z');
const firstDay = async (site: Site) => dateOfDay(resolveRange(site, await settleRange(env, site, 'all', NOW), NOW).from);
const close = async (site: Site) => {
  while (!(await runWindows(env.EVENTS, site, NOW, 200))) {
    /* until everything due is done */
  }
};
const add = (site: Site, at: number, n: number, more = {}) =>
  commit(env.EVENTS, { ...noFacts(), pageviews: [viewOf(site.id, at, n, n, more)] });

test('without facts it is the day on which the site was made', async () => {
  const site = await makeSite(CREATED);
  expect(await firstDay(site)).toBe('2026-10-20');
  await add(site, CREATED + 3_600_000, 1);
  expect(await firstDay(site)).toBe('2026-10-20');
});

test('a kiosk that was offline brings earlier days, open, marked, closed, and when its facts are deleted', async () => {
  const site = await makeSite(CREATED);
  // 23:30 UTC is half past one on the next day in Paris.
  await add(site, Date.parse('2026-10-17T23:30:00Z'), 1);
  expect(await firstDay(site)).toBe('2026-10-18');
  await close(site);
  expect(await firstDay(site)).toBe('2026-10-18');
  // Made under a clock that was wrong by a year, corrected when it was sent; its day is closed by now.
  const late = Date.parse('2026-10-12T10:00:00Z');
  await add(site, late, 2, { born: late - 365 * DAY });
  expect(await firstDay(site)).toBe('2026-10-12');
  await close(site);
  expect(await firstDay(site)).toBe('2026-10-12');
  await env.EVENTS.prepare('DELETE FROM pageviews WHERE site = ?1').bind(site.id).run();
  const { results, meta } = await ask(site, { metrics: ['pageviews'], date_range: 'all', dimensions: ['time:day'] }, NOW);
  expect([meta.from, meta.to, results.length]).toEqual(['2026-10-12', '2026-10-22', 11]);
  expect(results.filter((row) => row.metrics[0] === 1).map((row) => row.dimensions[0])).toEqual(['2026-10-12', '2026-10-18']);
});

test('before any window is open, facts alone tell', async () => {
  const site = await makeSite(CREATED);
  await env.EVENTS.prepare('DELETE FROM closings WHERE site = ?1').bind(site.id).run();
  await add(site, CREATED - 4 * DAY, 1);
  expect(await firstDay(site)).toBe('2026-10-16');
});
