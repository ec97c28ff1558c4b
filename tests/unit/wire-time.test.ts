/** The correction of clocks: both readings are of one clock, so its error cancels. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctTime } from '../../collector/collect/read-about.ts';
import { spellWireId, splitWireId } from '../../collector/store/wire-id.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-10-20T12:00:00Z');

test('the vector of the reference: made at 1,000,000, sent at 1,005,000, received at 9,005,200', () => {
  expect(correctTime(1_000_000, 1_005_000, 9_005_200).at).toBe(9_000_200);
});

test('a constant error of any size cancels; one above a day is flagged, and so is time that runs backwards', () => {
  const error = fc.integer({ min: -60 * 365 * DAY, max: 60 * 365 * DAY });
  fc.assert(
    fc.property(error, fc.integer({ min: 0, max: 40 * DAY }), fc.nat(20_000), (wrong, age, delay) => {
      const sentAt = NOW + wrong;
      const { at, ageMs, flags } = correctTime(sentAt - age, sentAt, NOW + delay);
      expect([at, ageMs]).toEqual([NOW + delay - age, age]);
      expect(flags).toBe(Math.abs(delay - wrong) > DAY ? 1 : 0);
    }),
  );
  expect(correctTime(NOW + 5_000, NOW, NOW)).toEqual({ at: NOW, ageMs: 0, flags: 1 });
  expect(correctTime(NOW + 500, NOW, NOW)).toEqual({ at: NOW, ageMs: 0, flags: 0 });
});

test('nothing happens after it was received, whatever the sender says', () => {
  const any = fc.integer({ min: 0, max: 8.64e15 });
  fc.assert(fc.property(any, any, (born, sentAt) => correctTime(born, sentAt, NOW).at <= NOW));
});

test('an id is two exact integers and back', () => {
  const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(id, (text) => {
      const { born, rand } = splitWireId(text);
      expect(Number.isSafeInteger(born) && Number.isSafeInteger(rand)).toBe(true);
      expect(spellWireId({ born, rand })).toBe(text);
    }),
  );
});
