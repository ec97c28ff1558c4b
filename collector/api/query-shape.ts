/** What a query may say, for the OpenAPI document; report/query.ts reads it and names what is wrong. */
import * as v from 'valibot';
import { DIMENSIONS } from '../report/dimensions.ts';
import { METRICS } from '../report/metrics.ts';
import { PERIODS } from '../report/query.ts';

const metric = v.picklist(METRICS.map((m) => m.name));
const dimension = v.union([v.picklist(DIMENSIONS.map((d) => d.name)), v.string()]);
const filter = v.pipe(
  v.array(v.unknown()),
  v.minLength(2),
  v.description(
    '["is", "page", ["/a"]] with is, is_not, contains, contains_not or matches_wildcard; ["and" | "or", [filter, …]]; ["not", filter].',
  ),
);

export const queryShape = v.object({
  site: v.optional(v.pipe(v.string(), v.description('Key of the site; may be left out where there is only one.'))),
  metrics: v.pipe(v.array(metric), v.minLength(1)),
  date_range: v.optional(
    v.pipe(
      v.union([v.picklist(PERIODS), v.tuple([v.string(), v.string()])]),
      v.description('A named period, or two dates, both included, in the time zone of the site.'),
    ),
    '28d',
  ),
  dimensions: v.optional(v.pipe(v.array(dimension), v.maxLength(2)), []),
  filters: v.optional(v.array(filter), []),
  compare: v.optional(v.nullable(v.string()), null),
  order_by: v.optional(v.array(v.tuple([v.string(), v.picklist(['asc', 'desc'])])), []),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 100),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});
