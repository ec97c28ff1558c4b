/** Ranks of stores: given only where intervals are apart, and the same whatever the order in which stores are listed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from '../../collector/report/metric.ts';
import { rankApart } from '../../collector/report/rank-apart.ts';

type Store = { name: string; optIns: number; visits: number };
const intervalOf = ({ optIns, visits }: Store) => wilson(optIns, visits);
const rank = (stores: Store[]) => rankApart(stores, ({ name }) => name, intervalOf, 'fr');
const shown = (stores: Store[]) => rank(stores).map(({ item, rank: r }) => [item.name, r && `${r.from}-${r.to}`]);

test('12 of 180 and 2 of 9 cannot be told apart, and stand by name', () => {
  const stores = [
    { name: 'Lyon', optIns: 2, visits: 9 },
    { name: 'Évry', optIns: 12, visits: 180 },
    { name: 'Zurich', optIns: 0, visits: 0 },
  ];
  expect(shown(stores)).toEqual([
    ['Évry', '1-2'],
    ['Lyon', '1-2'],
    ['Zurich', null],
  ]);
  expect(shown([...stores, { name: 'Brest', optIns: 700, visits: 1_000 }])).toEqual([
    ['Brest', '1-1'],
    ['Évry', '2-3'],
    ['Lyon', '2-3'],
    ['Zurich', null],
  ]);
});

const store = fc
  .record({ visits: fc.integer({ min: 0, max: 3_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ visits, share }) => ({ visits, optIns: Math.round(visits * share) }));

test('two stores have different ranks exactly when nothing between them overlaps', () => {
  fc.assert(
    fc.property(fc.array(store, { maxLength: 12 }), fc.integer(), (made, turn) => {
      const stores = made.map((one, i) => ({ ...one, name: `store ${String(i).padStart(2, '0')}` }));
      const ranked = rank(stores);
      expect(ranked.map(({ item }) => item.name).sort()).toEqual(stores.map(({ name }) => name));
      const measured = ranked.filter((one) => one.rank !== null);
      for (const a of measured)
        for (const b of measured) {
          const [x, y] = [intervalOf(a.item), intervalOf(b.item)];
          if (!x || !y || !a.rank || !b.rank) throw new Error('ranked without an interval');
          // A better rank is one whose whole interval lies above.
          if (a.rank.from < b.rank.from) expect(x[0]).toBeGreaterThan(y[1]);
          else if (b.rank.from === a.rank.from && a.rank.from === a.rank.to) expect(a).toBe(b);
        }
      for (const [i, { rank: r }] of measured.entries()) expect(r && r.from <= i + 1 && i + 1 <= r.to).toBe(true);
      // Each group holds together: in the order of their upper ends, none is above all that follow.
      for (const { rank: r } of measured) {
        if (!r || r.from === r.to) continue;
        const ends = measured
          .filter((one) => one.rank?.from === r.from)
          .map(({ item }): readonly [number, number] => intervalOf(item) ?? [0, 0])
          .sort((x, y) => y[1] - x[1]);
        for (let i = 1; i < ends.length; i += 1)
          expect(Math.min(...ends.slice(0, i).map(([low]) => low))).toBeLessThanOrEqual(ends[i]?.[1] ?? -1);
      }
      const from = stores.length ? Math.abs(turn) % stores.length : 0;
      expect(shown([...stores.slice(from), ...stores.slice(0, from)])).toEqual(shown(stores));
    }),
  );
});
