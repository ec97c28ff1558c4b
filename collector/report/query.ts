/** A report query: untrusted JSON becomes a typed query, or a problem that names the field. */
import * as v from 'valibot';
import { dayOfDate } from '../store/calendar.ts';
import { DIMENSIONS, type Dimension, dimensionOf } from './dimensions.ts';
import type { Metric } from './metric.ts';
import { METRICS, metricOf } from './metrics.ts';
import { type Compare, type DateRange, PERIODS, type Period } from './period.ts';

export { type Compare, type DateRange, PERIODS, type Period };

/** Restricts to a touchpoint, a store or a kiosk. */
export type Filter = { dimension: 'touchpoint' | 'store' | 'kiosk'; values: string[] };
export type Query = {
  metrics: Metric[];
  range: DateRange;
  dimension: Dimension | null;
  filters: Filter[];
  compare: Compare;
  orderBy: [metric: string, direction: 'asc' | 'desc'] | null;
  limit: number;
  offset: number;
};
export type Problem = { code: string; field: string; detail: string };

const MAX_LIMIT = 1_000;
const shape = v.object({
  site: v.optional(v.string()),
  metrics: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(30)),
  date_range: v.optional(v.union([v.string(), v.tuple([v.string(), v.string()])]), '28d'),
  dimensions: v.optional(v.pipe(v.array(v.string()), v.maxLength(2)), []),
  filters: v.optional(v.pipe(v.array(v.tuple([v.string(), v.string(), v.array(v.string())])), v.maxLength(20)), []),
  compare: v.optional(v.nullable(v.picklist(['previous_period', 'year'])), null),
  order_by: v.optional(v.pipe(v.array(v.tuple([v.string(), v.picklist(['asc', 'desc'])])), v.maxLength(1)), []),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT)), 100),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)), 0),
});

const problem = (code: string, field: string, detail: string): Problem => ({ code, field, detail });
const isProblem = (value: object): value is Problem => 'code' in value;
const isPeriod = (text: string): text is Period => PERIODS.some((p) => p === text);

function readRange(raw: string | [string, string]): DateRange | Problem {
  if (typeof raw === 'string')
    return isPeriod(raw) ? raw : problem('unknown_period', 'date_range', `Use one of ${PERIODS.join(', ')}, or two dates.`);
  const [from, to] = raw.map(dayOfDate);
  if (from === null || from === undefined || to === null || to === undefined)
    return problem('impossible_date', 'date_range', 'Dates are written 2026-10-31 and must exist.');
  if (to < from) return problem('impossible_date', 'date_range', 'The second date is before the first.');
  return { from, to };
}

function readFilters(raw: [string, string, string[]][]): Filter[] | Problem {
  const filters: Filter[] = [];
  for (const [operator, dimension, values] of raw) {
    if (!dimensionOf(dimension))
      return problem('unknown_dimension', 'filters', `There is no dimension “${dimension.slice(0, 40)}”.`);
    if (dimension !== 'touchpoint' && dimension !== 'store' && dimension !== 'kiosk')
      return problem('not_supported', 'filters', 'Filters work on touchpoint, store and kiosk.');
    if (operator !== 'is') return problem('not_supported', 'filters', 'The operator of a filter is “is”.');
    filters.push({ dimension, values });
  }
  return filters;
}

/** Reads the body of `POST /api/v1/query`. */
export function readQuery(body: unknown): Query | Problem {
  const parsed = v.safeParse(shape, body);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    return problem('bad_query', String(issue.path?.[0]?.key ?? 'body'), issue.message);
  }
  const q = parsed.output;
  const metrics: Metric[] = [];
  for (const name of q.metrics) {
    const metric = metricOf(name);
    if (!metric)
      return problem(
        'unknown_metric',
        'metrics',
        `There is no metric “${name.slice(0, 40)}”. Known: ${METRICS.map((m) => m.name).join(', ')}.`,
      );
    metrics.push(metric);
  }
  if (q.dimensions.length > 1) return problem('not_supported', 'dimensions', 'One dimension at a time.');
  const [name] = q.dimensions;
  const dimension = name === undefined ? null : dimensionOf(name);
  if (dimension === undefined)
    return problem(
      'unknown_dimension',
      'dimensions',
      `There is no dimension “${(name ?? '').slice(0, 40)}”. Known: ${DIMENSIONS.map((d) => d.name).join(', ')}.`,
    );
  const range = readRange(q.date_range);
  if (typeof range === 'object' && isProblem(range)) return range;
  const filters = readFilters(q.filters);
  if (isProblem(filters)) return filters;
  if (filters.length > 0 && dimension && dimension.rollup !== 'touchpoint' && dimension.rollup !== 'total') {
    return problem('not_supported', 'filters', 'This dimension cannot be filtered by touchpoint, store or kiosk.');
  }
  const order = q.order_by[0] ?? null;
  if (order && !metrics.some((m) => m.name === order[0]))
    return problem('unknown_metric', 'order_by', 'Order by a metric that is asked for.');
  return { metrics, range, dimension, filters, compare: q.compare, orderBy: order, limit: q.limit, offset: q.offset };
}
