/** Values of dimensions as acts have them, and filters on them: worked out once per value where a value is a number. */
import type { TailVisit } from '../derive-visits.ts';
import type { Dimension, Seen } from '../dimension.ts';
import { NONE } from '../dimension.ts';
import type { Condition } from '../filters/filter.ts';
import { matchNames } from '../filters/match.ts';
import { VISIT_VALUE } from '../tail-cells.ts';
import { namer, namesOf, type Texts } from '../value-names.ts';

/** The number that stands for the value, or null for values that are worked out, and for acts without an event. */
export function valueAt(d: Dimension, seen: Seen): number | null {
  if (d.rollup === 'event') return seen.event?.name ?? null;
  if (d.rollup === null || d.bucket) return null;
  return d.rollup === 'page' ? seen.fact.page : VISIT_VALUE[d.rollup](seen.visit);
}

/** The shown name of an act's value. */
export function valueReader(d: Dimension, texts: Texts): (seen: Seen) => string {
  const { of } = d;
  if (of) return of;
  const name = namer(d, texts);
  return (seen) => {
    const value = valueAt(d, seen);
    return value === null ? NONE : name(value);
  };
}

/** Whether an act's value fits a condition. */
export function conditionReader(c: Condition, texts: Texts): (seen: Seen) => boolean {
  const fits = matchNames(c);
  const { dimension: d } = c;
  const { of } = d;
  const known = new Map<string | number, boolean>();
  const remember = (key: string | number, names: () => readonly string[]): boolean => {
    let found = known.get(key);
    if (found === undefined) {
      found = fits(names());
      known.set(key, found);
    }
    return found;
  };
  return (seen) => {
    if (of) {
      const name = of(seen);
      return remember(name, () => [name]);
    }
    const value = valueAt(d, seen);
    return value === null ? remember(NONE, () => [NONE]) : remember(value, () => namesOf(d, value, texts));
  };
}

/** All values of a dimension that some visits have. */
export function valuesIn(d: Dimension, visits: readonly TailVisit[]): Set<number> {
  const values = new Set<number>();
  for (const v of visits) {
    if (d.rollup === 'event') for (const f of v.facts) f.what === 'event' && values.add(f.name);
    else if (d.rollup === 'page') for (const f of v.facts) values.add(f.page);
    else if (d.rollup !== null) values.add(VISIT_VALUE[d.rollup](v));
  }
  return values;
}
