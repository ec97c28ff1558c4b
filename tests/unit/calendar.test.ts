/** The calendar, in every zone the runtime knows: days follow each other without gap, and hours partition days. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DAY_MS,
  dateOfDay,
  dayOf,
  dayOfDate,
  HOUR_MS,
  hourOf,
  hoursOfDay,
  offsetAt,
  QUARTER_MS,
  startOfDay,
} from '../../collector/store/calendar.ts';

const ODD = [
  'Europe/Paris',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'America/Santiago',
  'America/Havana',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Asia/Gaza',
  'Atlantic/Azores',
  'America/Nuuk',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'Pacific/Niue',
  'UTC',
];
const zones = fc.oneof(fc.constantFrom(...ODD), fc.constantFrom(...Intl.supportedValuesOf('timeZone')));
const days = fc.integer({ min: dayOfDate('2012-01-01') ?? 0, max: dayOfDate('2037-12-31') ?? 0 });

/** What the wall clocks of a zone show, by another road than the calendar's: the runtime's own formatting of the date. */
const dateOnTheWall = (zone: string, at: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

function holds(zone: string, day: number): void {
  const [start, next] = [startOfDay(zone, day), startOfDay(zone, day + 1)];
  expect(start % QUARTER_MS).toBe(0);
  expect(dayOf(zone, start)).toBe(day);
  expect(dayOf(zone, start - 1)).toBe(day - 1);
  expect(dateOnTheWall(zone, start)).toBe(dateOfDay(day));
  const hours = hoursOfDay(zone, day);
  expect(hours[0]?.[0]).toBe(start);
  expect(hours.at(-1)?.[1]).toBe(next);
  hours.forEach(([from, to], i) => {
    expect(to - from).toBeGreaterThan(0);
    expect(to - from).toBeLessThanOrEqual(HOUR_MS);
    if (i > 0) expect(from).toBe(hours[i - 1]?.[1]);
    expect(hourOf(zone, from)).toEqual([from, to]);
    expect(hourOf(zone, to - 1)).toEqual([from, to]);
  });
}

test('any day of any zone begins where its date begins, and its hours partition it', () => {
  fc.assert(fc.property(zones, days, holds), { numRuns: 200 });
});

test('the days around every change of clocks in six years, in the odd zones', () => {
  for (const zone of ODD)
    for (let day = dayOfDate('2024-01-01') ?? 0; day < (dayOfDate('2030-01-01') ?? 0); day += 1)
      if (offsetAt(zone, day * DAY_MS) !== offsetAt(zone, (day + 1) * DAY_MS))
        for (const near of [day - 1, day, day + 1]) holds(zone, near);
}, 20_000);

test.each([
  ['Europe/Paris', '2026-03-29', 23],
  ['Europe/Paris', '2026-10-25', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['America/Havana', '2026-03-08', 23],
  ['America/Santiago', '2026-09-06', 23],
  ['Asia/Kolkata', '2026-10-25', 24],
  ['Pacific/Chatham', '2026-04-05', 25],
])('%s on %s has %d hours', (zone, date, hours) => {
  const day = dayOfDate(date) ?? 0;
  expect((startOfDay(zone, day + 1) - startOfDay(zone, day)) / HOUR_MS).toBe(hours);
  expect(hoursOfDay(zone, day)).toHaveLength(Math.ceil(hours));
});

test('Santiago and Havana skip midnight: the day begins at one', () => {
  expect(startOfDay('America/Santiago', dayOfDate('2026-09-06') ?? 0)).toBe(Date.parse('2026-09-06T04:00:00Z'));
  expect(startOfDay('America/Havana', dayOfDate('2026-03-08') ?? 0)).toBe(Date.parse('2026-03-08T05:00:00Z'));
});

test('Apia never had 30 December 2011: that day is empty, its neighbours are whole', () => {
  const missing = dayOfDate('2011-12-30') ?? 0;
  const jump = Date.parse('2011-12-30T10:00:00Z');
  expect([startOfDay('Pacific/Apia', missing), startOfDay('Pacific/Apia', missing + 1)]).toEqual([jump, jump]);
  expect(hoursOfDay('Pacific/Apia', missing)).toEqual([]);
  expect([dayOf('Pacific/Apia', jump - 1), dayOf('Pacific/Apia', jump)]).toEqual([missing - 1, missing + 1]);
  holds('Pacific/Apia', missing + 2);
});

test('dates and day numbers are one to one, and what is no date is null', () => {
  fc.assert(fc.property(days, (day) => dayOfDate(dateOfDay(day)) === day));
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', ' 2026-01-01', '2026-01-01T00:00', "'; DROP TABLE", ''])
    expect(dayOfDate(text)).toBeNull();
});

test('the day of any instant is the date on the wall', () => {
  const instants = fc.integer({ min: Date.parse('2012-01-02'), max: Date.parse('2037-12-30') });
  fc.assert(
    fc.property(zones, instants, (zone, at) => {
      expect(dateOfDay(dayOf(zone, at))).toBe(dateOnTheWall(zone, at));
    }),
    { numRuns: 300 },
  );
});
