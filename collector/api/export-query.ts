/** A query as the parameters of an address, for exports that a spreadsheet or a bookmark asks for. */
import * as v from 'valibot';
import { type Query, readQuery } from '../report/query.ts';
import type { QueryResult } from '../report/result.ts';
import type { Cell } from './csv.ts';
import { toDateRange } from './date-range.ts';
import { type Fault, isFault } from './problem.ts';
import { siteParameter } from './shapes.ts';

/** Rows of one export; more come with `offset`. */
export const EXPORT_ROWS = 50_000;
const text = (description: string) => v.optional(v.pipe(v.string(), v.maxLength(8_000), v.description(description)));

export const exportParameters = {
  site: siteParameter,
  query: text('A whole query as JSON, as POST /query takes it. The other parameters then say nothing.'),
  metrics: text('Names with commas between: `visits,pageviews`.'),
  dimensions: text('At most two names, with a comma between.'),
  date_range: text('A named period, or two dates: `2026-10-01,2026-10-31`. 28d when left out.'),
  filters: text('Filters as JSON: `[["is","page",["/a"]]]`.'),
  compare: text('`previous_period` or `year`: adds two columns for each metric.'),
  match_weekdays: text('`true`: the comparison lies whole weeks back.'),
  order_by: text('`visits:desc`; several with commas between.'),
  limit: text(`At most so many rows; ${EXPORT_ROWS} when left out.`),
  offset: text('How many rows to leave out before the first.'),
};
export type ExportParameters = { [name in keyof typeof exportParameters]?: string | undefined };

const list = (value: string) => value.split(',').map((part) => part.trim());
const fault = (field: string, detail: string): Fault => ({ code: 'bad_parameter', field, detail });

function readJson(value: string, field: string): { value: unknown } | Fault {
  try {
    return { value: JSON.parse(value) };
  } catch {
    return fault(field, `“${field}” is not JSON.`);
  }
}

/** The body that POST /query would have been sent. */
function toBody(p: ExportParameters): Record<string, unknown> | Fault {
  if (p.query !== undefined) {
    const read = readJson(p.query, 'query');
    if (isFault(read)) return read;
    return typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)
      ? { ...read.value }
      : fault('query', '“query” is not an object.');
  }
  const body: Record<string, unknown> = {};
  if (p.metrics !== undefined) body.metrics = list(p.metrics);
  if (p.dimensions !== undefined && p.dimensions !== '') body.dimensions = list(p.dimensions);
  if (p.date_range !== undefined) body.date_range = toDateRange(p.date_range);
  if (p.compare !== undefined) body.compare = p.compare;
  if (p.match_weekdays !== undefined)
    body.match_weekdays = p.match_weekdays === 'true' || (p.match_weekdays === 'false' ? false : p.match_weekdays);
  if (p.order_by !== undefined)
    body.order_by = list(p.order_by).map((one) => {
      // A dimension's name may have a colon of its own: `time:day:asc`.
      const [, name = one, direction = 'desc'] = /^(.*?)(?::(asc|desc))?$/.exec(one) ?? [];
      return [name, direction];
    });
  if (p.filters !== undefined) {
    const read = readJson(p.filters, 'filters');
    if (isFault(read)) return read;
    body.filters = read.value;
  }
  for (const name of ['limit', 'offset'] as const) if (p[name] !== undefined) body[name] = Number(p[name]);
  return body;
}

/** @returns the site that is asked for, and a way to read the query once the site is known to be open. */
export function readExport(params: ExportParameters): { site: unknown; read: () => Query | Fault } | Fault {
  const body = toBody(params);
  if (isFault(body)) return body;
  const { limit = EXPORT_ROWS, ...rest } = body;
  return {
    site: params.site ?? rest.site,
    read: () => {
      if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > EXPORT_ROWS)
        return fault('limit', `“limit” is a number from 1 to ${EXPORT_ROWS}.`);
      const query = readQuery(rest);
      return 'code' in query ? query : { ...query, limit };
    },
  };
}

/** The columns of an export: dimensions and metrics by their API names; a comparison adds two for each metric. */
export function columnsOf(dimensions: readonly string[], metrics: readonly string[], compares: boolean): string[] {
  const compared = (name: string) => (compares ? [name, `${name}_compared`, `${name}_change`] : [name]);
  return [...dimensions, ...metrics.flatMap(compared)];
}

/** What a cell says that small cells hide: an empty one would say “not measured”. */
const SUPPRESSED = 'suppressed';

/** The rows in the order of `columnsOf`. @param names of the metrics. */
export function tableOf(result: QueryResult, names: readonly string[], compares: boolean): Cell[][] {
  return result.results.map(({ dimensions, metrics, comparison, suppressed }) => [
    ...dimensions,
    ...metrics.flatMap((value, i) => {
      const isIn = (hidden: readonly string[] | undefined) => hidden?.includes(names[i] ?? '') ?? false;
      const now = isIn(suppressed) ? SUPPRESSED : value;
      if (!compares) return [now];
      const then = isIn(comparison?.suppressed) ? SUPPRESSED : (comparison?.metrics[i] ?? null);
      return [now, then, comparison?.change[i] ?? null];
    }),
  ]);
}
