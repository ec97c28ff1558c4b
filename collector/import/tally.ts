/** Adds up imported figures by dimension, day and value. A figure nobody gave stays null: not said is not zero. */
import type { ImportedCell, ImportedDimension } from '../store/imported-dimensions.ts';

/** Days × values of one import. */
export const MAX_CELLS = 250_000;
const FIGURES = ['pageviews', 'visits', 'visitors', 'events'] as const;
export type Sums = { [figure in (typeof FIGURES)[number]]?: number };

export type Tally = {
  add: (dimension: ImportedDimension, day: number, value: string, sums: Sums) => void;
  cells: () => ImportedCell[];
  isFull: () => boolean;
};

export function makeTally(): Tally {
  const cells = new Map<string, ImportedCell>();
  let isFull = false;
  return {
    add(dimension, day, value, sums) {
      const key = `${dimension} ${day} ${value}`;
      const found = cells.get(key);
      // What is too much is refused as a whole: there is no need to hold all of it.
      if (!found && cells.size >= MAX_CELLS) isFull = true;
      if (!found && isFull) return;
      const cell = found ?? { dimension, day, value, pageviews: null, visits: null, visitors: null, events: null };
      for (const figure of FIGURES) {
        const more = sums[figure];
        if (more !== undefined) cell[figure] = (cell[figure] ?? 0) + more;
      }
      cells.set(key, cell);
    },
    cells: () => [...cells.values()],
    isFull: () => isFull,
  };
}
