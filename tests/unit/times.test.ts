/** Histograms of active times: their quantiles against exact ones, and that they merge. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JoinedTimes } from '../../collector/report/joined-times.ts';
import { bucketOf, quantileOf, spellBucket, TIMES_ERROR, TimesCount, tidyTimes } from '../../collector/store/times.ts';

const DAY_MS = 86_400_000;
/** Times as people have them: some of a few seconds, some of hours, many the same. */
const times = fc.array(
  fc.oneof(
    fc.nat({ max: DAY_MS }),
    fc.nat({ max: 200 }),
    fc.double({ min: 0, max: Math.log(DAY_MS), noNaN: true }).map((x) => Math.floor(Math.exp(x))),
  ),
  { maxLength: 300 },
);
const write = (list: number[]) => list.map((ms) => spellBucket(bucketOf(ms), 1)).join('');
/** Nearest rank, by sorting. */
const exact = (list: number[], share: number) => [...list].sort((a, b) => a - b)[Math.ceil(share * list.length) - 1] ?? null;

test('any quantile of any times is within the stated error of the exact one', () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0.001, max: 1, noNaN: true }), (list, share) => {
      const [is, should] = [quantileOf(write(list), share, list.length), exact(list, share)];
      if (should === null) expect(is).toBeNull();
      else expect(Math.abs((is ?? Number.NaN) - should)).toBeLessThanOrEqual(TIMES_ERROR * should);
    }),
    { numRuns: 500 },
  );
});

test('the error is the stated one at both ends of every bucket of up to a day, and no better bound holds', () => {
  let worst = 0;
  for (let bucket = 0; bucket <= bucketOf(DAY_MS); bucket += 1) {
    const shift = Math.max(0, (bucket >> 5) - 1);
    const shortest = (bucket - shift * 32) * 2 ** shift;
    for (const ms of [shortest, shortest + 2 ** shift - 1]) {
      expect(bucketOf(ms)).toBe(bucket);
      const is = quantileOf(spellBucket(bucket, 1), 1, 1) ?? Number.NaN;
      worst = Math.max(worst, ms === 0 ? is : Math.abs(is - ms) / ms);
    }
  }
  expect(worst).toBeLessThan(TIMES_ERROR);
  expect(worst).toBeGreaterThan(TIMES_ERROR * 0.99);
});

test('merging is associative and commutative, and loses nothing', () => {
  fc.assert(
    fc.property(times, times, times, (a, b, c) => {
      const [x, y, z] = [write(a), tidyTimes(write(b)), write(c)];
      const whole = tidyTimes(write([...a, ...b, ...c]));
      for (const merged of [x + y + z, z + x + y, tidyTimes(x + y) + z, x + tidyTimes(y + z)])
        expect(tidyTimes(merged)).toBe(whole);
      const counted = new TimesCount();
      for (const ms of [...b, ...a, ...c]) counted.add(ms);
      expect(counted.spell()).toBe(whole);
      expect(counted.buckets().reduce((sum, [, n]) => sum + n, 0)).toBe(a.length + b.length + c.length);
    }),
    { numRuns: 200 },
  );
});

test('distributions of many windows are joined by value', () => {
  const windows = fc.array(fc.uniqueArray(fc.tuple(fc.maxSafeNat(), times), { selector: ([value]) => value, maxLength: 4 }));
  fc.assert(
    fc.property(windows, fc.maxSafeNat(), times, (all, value, own) => {
      const joined = new JoinedTimes();
      const written = [...all, [[value, own] as const]].map((rows) => rows.filter(([, list]) => list.length > 0));
      for (const rows of written) joined.add(rows.map(([of, list]) => `${of}:${tidyTimes(write(list))}`).join(';'));
      const expected = new Map<number, string>();
      for (const [of, list] of written.flat()) expected.set(of, tidyTimes((expected.get(of) ?? '') + write(list)));
      expect(new Map(joined)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('no times, or fewer than there should be, are not measured', () => {
  expect(quantileOf('', 0.5, 0)).toBeNull();
  expect(quantileOf(write([1_000, 2_000]), 0.5, 3)).toBeNull();
  expect(quantileOf(write([1_000, 2_000, 60_000]), 0.5, 3)).toBeGreaterThan(1_900);
});

test('longer than any pageview lasts counts as the longest', () => {
  expect(bucketOf(2 ** 31)).toBe(bucketOf(2 ** 27 - 1));
  expect(spellBucket(bucketOf(2 ** 27 - 1), 12)).toMatch(/^W.12$/);
});
