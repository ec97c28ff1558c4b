/** When a mail may leave: by a store's own clock, whatever its zone does, against a clock that is asked minute by minute. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextMailAt, PRESENT_MS } from '../../collector/people/mail-window.ts';

const MINUTE = 60_000;
const ZONES = [
  'Europe/Paris',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Santiago',
  'UTC',
];
/** Hour and minute on the wall of a zone, by Intl alone. */
function clockIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return part('hour') * 60 + part('minute');
}
const isDay = (zone: string, at: number) => clockIn(zone, at) >= 8 * 60 && clockIn(zone, at) < 20 * 60;

test('a late mail leaves by day, as soon as it is day, in any zone and on days on which clocks change', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 366 * 24 * 60 }), (zone, minute) => {
      const at = start + minute * MINUTE;
      const due = nextMailAt(zone, at - PRESENT_MS - 1, at);
      expect(isDay(zone, due)).toBe(true);
      if (isDay(zone, at)) expect(due).toBe(at);
      else {
        expect(clockIn(zone, due)).toBe(8 * 60);
        // Not a morning later than the next one.
        for (let t = at; t < due; t += 30 * MINUTE) expect(isDay(zone, t), new Date(t).toISOString()).toBe(false);
      }
    }),
    { numRuns: 400 },
  );
});

test('whoever is still there has it at once, at any hour; so has whoever signed up on the web', () => {
  const night = Date.parse('2026-03-10T22:30:00Z');
  expect(nextMailAt('Europe/Paris', night - PRESENT_MS, night)).toBe(night);
  expect(nextMailAt('Europe/Paris', night - PRESENT_MS - 1, night)).toBe(Date.parse('2026-03-11T07:00:00Z'));
  expect(nextMailAt(null, night - 86_400_000, night)).toBe(night);
  // The night in which clocks go forward: eight in the morning is an hour earlier by UTC.
  expect(nextMailAt('Europe/Paris', 0, Date.parse('2026-03-28T20:00:00Z'))).toBe(Date.parse('2026-03-29T06:00:00Z'));
});
