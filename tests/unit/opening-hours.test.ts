/** Opening hours against a count of minutes on the wall clock, through both changes of the clock. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hours, isOpenAt, longestOpenMs, openTimes } from '../../collector/fleet/opening-hours.ts';

const MINUTE = 60_000;
const openMsBetween = (...asked: Parameters<typeof openTimes>) =>
  openTimes(...asked).reduce((sum, [opens, closes]) => sum + closes - opens, 0);
const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The oracle: what a clock on the wall shows at an instant, and whether the door is open then. */
function isOpen(hours: Hours, at: number): boolean {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const minutes = Number(part.hour) * 60 + Number(part.minute);
  const open = hours[DAYS.indexOf(part.weekday ?? '')];
  return open !== null && open !== undefined && minutes >= open[0] && minutes < open[1];
}

const day = fc.option(
  fc
    .tuple(fc.integer({ min: 24, max: 60 }), fc.integer({ min: 61, max: 96 }))
    .map(([a, b]): [number, number] => [a * 15, b * 15]),
  { nil: null },
);
const week = fc.array(day, { minLength: 7, maxLength: 7 });
/** Around the changes of 29 March and 25 October 2026, and a plain week. */
const starts = ['2026-03-27T00:00:00Z', '2026-10-23T00:00:00Z', '2026-06-01T00:00:00Z'].map(Date.parse);

test('what is summed is what the wall clock shows, minute by minute', () => {
  fc.assert(
    fc.property(
      week,
      fc.constantFrom(...starts),
      fc.integer({ min: 0, max: 4 * 96 }),
      fc.integer({ min: 0, max: 96 }),
      (hours, start, quarter, length) => {
        const from = start + quarter * 15 * MINUTE;
        const to = from + length * 15 * MINUTE;
        let minutes = 0;
        for (let at = from; at < to; at += 15 * MINUTE) if (isOpen(hours, at)) minutes += 15;
        expect(openMsBetween(hours, 'Europe/Paris', from, to)).toBe(minutes * MINUTE);
        expect(isOpenAt(hours, 'Europe/Paris', from)).toBe(isOpen(hours, from));
      },
    ),
    { numRuns: 150 },
  );
});

test('a bar that closes at two in the morning is open on both days', () => {
  const hours: Hours = [null, null, null, null, [18 * 60, 2 * 60], null, null];
  const friday = Date.parse('2026-06-05T00:00:00+02:00');
  expect(openMsBetween(hours, 'Europe/Paris', friday, friday + 2 * 86_400_000)).toBe(8 * 60 * MINUTE);
  expect(isOpenAt(hours, 'Europe/Paris', Date.parse('2026-06-06T01:30:00+02:00'))).toBe(true);
  expect(isOpenAt(hours, 'Europe/Paris', Date.parse('2026-06-06T02:30:00+02:00'))).toBe(false);
});

test('times are apart, and the longest is found through a night', () => {
  // Friday from six in the evening to two, Saturday from one on: open for one long stretch.
  const hours: Hours = [null, null, null, null, [18 * 60, 2 * 60], [60, 12 * 60], null];
  const friday = Date.parse('2026-06-05T00:00:00+02:00');
  expect(openTimes(hours, 'Europe/Paris', friday, friday + 3 * 86_400_000)).toEqual([
    [friday + 18 * 60 * MINUTE, friday + 36 * 60 * MINUTE],
  ]);
  const shop: Hours = [...Array.from({ length: 6 }, (): [number, number] => [600, 1_140]), null];
  const evening = friday + 1_130 * MINUTE;
  expect(longestOpenMs(shop, 'Europe/Paris', evening, friday + (1_440 + 605) * MINUTE)).toBe(10 * MINUTE);
  expect(longestOpenMs(shop, 'Europe/Paris', evening, friday + (1_440 + 630) * MINUTE)).toBe(30 * MINUTE);
});
