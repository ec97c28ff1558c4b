/** Lists by event and by known: out of rollups wherever windows have them, out of facts where an earlier version closed them without. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ask, tryAsk } from './ask.ts';
import { makeSite } from './fixture.ts';
import { DAY, viewOf } from './history-site.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-06-10T00:00:00Z');
const LISTS = ['event', 'known'];
const NO_CAMPAIGN = { utm_source: null, utm_medium: null, utm_campaign: null, utm_content: null, utm_term: null };

async function cron(site: Site, nowMs: number) {
  while (!(await runWindows(env.EVENTS, site, nowMs, 20))) {
    /* until everything due is done */
  }
}

test('late acts change what their visit did on the next day, too', async () => {
  const site = await makeSite(START, { zone: 'UTC' });
  const day = START + 3 * DAY;
  const act = (minutes: number, n: number) =>
    viewOf(site.id, day + minutes * MINUTE, 70, n, { origin: 0, active_ms: 1_000, foreground_ms: 1_000 });
  // From fifty minutes before midnight to a quarter past it.
  await commit(env.EVENTS, { ...noFacts(), pageviews: [act(-50, 1), act(-25, 2), act(-5, 3), act(15, 4)] });
  await cron(site, day + DAY + 31 * MINUTE);
  await commit(env.EVENTS, {
    ...noFacts(),
    names: [{ site: site.id, hash: 41, name: 'Download' }],
    origins: [{ site: site.id, hash: 5, referrer: null, source: 'letter', channel: 'email', ...NO_CAMPAIGN }],
    events: [{ ...act(-40, 5), name: 41, props: null }],
    // It is the first page now: from another source.
    pageviews: [{ ...act(-60, 6), page: 90, origin: 5 }],
  });
  const nowMs = day + DAY + 61 * MINUTE;
  await cron(site, nowMs);
  const date = new Date(day).toISOString().slice(0, 10);
  for (const source of ['auto', 'raw']) {
    const body = { metrics: ['pageviews', 'events', 'visits'], dimensions: ['event'], date_range: [date, date], source };
    const { results, meta } = await ask(site, body, nowMs);
    expect(meta.source).toBe(source === 'raw' ? 'raw' : 'rollup');
    expect(results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual([['Download', 1, 0, 0]]);
    const sources = await ask(site, { ...body, dimensions: ['source'] }, nowMs);
    expect(sources.results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual([['letter', 1, 0, 0]]);
  }
});

const bodyOf = (t: Traffic, from: number, dimension: string) => ({
  metrics: ['visits', 'pageviews', 'events', 'known_visits', 'time_on_page'],
  date_range: [dateOfDay(from), dateOfDay(t.lastDay)],
  dimensions: [dimension],
});

/** What a database looks like whose windows an earlier version closed. */
const forget = (site: Site) =>
  env.EVENTS.batch([
    env.EVENTS.prepare('DELETE FROM rollups WHERE site = ?1 AND dimension IN (8, 9)').bind(site.id),
    env.EVENTS.prepare('UPDATE closings SET lists_from = NULL WHERE site = ?1').bind(site.id),
    // Its notes of open visits had twelve numbers a visit.
    env.EVENTS.prepare("UPDATE open_visits SET visits = '1000,0,0,0,1,1,0,0,0,11,11,1' WHERE site = ?1").bind(site.id),
  ]);

// The first has pieces of its open day.
test.each([3, 8])('windows of an earlier version get their lists, and facts answer until then (seed %i)', async (seed) => {
  const t = await makeTraffic(seed, 'Europe/Paris', Date.parse('2026-05-20T15:00:00Z'), 6, 80);
  const before = await Promise.all(LISTS.map((d) => ask(t.site, bodyOf(t, t.firstDay, d), t.nowMs)));
  expect(before.map(({ meta }) => meta.source)).toEqual(['rollup', 'rollup']);
  await forget(t.site);
  const answers = async (from: number, nowMs: number) => Promise.all(LISTS.map((d) => ask(t.site, bodyOf(t, from, d), nowMs)));
  // Exactly as before, and never without the windows that have no list.
  const facts = await answers(t.firstDay, t.nowMs);
  expect(facts.map(({ meta }) => meta.source)).toEqual(['raw', 'raw']);
  expect(facts.map(({ results }) => results)).toEqual(before.map(({ results }) => results));
  expect(await tryAsk(t.site, bodyOf(t, t.firstDay, 'event'), t.nowMs, 0)).toMatchObject({ code: 'too_much' });
  // A step is a day, the latest first: what has its list reads it.
  expect(await runWindows(env.EVENTS, t.site, t.nowMs, 1, undefined, false)).toBe(true);
  const stateOf = () =>
    env.EVENTS.prepare('SELECT lists_from, days_before, sealed_before, version FROM closings WHERE site = ?1')
      .bind(t.site.id)
      .first<{ lists_from: number | null; days_before: number; sealed_before: number; version: number }>();
  expect((await stateOf())?.lists_from).toBeNull();
  const nowMs = t.nowMs + DAY;
  expect(await runWindows(env.EVENTS, t.site, nowMs, 12)).toBe(false);
  const some = await stateOf();
  expect(some?.lists_from).toBeLessThan(some?.days_before ?? 0);
  expect((await answers(t.lastDay - 1, nowMs)).map(({ meta }) => meta.source)).toEqual(['rollup', 'rollup']);
  expect((await answers(t.firstDay - 20, nowMs)).map(({ meta }) => meta.source)).toEqual(['raw', 'raw']);
  await cron(t.site, nowMs);
  const done = await stateOf();
  expect(done?.lists_from).toBe(done?.sealed_before);
  const after = await answers(t.firstDay, nowMs);
  expect(after.map(({ meta }) => meta.source)).toEqual(['rollup', 'rollup']);
  expect(after.map(({ results }) => results)).toEqual(before.map(({ results }) => results));
  // Nothing is done again.
  await cron(t.site, nowMs);
  expect((await stateOf())?.version).toBe(done?.version);
});
