/** What the overview page shows, in its order, and which sums its tables are read with. */
import type { Additive } from '../store/visits-sql.ts';
import type { Metric } from './metric.ts';
import { metricOf } from './metrics.ts';

export const OVERVIEW_METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'time_on_page_median',
  'time_on_page_p75',
  'known_ratio',
  'recurring_visitors',
  'opt_ins',
  'opt_in_rate',
];
export const SERIES_METRICS = ['visitors', 'visits', 'pageviews', 'opt_ins'];
export const TOUCHPOINT_METRICS = [
  'visits',
  'visitors',
  'pages_per_visit',
  'visit_time',
  'known_ratio',
  'opt_ins',
  'opt_in_rate',
  'exposures',
];
export const PAGE_METRICS = ['pageviews', 'visits', 'time_on_page', 'scroll_depth', 'opt_ins'];
export const SOURCE_METRICS = ['visits', 'pages_per_visit', 'engagement_rate', 'opt_in_rate'];
/** Rows of a ranked table. */
export const TOP = 10;

/** Tables with many values are read with the sums that their metrics are made of, and no others. */
export const PAGE_SUMS: readonly Additive[] = ['pageviews', 'timed', 'active_ms', 'scrolled', 'scroll', 'visits', 'opt_ins'];
export const SOURCE_SUMS: readonly Additive[] = ['visits', 'visit_pageviews', 'engaged_visits', 'opt_in_visits'];

export const registered = (names: readonly string[]): Metric[] => names.flatMap((name) => metricOf(name) ?? []);
