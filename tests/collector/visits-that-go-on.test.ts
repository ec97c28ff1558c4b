/** Visits that go on after the window in which they began was closed: a report is right, or says “updating”, and is right within the hour. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { readQuery } from '../../collector/report/query.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { noFacts, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite } from './fixture.ts';
import { DAY, viewOf } from './history-site.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-06-10T00:00:00Z');
/** `1 00:31`: the second day of the site, at half past midnight. */
const at = (text: string) => {
  const [day = '0', time = ''] = text.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return START + Number(day) * DAY + (hours * 60 + minutes) * MINUTE;
};
const siteOf = () => makeSite(START + 31 * DAY + DAY / 2, { zone: 'UTC' });
let made = 0;
const view = (site: Site, when: string, visitor = 70, more: Partial<PageviewFact> = {}) => {
  made += 1;
  return viewOf(site.id, at(when), visitor, made, { active_ms: 1_000, foreground_ms: 1_000, ...more });
};
const store = (...pageviews: PageviewFact[]) => commit(env.EVENTS, { ...noFacts(), pageviews });
async function cron(site: Site, when: string, pieces?: number) {
  while (!(await runWindows(env.EVENTS, site, at(when), 50, pieces))) {
    /* until everything due is done */
  }
}
async function ask(site: Site, metrics: string[], range: [number, number], when: string) {
  const dates = range.map((day) => new Date(START + day * DAY).toISOString().slice(0, 10));
  const query = readQuery({ metrics, date_range: dates });
  if ('code' in query) throw new Error(query.detail);
  const answer = await runQuery(env, site, query, at(when));
  if ('code' in answer) throw new Error(answer.detail);
  return [answer.meta.updating, ...(answer.results[0]?.metrics ?? [])];
}

test('a visit that goes on in the open day is counted as it is, however often its hour closed', async () => {
  const site = await siteOf();
  await store(view(site, '1 10:50'));
  await cron(site, '1 11:31');
  await store(view(site, '1 11:15'));
  await store(view(site, '1 11:40'));
  expect(await ask(site, ['visits', 'pages_per_visit'], [1, 1], '1 11:45')).toEqual([false, 1, 3]);
  await cron(site, '1 12:31');
  expect(await ask(site, ['visits', 'pages_per_visit'], [1, 1], '1 12:31')).toEqual([false, 1, 3]);
});

test('a visit that goes on after its day closed makes that day say “updating”, until the next hour closes', async () => {
  const site = await siteOf();
  await store(view(site, '0 23:50'), view(site, '1 00:10'), view(site, '1 00:30'));
  await cron(site, '1 00:31');
  expect(await ask(site, ['pages_per_visit'], [0, 0], '1 00:40')).toEqual([false, 3]);
  await store(view(site, '1 00:45'));
  expect((await ask(site, ['pages_per_visit'], [0, 0], '1 00:46'))[0]).toBe(true);
  // Another day is not concerned.
  expect(await ask(site, ['pageviews'], [1, 1], '1 00:46')).toEqual([false, 3]);
  await cron(site, '1 01:31');
  expect(await ask(site, ['pages_per_visit'], [0, 0], '1 01:31')).toEqual([false, 4]);
});

test('what a visit does between the end of an hour and its closing is not forgotten', async () => {
  const site = await siteOf();
  const first = view(site, '0 23:50');
  await store(first);
  await cron(site, '1 00:31');
  // In front for 65 minutes, which arrives late and is worked off at once.
  await store({ ...first, foreground_ms: 65 * MINUTE });
  await cron(site, '1 01:00');
  await store(view(site, '1 01:20'));
  await cron(site, '1 01:31');
  await cron(site, '1 02:31');
  expect(await ask(site, ['visits', 'pages_per_visit', 'engaged_visits'], [0, 0], '1 02:31')).toEqual([false, 1, 2, 1]);
});

test('a late row of the open day says so in the day in which its visit began', async () => {
  const site = await siteOf();
  await store(view(site, '0 23:50'), view(site, '1 00:40', 71));
  await cron(site, '1 02:31');
  await store(view(site, '1 00:05'));
  expect((await ask(site, ['pages_per_visit'], [0, 0], '1 02:40'))[0]).toBe(true);
  await cron(site, '1 02:41');
  expect(await ask(site, ['pages_per_visit'], [0, 0], '1 02:41')).toEqual([false, 2]);
  // A late row of another visit does not concern the day before.
  await store(view(site, '1 00:50', 71));
  expect(await ask(site, ['pages_per_visit'], [0, 0], '1 02:42')).toEqual([false, 2]);
});

test('an act that arrives late after midnight makes the visit known that began before', async () => {
  const site = await siteOf();
  await store(view(site, '0 23:50'));
  await cron(site, '1 00:31');
  const { site: id, born, rand, at: when, visitor, kind, store: shop, kiosk, mode, page, flags } = view(site, '1 00:10');
  const act = {
    site: id,
    born,
    rand,
    at: when,
    visitor,
    kind,
    store: shop,
    kiosk,
    mode,
    page,
    flags,
    act: 1 as const,
    ended_at: null,
  };
  await commit(env.EVENTS, { ...noFacts(), identifications: [act] });
  expect((await ask(site, ['known_visits'], [0, 0], '1 00:32'))[0]).toBe(true);
  await cron(site, '1 00:33');
  expect(await ask(site, ['known_visits'], [0, 0], '1 00:33')).toEqual([false, 1]);
});

test('a late row makes later days say “updating”, for its visitor may recur there', async () => {
  const site = await siteOf();
  await store(view(site, '2 10:00'));
  await cron(site, '3 02:00');
  expect(await ask(site, ['recurring_visitors'], [2, 2], '3 02:00')).toEqual([false, 0]);
  await store(view(site, '0 10:00'));
  expect((await ask(site, ['recurring_visitors'], [2, 2], '3 02:00'))[0]).toBe(true);
  await cron(site, '3 02:01');
  expect(await ask(site, ['recurring_visitors'], [2, 2], '3 02:01')).toEqual([false, 1]);
});

test('pieces of a busy open day: a visit that goes on after its piece closed says “updating”, and is right when the next hour closes', async () => {
  const site = await siteOf();
  await store(view(site, '1 10:10', 80), view(site, '1 10:20', 81), view(site, '1 10:55'));
  await cron(site, '1 11:31', 3);
  await store(view(site, '1 11:20'));
  await cron(site, '1 11:32', 3);
  expect(await ask(site, ['pages_per_visit'], [1, 1], '1 11:33')).toEqual([false, 4 / 3]);
  await store(view(site, '1 11:45'));
  expect((await ask(site, ['pages_per_visit'], [1, 1], '1 11:46'))[0]).toBe(true);
  await cron(site, '1 12:31', 3);
  expect(await ask(site, ['pages_per_visit'], [1, 1], '1 12:31')).toEqual([false, 5 / 3]);
});
