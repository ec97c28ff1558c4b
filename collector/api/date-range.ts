/** A period as one parameter of an address. */
import * as v from 'valibot';

export const dateRangeParameter = v.optional(
  v.pipe(v.string(), v.maxLength(40), v.description('A named period, or two dates: `2026-10-01,2026-10-31`. 28d when left out.')),
  '28d',
);

/** As a query has it: a name, or two dates. */
export function toDateRange(text: string): string | [from: string, to: string] {
  const [from, to, ...more] = text.split(',').map((part) => part.trim());
  return from !== undefined && to !== undefined && more.length === 0 ? [from, to] : text;
}
