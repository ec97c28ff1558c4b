/** The Wilson interval: the two examples of the reference, and what holds for every share. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from '../../collector/report/metric.ts';

test.each([
  [12, 180, 1, 3.9, 11.3],
  [3, 9, 0, 12, 65],
])('%i of %i', (k, n, decimals, low, high) => {
  const percent = wilson(k, n)?.map((share) => Number((share * 100).toFixed(decimals)));
  expect(percent).toEqual([low, high]);
});

test('the interval holds the share, lies in [0, 1], and narrows with numbers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const k = Math.round(n * share);
      const [low, high] = wilson(k, n) ?? [Number.NaN, Number.NaN];
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(k / n + 1e-12);
      expect(high).toBeGreaterThanOrEqual(k / n - 1e-12);
      const [lower, higher] = wilson(k * 4, n * 4) ?? [Number.NaN, Number.NaN];
      expect(higher - lower).toBeLessThan(high - low);
    }),
  );
  expect(wilson(0, 0)).toBeNull();
});
