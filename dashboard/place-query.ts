/** What is asked about stores and kiosks: the same figures for each, of one view's period. */
import { kiosk } from '../collector/report/dimensions/kiosk.ts';
import { store } from '../collector/report/dimensions/store.ts';
import { touchpoint } from '../collector/report/dimensions/touchpoint.ts';
import { type Filter, filterToJson } from '../collector/report/filters/filter.ts';
import type { Metric } from '../collector/report/metric.ts';
import { metricOf } from '../collector/report/metrics.ts';
import type { Query } from '../collector/report/query.ts';
import { dateOfDay } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';
import { queryOf } from './links.ts';
import type { Ui } from './ui.ts';
import type { Params, View } from './view.ts';

const NAMES = ['visits', 'meaningful_visits', 'visit_length_median', 'opt_ins', 'opt_in_rate', 'utilisation', 'exposures'];
export const PLACE_METRICS: readonly Metric[] = NAMES.flatMap((name) => metricOf(name) ?? []);

/** All stores, the kiosks of one, or one kiosk alone. */
export type PlaceOf = 'stores' | { store: number } | { kiosk: number };

const is = (dimension: Filter & { op: 'is' }): Filter => dimension;

function filtersOf(place: PlaceOf): Filter[] {
  const of = (dimension: typeof store, value: string) => is({ op: 'is', dimension, values: [value], ignoresCase: false });
  if (place === 'stores') return [of(touchpoint, 'kiosk')];
  return 'store' in place ? [of(store, `#${place.store}`)] : [of(kiosk, `#${place.kiosk}`)];
}

export function placeQuery({ range }: View, place: PlaceOf): Query {
  return {
    metrics: [...PLACE_METRICS],
    range,
    dimensions: place === 'stores' ? [store] : 'store' in place ? [kiosk] : [],
    filters: filtersOf(place),
    compare: null,
    matchWeekdays: false,
    orderBy: [],
    limit: 1_000,
    offset: 0,
    source: 'auto',
  };
}

/** The same as a file; the French Excel wants semicolons. */
export function placeCsv(ui: Ui, site: Site, { metrics, range, dimensions, filters }: Query): string {
  const body = {
    metrics: metrics.map((m) => m.name),
    dimensions: dimensions.map((d) => d.name),
    date_range: typeof range === 'string' ? range : [dateOfDay(range.from), dateOfDay(range.to)],
    filters: filters.map(filterToJson),
  };
  const params: Params = [
    ['site', site.key],
    ['query', JSON.stringify(body)],
    ...(ui.language === 'fr' ? [['excel', 'fr'] satisfies [string, string]] : []),
  ];
  return `/api/v1/export.csv?${queryOf(params)}`;
}
