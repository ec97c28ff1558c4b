/** What a report shows lives in its address: period, comparison, chart and filters. Reading it, and writing it again in one form. */
import type { Filter } from '../collector/report/filters/filter.ts';
import { filtersFromText, filtersToText } from '../collector/report/filters/filter-text.ts';
import { type Compare, type DateRange, isProblem, PERIODS, type Period, type Problem } from '../collector/report/query.ts';
import { dateOfDay, dayOf, dayOfDate } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';

export const CHARTS = ['visitors', 'visits', 'pageviews', 'opt_ins'] as const;
export type Chart = (typeof CHARTS)[number];
/** `filters`: all of them hold for what is shown. */
export type View = {
  range: DateRange;
  compare: Compare;
  /** The comparison begins on the same day of the week. */
  matchWeekdays: boolean;
  chart: Chart | null;
  filters: readonly Filter[];
};
export type Params = [name: string, value: string][];

const isPeriod = (text: string | null): text is Period => PERIODS.some((period) => period === text);
const isChart = (text: string | null): text is Chart => CHARTS.some((chart) => chart === text);

/** A site's first day has nothing but today to show. */
export const defaultRange = (site: Site, nowMs: number): Period =>
  dayOf(site.zone, site.createdAt) === dayOf(site.zone, nowMs) ? 'day' : '28d';

/**
 * Reads an address; whatever it says wrongly becomes the default, so that an old or a mistyped link still shows figures.
 *
 * @param opening the period of an address that names none.
 */
export function readView(params: URLSearchParams, site: Site, nowMs: number, opening = defaultRange(site, nowMs)): View {
  const [period, compare, chart] = [params.get('period'), params.get('compare'), params.get('chart')];
  const [a, b] = [dayOfDate(params.get('from') ?? ''), dayOfDate(params.get('to') ?? '')];
  const dates = a !== null && b !== null ? { from: Math.min(a, b), to: Math.max(a, b) } : null;
  const filters = filtersFromText(params.get('filters') ?? '');
  return {
    range: dates ?? (isPeriod(period) ? period : opening),
    compare: compare === 'none' ? null : compare === 'year' ? 'year' : 'previous_period',
    matchWeekdays: compare !== 'none' && params.get('match') === 'weekdays',
    chart: isChart(chart) ? chart : null,
    filters: isProblem(filters) ? [] : filters,
  };
}

/** What is wrong with the filters of an address: then nothing is filtered, and the page says so. */
export function filterProblem(params: URLSearchParams): Problem | null {
  const filters = filtersFromText(params.get('filters') ?? '');
  return isProblem(filters) ? filters : null;
}

/** The parameters of a view, every one of them, in a fixed order. */
export function viewParams({ range, compare, matchWeekdays, chart, filters }: View): Params {
  const params: Params =
    typeof range === 'string'
      ? [['period', range]]
      : [
          ['from', dateOfDay(range.from)],
          ['to', dateOfDay(range.to)],
        ];
  params.push(['compare', compare ?? 'none']);
  if (compare !== null && matchWeekdays) params.push(['match', 'weekdays']);
  if (chart) params.push(['chart', chart]);
  if (filters.length > 0) params.push(['filters', filtersToText(filters)]);
  return params;
}
