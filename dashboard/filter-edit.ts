/** Changes of a view's filters: a row that was clicked, a part that is taken off, a condition that is added. */
import { dimensionOf } from '../collector/report/dimensions.ts';
import type { Condition, Filter } from '../collector/report/filters/filter.ts';
import { filtersToText } from '../collector/report/filters/filter-text.ts';

/** A value of a dimension, as a row of a table has it. */
export type Picked = readonly [dimension: string, value: string];

const isPlain = (f: Filter): f is Condition => f.op === 'is';

/** The filters with a row's values: a dimension that is already one value becomes the other. */
export function withPicked(filters: readonly Filter[], picked: readonly Picked[]): Filter[] {
  const added = picked.flatMap(([name, value]): Filter[] => {
    const dimension = dimensionOf(name);
    return dimension ? [{ op: 'is', dimension, values: [value], ignoresCase: false }] : [];
  });
  const names = new Set(picked.map(([name]) => name));
  return [...filters.filter((f) => !(isPlain(f) && names.has(f.dimension.name))), ...added];
}

/** Whether every value is what the filters already say. */
export const isPicked = (filters: readonly Filter[], picked: readonly Picked[]): boolean =>
  picked.every(([name, value]) =>
    filters.some((f) => isPlain(f) && f.dimension.name === name && f.values.length === 1 && f.values[0] === value),
  );

export const without = (filters: readonly Filter[], at: number): Filter[] => filters.filter((_, i) => i !== at);

/** The filters and one more, unless it is there already. */
export const withOne = (filters: readonly Filter[], added: Filter): Filter[] =>
  filters.some((f) => filtersToText([f]) === filtersToText([added])) ? [...filters] : [...filters, added];
