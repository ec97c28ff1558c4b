/** The overview says what the questions it is made of say: every part of it, over random traffic and every kind of period. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { runWindows } from '../../collector/ingest/windows.ts';
import {
  OVERVIEW_METRICS,
  PAGE_METRICS,
  readOverview,
  SERIES_METRICS,
  SOURCE_METRICS,
  TOP,
  TOUCHPOINT_METRICS,
} from '../../collector/report/overview.ts';
import type { Compare, DateRange } from '../../collector/report/query.ts';
import type { Row } from '../../collector/report/result.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { ask } from './ask.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

const DAY = 86_400_000;

async function check(t: Traffic, range: DateRange, compare: Compare, nowMs: number, matchWeekdays = false): Promise<void> {
  const about = `${JSON.stringify(range)} ${compare} ${matchWeekdays}`;
  const overview = await readOverview(env, t.site, { range, compare, matchWeekdays }, nowMs);
  const date_range = typeof range === 'object' ? [dateOfDay(range.from), dateOfDay(range.to)] : range;
  const question = (metrics: string[], dimensions: string[], more = {}) =>
    ask(t.site, { metrics, date_range, dimensions, limit: 1000, match_weekdays: matchWeekdays, ...more }, nowMs);
  const whole = await question(OVERVIEW_METRICS, [], { compare });
  expect(overview.headline, about).toEqual(whole.totals);
  expect(overview.meta.not_measured, about).toEqual(whole.meta.not_measured);
  expect(overview.meta.updating, about).toBe(whole.meta.updating);
  const series = await question(SERIES_METRICS, [`time:${overview.series.bucket}`], { compare });
  const withoutVisitors = (rows: Row[]) => rows.map((r) => [r.dimensions, r.metrics.slice(1), r.comparison?.metrics.slice(1)]);
  // Facts could tell the visitors of an hour; the chart has none.
  if (overview.series.bucket === 'hour')
    expect(withoutVisitors(overview.series.rows), about).toEqual(withoutVisitors(series.results));
  else expect(overview.series.rows, about).toEqual(series.results);
  const stores = await question(TOUCHPOINT_METRICS, ['store'], { compare });
  for (const row of overview.touchpoints.rows) {
    const same = stores.results.find((r) => r.dimensions[0] === row.dimensions[0]);
    expect(
      row.metrics.map((m) => m ?? 0),
      `${about} ${row.dimensions}`,
    ).toEqual((same?.metrics ?? row.metrics.map(() => 0)).map((m) => m ?? 0));
    if (same?.comparison)
      expect(
        row.comparison?.metrics.map((m) => m ?? 0),
        about,
      ).toEqual(same.comparison.metrics.map((m) => m ?? 0));
  }
  const pages = await question(PAGE_METRICS, ['page']);
  expect(overview.pages.total, about).toBe(pages.meta.total_rows);
  // Visits of one path on two hosts take facts.
  const visits = PAGE_METRICS.indexOf('visits');
  const shown = overview.pages.rows.map((row, i) => ({
    ...row,
    metrics: row.metrics.map((m, at) => (at === visits && m === null ? (pages.results[i]?.metrics[at] ?? null) : m)),
  }));
  expect(shown, about).toEqual(pages.results.slice(0, TOP));
  const sources = await question(SOURCE_METRICS, ['source', 'channel']);
  expect(overview.sources.total, about).toBe(sources.meta.total_rows);
  expect(new Map(overview.sources.rows.map((r) => [r.dimensions.join(), r.metrics])), about).toEqual(
    new Map(sources.results.slice(0, TOP).map((r) => [r.dimensions.join(), r.metrics])),
  );
}

const runs: [seed: number, zone: string, endAt: string, days: number][] = [
  [12, 'Europe/Paris', '2026-10-27T15:00:00Z', 9],
  [13, 'Asia/Kolkata', '2024-03-02T20:00:00Z', 5],
  [14, 'America/New_York', '2026-03-10T03:00:00Z', 9],
  [15, 'Australia/Lord_Howe', '2026-04-07T03:00:00Z', 6],
  [17, 'UTC', '2024-03-01T12:00:00Z', 8],
];
test.each(env.LONG ? runs : runs.slice(0, 2))('seed %i in %s: each part equals its question', async (seed, zone, endAt, days) => {
  const t = await makeTraffic(seed, zone, Date.parse(endAt), days, 90);
  const part = { from: t.firstDay + 1, to: t.lastDay - 1 };
  const ranges: DateRange[] = ['day', '24h', '7d', '28d', 'all', part, { from: t.firstDay, to: t.lastDay }];
  for (const range of ranges) for (const compare of ['previous_period', null] as const) await check(t, range, compare, t.nowMs);
  await check(t, '24h', 'year', t.nowMs);
  for (const range of ['24h', part] as const) await check(t, range, 'previous_period', t.nowMs, true);
  // Few come: some for the first time in the last hours.
  const quiet = await makeTraffic(seed + 50, zone, Date.parse(endAt), days, 16);
  for (const range of ['24h', 'day'] as const) await check(quiet, range, 'previous_period', quiet.nowMs);
  // A day later, with nothing new: what was open is closed.
  while (!(await runWindows(env.EVENTS, t.site, t.nowMs + DAY, 200))) {
    /* until everything due is done */
  }
  for (const range of ['24h', '7d', 'yesterday'] as const) await check(t, range, 'previous_period', t.nowMs + DAY);
});
