/** The question that a list asks of the reports, and the same question as a file. */
import { filterToJson } from '../collector/report/filters/filter.ts';
import type { Language } from '../collector/report/metric.ts';
import type { Query } from '../collector/report/query.ts';
import { dateOfDay } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';
import { queryOf } from './links.ts';
import { columnsOf, type List, rowsOf } from './list.ts';
import type { Ui } from './ui.ts';
import { containing } from './value-names.ts';
import type { Params, View } from './view.ts';

export function queryFor(ui: Ui, view: View, list: List): Query {
  const { dimension, search, sort, page } = list;
  const metrics = columnsOf(list);
  const by = sort && (sort.by === dimension.name ? { dimension: 0 } : { metric: metrics.findIndex((m) => m.name === sort.by) });
  return {
    metrics,
    range: view.range,
    dimensions: [dimension],
    filters: [...view.filters, ...(search === '' ? [] : [containing(ui, dimension, search)])],
    compare: view.compare,
    matchWeekdays: view.matchWeekdays,
    orderBy: sort && by ? [{ by, direction: sort.direction }] : [],
    limit: rowsOf(list),
    offset: (page - 1) * rowsOf(list),
    source: 'auto',
  };
}

/** All rows of the answer as CSV, by the API; the French Excel wants semicolons. */
export function csvHref(site: Site, language: Language, { sort }: List, query: Query): string {
  const { range, compare, matchWeekdays } = query;
  const body = {
    metrics: query.metrics.map((m) => m.name),
    dimensions: query.dimensions.map((d) => d.name),
    date_range: typeof range === 'string' ? range : [dateOfDay(range.from), dateOfDay(range.to)],
    filters: query.filters.map(filterToJson),
    compare,
    ...(compare !== null && matchWeekdays ? { match_weekdays: true } : {}),
    order_by: sort ? [[sort.by, sort.direction]] : [],
  };
  const params: Params = [
    ['site', site.key],
    ['query', JSON.stringify(body)],
  ];
  if (language === 'fr') params.push(['excel', 'fr']);
  return `/api/v1/export.csv?${queryOf(params)}`;
}
