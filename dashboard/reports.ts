/** The reports: which dimensions belong together, and which figures stand beside their values. */
import { type Dimension, dimensionOf } from '../collector/report/dimensions.ts';
import type { Metric } from '../collector/report/metric.ts';
import { metricOf } from '../collector/report/metrics.ts';

export const REPORTS = ['pages', 'sources', 'campaigns', 'touchpoints', 'places', 'devices', 'visitors', 'events'] as const;
export type Report = (typeof REPORTS)[number];

/** The first one is what the report opens with. */
const BY_REPORT: Record<Report, readonly [string, ...string[]]> = {
  pages: ['page', 'entry_page', 'exit_page', 'page_group', 'hostname'],
  sources: ['source', 'channel', 'referrer'],
  campaigns: ['utm_campaign', 'utm_source', 'utm_medium', 'utm_content', 'utm_term'],
  touchpoints: ['store', 'kiosk', 'touchpoint'],
  places: ['country', 'region', 'city'],
  devices: ['device', 'browser', 'os', 'language'],
  visitors: ['recurring', 'known'],
  events: ['event'],
};

const OF_ACTS = ['pageviews', 'visits', 'time_on_page', 'time_on_page_median', 'scroll_depth', 'opt_ins'];
const OF_VISITS = ['visits', 'pages_per_visit', 'visit_time', 'engagement_rate', 'opt_ins', 'opt_in_rate'];
const OF_TOUCHPOINTS = [
  'visits',
  'visitors',
  'pages_per_visit',
  'visit_time',
  'known_ratio',
  'opt_ins',
  'opt_in_rate',
  'exposures',
];
const OF_PERSONS = ['visits', 'visitors', 'pages_per_visit', 'visit_time', 'engagement_rate', 'opt_ins', 'opt_in_rate'];
const OF_EVENTS = ['events', 'visits', 'visitors', 'opt_ins', 'opt_in_rate'];

const dimensions = (names: readonly string[]): Dimension[] => names.flatMap((name) => dimensionOf(name) ?? []);

/** The dimensions of a report, in the order of its tabs. */
export const dimensionsOf = (report: Report): Dimension[] => dimensions(BY_REPORT[report]);
export const firstOf = (report: Report): string => BY_REPORT[report][0];

/** The report that a dimension belongs to, or null: time is no list, and what nothing measures has no page. */
export function reportOf({ name, scope }: Dimension): Report | null {
  return REPORTS.find((report) => BY_REPORT[report].includes(name)) ?? (scope === 'event' ? 'events' : null);
}

function namesFor({ scope, countsVisitors }: Dimension): readonly string[] {
  if (countsVisitors) return OF_TOUCHPOINTS;
  return scope === 'act' ? OF_ACTS : scope === 'event' ? OF_EVENTS : scope === 'person' ? OF_PERSONS : OF_VISITS;
}

/** The columns beside a dimension's values. @param visitors also distinct visitors, where counting them takes a longer read. */
export function metricsFor(dimension: Dimension, visitors: boolean): Metric[] {
  const [first, ...rest] = namesFor(dimension);
  const names = [first, ...(visitors && !rest.includes('visitors') ? ['visitors'] : []), ...rest];
  return names.flatMap((name) => (name === undefined ? [] : (metricOf(name) ?? [])));
}

/** Whether distinct visitors are a column that has to be asked for. */
export const visitorsAreExtra = (dimension: Dimension): boolean => !namesFor(dimension).includes('visitors');

/** A screen that nobody touches is a matter of kiosks: of the website there is nothing to say. */
export const isApplicable = (metric: Metric, { name, rollup }: Dimension, value: string): boolean =>
  metric.name !== 'exposures' || rollup !== 'touchpoint' || (name === 'touchpoint' ? value === 'kiosk' : value !== 'web');
