/** Visitor-days that are 14 months old go, in slices that may break off anywhere; the figures of every day that stays do not change. */
import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { purgeVisitors } from '../../collector/ingest/purge-visitors.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { OVERVIEW_METRICS, readOverview } from '../../collector/report/overview.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite, seeded } from './fixture.ts';
import { DAY, rowsOf, viewOf } from './history-site.ts';
import { interrupted } from './interrupted.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
/** 13 months of a web id and 30 days in which its last hits may arrive. */
const KEPT_DAYS = 427;
const VISITORS = 40;

let site: Site;
let today: number;
/** Active days of each visitor, in order: what is true, whatever is stored. */
let active: Map<number, number[]>;

/** Writes the visitor-days of the model, and the cells that they make: every day's distance to the one before and after. */
async function store(): Promise<void> {
  const days: number[][] = [];
  const cells = new Map<string, number>();
  for (const [visitor, own] of active)
    for (const [i, day] of own.entries()) {
      const [previous, next] = [own[i - 1], own[i + 1]];
      days.push([visitor, day]);
      for (const cell of [
        [day, 0, 0, previous === undefined ? 0 : day - previous],
        [day, 1, previous === undefined ? 0 : 1, next === undefined ? 0 : next - day],
        [day, 1, previous === undefined ? 0 : 1, -1],
      ])
        cells.set(cell.join(' '), (cells.get(cell.join(' ')) ?? 0) + 1);
    }
  await env.EVENTS.batch([
    env.EVENTS.prepare(
      `INSERT INTO visitor_days (site, visitor, day, kind, kiosk, store, known, engagement)
       SELECT ?1, value->>0, value->>1, 0, 0, 0, 0, 0 FROM json_each(?2)`,
    ).bind(site.id, JSON.stringify(days)),
    env.EVENTS.prepare(
      `INSERT INTO visitor_cells (site, day, forward, kind, kiosk, store, known, engagement, predecessor, gap, n)
       SELECT ?1, value->>0, value->>1, 0, 0, 0, 0, 0, value->>2, value->>3, value->>4 FROM json_each(?2)`,
    ).bind(site.id, JSON.stringify([...cells].map(([cell, n]) => [...cell.split(' ').map(Number), n]))),
    env.EVENTS.prepare('UPDATE closings SET closed_before = ?2, detail_before = ?2, days_before = ?2 WHERE site = ?1').bind(
      site.id,
      startOfDay(site.zone, today),
    ),
  ]);
}

beforeEach(async () => {
  site = await makeSite(NOW - 500 * DAY);
  today = dayOf(site.zone, NOW);
  const random = seeded(site.id);
  active = new Map();
  for (let i = 1; i <= VISITORS; i += 1) {
    const often = 1 + Math.floor(random() * 9);
    // Some were here long ago only.
    const [latest, span] = i % 6 === 1 ? [KEPT_DAYS + 1, 50] : [1, 480];
    const days = new Set(Array.from({ length: often }, () => today - latest - Math.floor(random() * span)));
    // Some at the edge itself: the last day that goes and the first that stays.
    if (i % 5 === 0) days.add(today - KEPT_DAYS - 1).add(today - KEPT_DAYS);
    active.set(
      i * 7_919,
      [...days].sort((a, b) => a - b),
    );
  }
  await store();
});

const first = () => today - KEPT_DAYS;
/** Visitors of a range, and those of them whose last day in it has one before, in the range or earlier. */
function expected(from: number, to: number): [visitors: number, recurring: number] {
  const inside = [...active.values()].filter((days) => days.some((d) => d >= from && d <= to));
  return [inside.length, inside.filter((days) => (days[0] ?? to) < Math.max(...days.filter((d) => d <= to))).length];
}
async function measured(from: number, to: number, nowMs = NOW): Promise<(number | null | undefined)[]> {
  const { headline } = await readOverview(env, site, { range: { from, to }, compare: null }, nowMs);
  return ['visitors', 'recurring_visitors'].map((name) => headline.metrics[OVERVIEW_METRICS.indexOf(name)]);
}
async function expectSame(nowMs = NOW): Promise<void> {
  const random = seeded(9);
  const ranges = Array.from({ length: 6 }, () => first() + Math.floor(random() * KEPT_DAYS)).map((from) => [
    from,
    Math.min(today - 1, from + Math.floor(random() * 200)),
  ]);
  for (const [from = 0, to = 0] of [[first(), today - 1], [first(), first()], ...ranges])
    expect(await measured(from, to, nowMs), `${from - today} to ${to - today}`).toEqual(expected(from, to));
}
const left = () => rowsOf(env.EVENTS, 'visitor_days', site.id, `day < ${first()}`);

