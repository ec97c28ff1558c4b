/** Packed rows: what SQLite spells is what reports read, up to the last of 53 bits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbersOf } from '../../collector/report/batch.ts';
import { makePlaces } from '../../collector/report/places.ts';

test('numbers come back as they were spelled', () => {
  const whole = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(fc.array(whole), (list) => {
      expect([...numbersOf({ key: 0, packed: list.join(',') })]).toEqual(list.map((n) => n + 0));
    }),
  );
  expect([...numbersOf({ key: 0, packed: null })]).toEqual([]);
});

test('a number keeps its place, and a place its number', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (ids) => {
      const { placeOf, idAt } = makePlaces();
      const places = ids.map(placeOf);
      expect(places.map(idAt)).toEqual(ids);
      expect(ids.map(placeOf)).toEqual(places);
      expect(new Set(places).size).toBe(new Set(ids).size);
      expect(Math.max(-1, ...places)).toBe(new Set(ids).size - 1);
    }),
  );
});
