/** What a query looks like before its names are looked up: field by field, nothing unknown. */
import * as v from 'valibot';

/** Bounds of one question. */
export const QUERY_LIMITS = { metrics: 40, rows: 1_000, offset: 100_000, buckets: 2_000, orders: 4 } as const;

export const queryShape = v.strictObject({
  site: v.optional(v.string()),
  metrics: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(QUERY_LIMITS.metrics)),
  date_range: v.optional(v.union([v.string(), v.strictTuple([v.string(), v.string()])]), '28d'),
  dimensions: v.optional(v.pipe(v.array(v.string()), v.maxLength(2)), []),
  filters: v.optional(v.array(v.unknown()), []),
  compare: v.optional(v.nullable(v.picklist(['previous_period', 'year'])), null),
  match_weekdays: v.optional(v.boolean(), false),
  order_by: v.optional(
    v.pipe(v.array(v.strictTuple([v.string(), v.picklist(['asc', 'desc'])])), v.maxLength(QUERY_LIMITS.orders)),
    [],
  ),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUERY_LIMITS.rows)), 100),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(QUERY_LIMITS.offset)), 0),
  source: v.optional(v.picklist(['auto', 'raw']), 'auto'),
});
