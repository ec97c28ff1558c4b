/** Filters become functions: of a text, then of whatever has the values of the dimensions. */
import type { Condition, Filter } from './filter.ts';
import { wildcard } from './wildcard.ts';

/** Whether a value's names fit a condition. A store has two: its name and its number. */
export function matchNames(c: Condition): (names: readonly string[]) => boolean {
  const fold = (text: string) => (c.ignoresCase ? text.toLowerCase() : text);
  const values = c.values.map(fold);
  const some = (test: (name: string) => boolean) => (names: readonly string[]) => names.some((name) => test(fold(name)));
  const listed = new Set(values);
  switch (c.op) {
    case 'is':
      return some((name) => listed.has(name));
    case 'is_not':
      return (names) => !some((name) => listed.has(name))(names);
    case 'contains':
      return some((name) => values.some((value) => name.includes(value)));
    case 'contains_not':
      return (names) => !some((name) => values.some((value) => name.includes(value)))(names);
    case 'matches_wildcard': {
      const patterns = values.map(wildcard);
      return some((name) => patterns.some((fits) => fits(name)));
    }
  }
}

/** All filters as one function. @param holds what a condition asks of a thing. */
export function compile<T>(filters: readonly Filter[], holds: (c: Condition) => (thing: T) => boolean): (thing: T) => boolean {
  const one = (f: Filter): ((thing: T) => boolean) => {
    if (f.op === 'not') {
      const inner = one(f.of);
      return (thing) => !inner(thing);
    }
    if (f.op === 'and' || f.op === 'or') {
      const parts = f.of.map(one);
      return f.op === 'and' ? (thing) => parts.every((p) => p(thing)) : (thing) => parts.some((p) => p(thing));
    }
    return holds(f);
  };
  const parts = filters.map(one);
  return (thing) => parts.every((p) => p(thing));
}