test('the purge takes every old visitor-day and cell, and changes no figure of the days that stay', async () => {
  await expectSame();
  expect((await left()).length).toBeGreaterThan(10);
  expect(await purgeVisitors(env.EVENTS, site, NOW, 100, 3)).toBe(true);
  expect(await left()).toEqual([]);
  expect(await rowsOf(env.EVENTS, 'visitor_cells', site.id, `day < ${first()}`)).toEqual([]);
  await expectSame();
  // A visitor who comes back after the purge has still been there before.
  const returning = [...active.keys()].filter((_, i) => i % 3 === 0);
  const views = returning.map((visitor, i) => viewOf(site.id, NOW - 60_000 - i, visitor, i + 1));
  await commit(env.EVENTS, { ...noFacts(), pageviews: views });
  const later = NOW + DAY;
  while (!(await runWindows(env.EVENTS, site, later, 100))) {
    /* until today is closed as a day */
  }
  // Whoever has no day left is nobody any more: no web id lives that long.
  const known = returning.filter((visitor) => active.get(visitor)?.some((day) => day >= first()));
  expect(known.length).toBeLessThan(returning.length);
  expect(await measured(today, today, later)).toEqual([returning.length, known.length]);
});

test('slices that break off before or after any question end where one whole run ends; a second run writes nothing', async () => {
  const random = seeded(77);
  let crashes = 0;
  const shaken = interrupted(env.EVENTS, async () => {
    if (random() >= 0.2) return;
    crashes += 1;
    throw new Error('crash');
  });
  const run = () =>
    purgeVisitors(shaken, site, NOW, 1 + Math.floor(random() * 3), 1 + Math.floor(random() * 6)).catch((error: unknown) => {
      if (String(error) !== 'Error: crash') throw error;
      return false;
    });
  for (let runs = 0; !(await run()); runs += 1) if (runs > 500) throw new Error('never done');
  expect(crashes).toBeGreaterThan(3);
  expect(await left()).toEqual([]);
  await expectSame();
  const stands = await rowsOf(env.EVENTS, 'visitor_days', site.id);
  expect(await purgeVisitors(env.EVENTS, site, NOW, 100)).toBe(true);
  expect(await rowsOf(env.EVENTS, 'visitor_days', site.id)).toEqual(stands);
  // What a deleted day leaves behind is the day before the first that stays.
  for (const row of stands) {
    const days = active.get(Number(row.visitor)) ?? [];
    const gone = days.filter((day) => day < first()).at(-1) ?? 0;
    const isFirst = days.find((day) => day >= first()) === row.day;
    expect(row.earlier, `${row.visitor} ${row.day}`).toBe(isFirst ? gone : 0);
  }
});

test('a young site and one on its way are left alone', async () => {
  const before = await rowsOf(env.EVENTS, 'visitor_days', site.id);
  expect(await purgeVisitors(env.EVENTS, { ...site, createdAt: NOW - 300 * DAY }, NOW, 100)).toBe(true);
  await env.EVENTS.prepare("INSERT INTO moves (site, state, other, cursor, at) VALUES (?1, 1, 'EVENTS_2', '', 0)")
    .bind(site.id)
    .run();
  expect(await purgeVisitors(env.EVENTS, site, NOW, 100)).toBe(true);
  expect(await rowsOf(env.EVENTS, 'visitor_days', site.id)).toEqual(before);
});
