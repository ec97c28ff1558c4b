/** Small cells: whoever knows the rule and reads the whole answer finds at least two values for each cell that is not told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, hideSmall } from '../../collector/report/small-cells.ts';

const RUNS = process.env.COMPTOIR_LONG ? 600 : 60;
/** What anybody can see of a table: the cells that are told, which ones are not, and the sums, where they are told. */
function publish(cells: readonly Cell[]): string {
  const { keys, total } = hideSmall(cells);
  const told = cells.map((cell) => [cell.key, keys.has(cell.key) ? null : cell.counts, cell.most]);
  const sums = cells[0]?.counts.map((_, at) => cells.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));
  return JSON.stringify([told, total ? null : sums]);
}

/** Every table that would be published like this one: the cells that are not told take all values they could have. */
function* twins(cells: readonly Cell[]): Generator<Cell[]> {
  const seen = publish(cells);
  const { keys } = hideSmall(cells);
  const slots = cells.flatMap((cell, i) => (keys.has(cell.key) ? cell.counts.map((_, at) => [i, at] as const) : []));
  const tried = cells.map((cell) => ({ ...cell, counts: [...cell.counts] }));
  function* fill(slot: number): Generator<Cell[]> {
    const [i, at] = slots[slot] ?? [];
    const cell = i === undefined ? undefined : tried[i];
    if (cell === undefined || at === undefined) {
      if (publish(tried) === seen) yield tried.map((one) => ({ ...one, counts: [...one.counts] }));
      return;
    }
    for (let n = 0; n <= (cell.most[at] ?? 0); n += 1) {
      cell.counts[at] = n;
      yield* fill(slot + 1);
    }
  }
  yield* fill(0);
}

/** Values around the limit, with as many people as could be at most. */
const cellOf = (figures: number) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) },
          { weight: 2, arbitrary: fc.integer({ min: 10, max: 14 }) },
        ),
        fc.integer({ min: 0, max: 4 }),
      ),
      {
        minLength: figures,
        maxLength: figures,
      },
    )
    .map((pairs) => ({ counts: pairs.map(([n]) => n), most: pairs.map(([n, more]) => Math.max(1, n + more)) }));
const table = (figures: number, most: number) =>
  fc
    .array(cellOf(figures), { minLength: 1, maxLength: most })
    .map((cells): Cell[] => cells.map((cell, i) => ({ ...cell, key: `row ${i}` })));

function expectOpen(cells: readonly Cell[]): void {
  const { keys } = hideSmall(cells);
  const found = new Map<string, Set<number>>();
  for (const twin of twins(cells))
    for (const { key, counts } of twin)
      counts.forEach((n, at) => {
        const slot = `${key} ${at}`;
        found.set(slot, (found.get(slot) ?? new Set()).add(n ?? -1));
      });
  for (const { key, counts } of cells)
    counts.forEach((n, at) => {
      if (n !== null && n < 10 && keys.has(key))
        expect([...(found.get(`${key} ${at}`) ?? [])].length, `${key}, figure ${at}`).toBeGreaterThan(1);
    });
}

test('every cell under ten is hidden, and none can be worked out from the whole answer', () => {
  fc.assert(
    fc.property(table(1, 5), (cells) => {
      const { keys } = hideSmall(cells);
      for (const { key, counts } of cells) if ((counts[0] ?? 0) < 10) expect(keys.has(key)).toBe(true);
      fc.pre(keys.size <= 3);
      expectOpen(cells);
    }),
    { numRuns: RUNS },
  );
}, 300_000);

test('nor from two figures about the same persons', () => {
  fc.assert(
    fc.property(table(2, 3), (cells) => {
      fc.pre(hideSmall(cells).keys.size <= 2);
      expectOpen(cells);
    }),
    { numRuns: RUNS / 4 },
  );
}, 300_000);

test('the next smallest goes with a single small cell; where the sum would tell, it is not told', () => {
  const of = (...counts: number[]): Cell[] => counts.map((n, i) => ({ key: String(i), counts: [n], most: [1_000] }));
  const told = (cells: Cell[]) => {
    const { keys, total } = hideSmall(cells);
    return [cells.map(({ key, counts }) => (keys.has(key) ? null : counts[0])), total];
  };
  expect(told(of(40, 25, 12))).toEqual([[40, 25, 12], false]);
  expect(told(of(40, 25, 3))).toEqual([[40, null, null], false]);
  expect(told(of(40, 3))).toEqual([[null, null], false]);
  expect(told(of(3))).toEqual([[null], true]);
  // All that are hidden are nought: their sum would say so.
  expect(told(of(0, 0))).toEqual([[null, null], true]);
  // The second ten shows that the first is no more than ten, so the sum would give the nine away.
  expect(told(of(9, 10, 10))).toEqual([[null, null, 10], true]);
});

test('which cells are hidden does not depend on the order of the rows', () => {
  fc.assert(
    fc.property(table(2, 6), fc.infiniteStream(fc.nat()), (cells, picks) => {
      const shuffled = cells
        .map((cell) => ({ cell, at: picks.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ cell }) => cell);
      const [one, two] = [hideSmall(cells), hideSmall(shuffled)];
      expect([[...one.keys].sort(), one.total]).toEqual([[...two.keys].sort(), two.total]);
    }),
  );
});
