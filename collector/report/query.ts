/** A report query: untrusted JSON becomes a typed query, or a problem that names the field. */
import * as v from 'valibot';
import { cleanText } from '../store/clean-text.ts';
import { DIMENSIONS, type Dimension, dimensionOf } from './dimensions.ts';
import type { Filter } from './filters/filter.ts';
import { readFilters } from './filters/read-filters.ts';
import type { Metric, Words } from './metric.ts';
import { METRICS, metricOf } from './metrics.ts';
import { type Compare, type DateRange, PERIODS, type Period } from './period.ts';
import { isProblem, type Problem, problem } from './problem.ts';
import { queryShape } from './query-shape.ts';
import { readRange } from './read-range.ts';

export { type Compare, type DateRange, isProblem, PERIODS, type Period, type Problem };

export type Order = { by: { metric: number } | { dimension: number }; direction: 'asc' | 'desc' };
export type Query = {
  metrics: Metric[];
  range: DateRange;
  /** At most two. */
  dimensions: Dimension[];
  /** All of them must hold. */
  filters: Filter[];
  compare: Compare;
  /** The comparison begins on the same day of the week. */
  matchWeekdays: boolean;
  /** Empty: time first, then the first metric, most first. */
  orderBy: Order[];
  limit: number;
  offset: number;
  /** `raw` reads facts even where rollups would do: the answer is of this very moment. */
  source: 'auto' | 'raw';
  /** Small cells are told: for checks of exactness only, no body of a request can ask for it. */
  showsSmall?: true;
};

const unknown = (what: 'metric' | 'dimension', field: string, name: string, known: string[]): Problem => {
  const shown = cleanText(name, 60);
  const words: Words =
    what === 'metric'
      ? { fr: `Le chiffre « ${shown} » n'existe pas. Connus : `, en: `There is no metric “${shown}”. Known: ` }
      : { fr: `La dimension « ${shown} » n'existe pas. Connues : `, en: `There is no dimension “${shown}”. Known: ` };
  return problem(`unknown_${what}`, field, { fr: `${words.fr}${known.join(', ')}.`, en: `${words.en}${known.join(', ')}.` });
};
const knownMetrics = () => METRICS.map((m) => m.name);
const knownDimensions = () => [...DIMENSIONS.map((d) => d.name), 'prop:NAME'];

function readNames<T>(names: string[], find: (name: string) => T | undefined, what: 'metric' | 'dimension'): T[] | Problem {
  const found: T[] = [];
  for (const [i, name] of names.entries()) {
    const one = find(name);
    if (one === undefined) return unknown(what, `${what}s`, name, what === 'metric' ? knownMetrics() : knownDimensions());
    if (names.indexOf(name) !== i)
      return problem('asked_twice', `${what}s`, {
        fr: `« ${name} » est demandé deux fois.`,
        en: `“${name}” is asked for twice.`,
      });
    found.push(one);
  }
  return found;
}

function readOrder(raw: [string, 'asc' | 'desc'][], metrics: Metric[], dimensions: Dimension[]): Order[] | Problem {
  const orders: Order[] = [];
  for (const [name, direction] of raw) {
    const [metric, dimension] = [metrics.findIndex((m) => m.name === name), dimensions.findIndex((d) => d.name === name)];
    if (metric < 0 && dimension < 0)
      return problem('not_asked', 'order_by', {
        fr: 'Triez par un chiffre ou une dimension de la question.',
        en: 'Order by a metric or a dimension that is asked for.',
      });
    orders.push({ by: metric < 0 ? { dimension } : { metric }, direction });
  }
  return orders;
}

/** Reads the body of `POST /api/v1/query`. */
export function readQuery(body: unknown): Query | Problem {
  const parsed = v.safeParse(queryShape, body);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const field = cleanText(String(issue.path?.[0]?.key ?? 'body'), 60);
    const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
    return isUnknown
      ? problem('unknown_field', field, { fr: `Le champ « ${field} » n'existe pas.`, en: `There is no field “${field}”.` })
      : problem('bad_query', field, { fr: `« ${field} » n'a pas la forme attendue.`, en: cleanText(issue.message, 200) });
  }
  const q = parsed.output;
  const metrics = readNames(q.metrics, metricOf, 'metric');
  if (isProblem(metrics)) return metrics;
  const dimensions = readNames(q.dimensions, dimensionOf, 'dimension');
  if (isProblem(dimensions)) return dimensions;
  const range = readRange(q.date_range);
  if (typeof range === 'object' && isProblem(range)) return range;
  const filters = readFilters(q.filters);
  if (isProblem(filters)) return filters;
  const orderBy = readOrder(q.order_by, metrics, dimensions);
  if (isProblem(orderBy)) return orderBy;
  const { compare, limit, offset, source } = q;
  return { metrics, range, dimensions, filters, compare, matchWeekdays: q.match_weekdays, orderBy, limit, offset, source };
}
