/** Periods: what a range is compared with, and how two kinds of buckets cut it, in zones that shift. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparedSpan } from '../../collector/report/compared-span.ts';
import { dimensionOf } from '../../collector/report/dimensions.ts';
import { spanOfDays } from '../../collector/report/period.ts';
import { bucketNames, cutTime, pieceFinder } from '../../collector/report/time-cut.ts';
import { dateOfDay, dayOf } from '../../collector/store/calendar.ts';
import type { Site } from '../../collector/store/sites.ts';

const siteIn = (zone: string): Site => ({ id: 1, key: 'k', name: '', hosts: [], zone, language: 'fr', createdAt: 0 });
const ZONES = ['UTC', 'Europe/Paris', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/St_Johns'];
const span = fc.tuple(fc.constantFrom(...ZONES), fc.integer({ min: 15_000, max: 25_000 }), fc.integer({ min: 0, max: 400 }));
/** 0 = Monday; day 0 was a Thursday. */
const weekday = (day: number) => (day + 3) % 7;

test('matched weekdays: as many days, the same days of the week, before the period, and no week further back than needed', () => {
  fc.assert(
    fc.property(span, ([zone, from, more]) => {
      const asked = spanOfDays(zone, from, from + more);
      const before = comparedSpan(siteIn(zone), asked, 'previous_period', true);
      if (!before) throw new Error('no comparison');
      expect(before.to - before.from).toBe(more);
      expect(weekday(before.from)).toBe(weekday(from));
      expect(before.to).toBeLessThan(from);
      expect(before.to + 7).toBeGreaterThanOrEqual(from);
      expect([dayOf(zone, before.start), dayOf(zone, before.end - 1)]).toEqual([before.from, before.to]);
      const year = comparedSpan(siteIn(zone), asked, 'year', true);
      expect([year?.from, year?.to]).toEqual([from - 364, from + more - 364]);
    }),
  );
});

test.each([
  ['2024-02-29', '2024-02-29', 'year', false, '2023-02-28', '2023-02-28'],
  ['2026-11-16', '2026-11-22', 'previous_period', false, '2026-11-09', '2026-11-15'],
  ['2026-11-18', '2026-11-19', 'previous_period', false, '2026-11-16', '2026-11-17'],
  ['2026-11-18', '2026-11-19', 'previous_period', true, '2026-11-11', '2026-11-12'],
  ['2026-11-18', '2026-11-18', 'year', true, '2025-11-19', '2025-11-19'],
] as const)('%s to %s, %s, weekdays %s: %s to %s', (from, to, compare, match, before, until) => {
  const day = (date: string) => Date.parse(date) / 86_400_000;
  const found = comparedSpan(siteIn('UTC'), spanOfDays('UTC', day(from), day(to)), compare, match);
  expect([dateOfDay(found?.from ?? 0), dateOfDay(found?.to ?? 0)]).toEqual([before, until]);
});

const TIMES = ['time:hour', 'time:day', 'time:week', 'time:month'];
test('any two kinds of buckets cut a span into pieces that cover it once, each in one bucket of both', () => {
  fc.assert(
    fc.property(span, fc.subarray(TIMES, { minLength: 1, maxLength: 2 }), ([zone, from, more], names) => {
      const site = siteIn(zone);
      const asked = spanOfDays(zone, from, from + (more % 70));
      const dimensions = names.flatMap((name) => dimensionOf(name) ?? []);
      const pieces = cutTime(site, asked, dimensions, bucketNames(site, asked, dimensions));
      expect(pieces[0]?.start).toBe(asked.start);
      expect(pieces.at(-1)?.end).toBe(asked.end);
      for (const [i, piece] of pieces.entries()) {
        expect(piece.end).toBeGreaterThan(piece.start);
        if (i > 0) expect(pieces[i - 1]?.end).toBe(piece.start);
        expect([dayOf(zone, piece.start), dayOf(zone, piece.end - 1)]).toEqual([piece.from, piece.to]);
      }
      expect(new Set(pieces.map((p) => p.labels.join(' '))).size).toBe(pieces.length);
      const find = pieceFinder(pieces);
      const middle = pieces[pieces.length >> 1];
      expect(find(middle?.start ?? 0)).toBe(middle);
      expect(find((middle?.end ?? 0) - 1)).toBe(middle);
      expect(find(asked.start - 1) ?? find(asked.end)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

test('weeks begin on Monday, and a day of 25 hours has 25', () => {
  const [week, hour] = ['time:week', 'time:hour'].flatMap((name) => dimensionOf(name) ?? []);
  if (!week || !hour) throw new Error('no such dimensions');
  const day = Date.parse('2026-10-25') / 86_400_000;
  const site = siteIn('Europe/Paris');
  const [weeks] = bucketNames(site, spanOfDays(site.zone, day - 5, day + 3), [week]);
  expect(weeks).toEqual(['2026-10-20', '2026-10-26']);
  const [hours] = bucketNames(site, spanOfDays(site.zone, day, day), [hour]);
  expect(hours?.slice(1, 5)).toEqual([
    '2026-10-25T01:00+02:00',
    '2026-10-25T02:00+02:00',
    '2026-10-25T02:00+01:00',
    '2026-10-25T03:00+01:00',
  ]);
  expect(hours).toHaveLength(25);
});
