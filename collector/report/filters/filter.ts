/** What a filter is: conditions on values of dimensions, joined by and, or and not. */
import type { Dimension } from '../dimension.ts';

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not', 'matches_wildcard'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Holds when the value fits one of `values`; `is_not` and `contains_not` when it fits none. */
export type Condition = { op: Operator; dimension: Dimension; values: readonly string[]; ignoresCase: boolean };
export type Filter =
  | Condition
  | { op: 'and'; of: readonly Filter[] }
  | { op: 'or'; of: readonly Filter[] }
  | { op: 'not'; of: Filter };

/** Bounds of what one question may ask: generous for people, and a question that costs more is an attack or an error. */
export const FILTER_LIMITS = { depth: 4, conditions: 50, values: 200, chars: 2_048 } as const;

export function conditionsOf(filters: readonly Filter[]): Condition[] {
  return filters.flatMap((f) =>
    f.op === 'and' || f.op === 'or' ? conditionsOf(f.of) : f.op === 'not' ? conditionsOf([f.of]) : [f],
  );
}

type Json = (string | readonly string[] | Json | { case_sensitive: false })[];

/** A filter as the API takes it. */
export function filterToJson(f: Filter): Json {
  if (f.op === 'and' || f.op === 'or') return [f.op, f.of.map(filterToJson)];
  if (f.op === 'not') return [f.op, filterToJson(f.of)];
  const whole: Json = [f.op, f.dimension.name, f.values];
  return f.ignoresCase ? [...whole, { case_sensitive: false }] : whole;
}
