/** An overview as the reports answer it, with hostile texts wherever a visitor or an owner can put some. */
import type { Filter } from '../../collector/report/filters/filter.ts';
import { readFilters } from '../../collector/report/filters/read-filters.ts';
import { wilson } from '../../collector/report/metric.ts';
import { isProblem } from '../../collector/report/problem.ts';
import type { Realtime } from '../../collector/report/realtime.ts';
import type { Overview, Row } from '../../collector/report/result.ts';
import { why } from '../../collector/report/why.ts';
import type { Site } from '../../collector/store/sites.ts';

export const NOW = Date.parse('2026-11-21T15:20:00Z');
export const HEADLINE = [
  'visitors',
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'known_ratio',
  'recurring_visitors',
  'opt_ins',
  'opt_in_rate',
];
/** Breaks out of text, attributes, scripts and SQL at once. */
export const POLYGLOT = `"'><img src=x onerror=alert(1)><script>alert(2)</script>--></title>'; DROP TABLE sites;-- \${7*7} {{7*7}}`;

export const site: Site = {
  id: 1,
  key: 'k7m2p9qxw4',
  name: `Maison ${POLYGLOT}`,
  hosts: ['shop.example', POLYGLOT],
  zone: 'Europe/Paris',
  language: 'fr',
  createdAt: Date.parse('2026-06-01'),
};

const row = (dimensions: string[], metrics: (number | null)[], before?: (number | null)[]): Row => ({
  dimensions,
  metrics,
  ...(before ? { comparison: { metrics: before, change: metrics.map(() => null) } } : {}),
});
const interval = (k: number, n: number): NonNullable<Row['intervals']> => ({ opt_in_rate: wilson(k, n) ?? [0, 1] });

/** Fourteen days; nobody could be recognised again, and one store's known ratio could not be measured. */
export function makeOverview(): Overview {
  const days = Array.from({ length: 14 }, (_, i) => new Date(Date.UTC(2026, 10, 8 + i)).toISOString().slice(0, 10));
  return {
    headline: {
      ...row(
        [],
        [1_480, 1_922, 5_873, 3.06, 84.3, 0.142, null, 63, 0.0302],
        [1_376, 1_810, 5_880, 3.25, 79, 0.131, null, 12, 0.0264],
      ),
      intervals: interval(58, 1_922),
    },
    series: {
      bucket: 'day',
      metrics: ['visitors', 'visits', 'pageviews', 'opt_ins'],
      rows: days.map((day, i) => row([day], [100 + i, 130 + i, i === 3 ? null : 400 + i, i])),
      incompleteFrom: '2026-11-21',
    },
    touchpoints: {
      metrics: ['visits', 'visitors', 'pages_per_visit', 'visit_time', 'known_ratio', 'opt_ins', 'opt_in_rate', 'exposures'],
      rows: [
        { ...row(['web'], [1_674, 1_232, 3.2, 210, 0.15, 40, 0.0239, 0]), intervals: interval(40, 1_674) },
        { ...row([`Paris ${POLYGLOT}`], [248, 248, 2.1, 61, null, 23, 0.0927, 8_120]), intervals: interval(23, 248) },
      ],
    },
    pages: {
      metrics: ['pageviews', 'visits', 'time_on_page', 'scroll_depth', 'opt_ins'],
      rows: [row(['/'], [2_210, 1_120, 32, 61, 8]), row([`/${POLYGLOT}`], [20, 19, null, null, 0])],
      total: 41,
    },
    sources: {
      metrics: ['visits', 'pages_per_visit', 'engagement_rate', 'opt_in_rate'],
      rows: [
        row(['(direct)', '(direct)'], [900, 3, 0.6, 0.02]),
        row([POLYGLOT, 'organic_search'], [12, 3, 0.6, null]),
        row(['constructor', '__proto__'], [9, 3, 0.6, 0]),
      ],
      total: 3,
    },
    optIns: {
      submitted: 63,
      confirmed: 51,
      latest: [
        { at: NOW - 60_000, path: `/${POLYGLOT}`, touchpoint: 'kiosk', store: POLYGLOT, state: 'pending' },
        { at: NOW - 90_000_000, path: '/lettre', touchpoint: 'web', store: null, state: POLYGLOT },
      ],
    },
    meta: {
      coverage: { time_on_page: 0.934, known_ratio: 0.37 },
      not_measured: { recurring_visitors: why('no_persistent_id') },
      source: 'rollup',
      rows_read: 100,
      updating: true,
      from: '2026-11-08',
      to: '2026-11-21',
      compared_from: '2026-10-25',
      compared_to: '2026-11-07',
      total_rows: 1,
    },
  };
}

export const makeNow = (): Realtime => ({
  visitors: 7,
  minutes: Array.from({ length: 30 }, (_, i) => ({ at: NOW - (29 - i) * 60_000, visitors: i % 4, pageviews: i % 5 })),
  optIns: [{ at: NOW - 60_000, path: `/${POLYGLOT}`, touchpoint: 'kiosk', store: POLYGLOT, state: 'pending' }],
  kiosks: [{ id: 1, name: POLYGLOT, store: POLYGLOT, lastSeenAt: NOW - 1_000 }],
  enrolled: 2,
  rowsRead: 40,
});

/** Every way to write a filter, with a hostile text in it. */
export function hostileFilters(): Filter[] {
  const read = readFilters([
    ['is', 'page', [POLYGLOT, ';,()\\']],
    [
      'or',
      [
        ['contains', 'source', [POLYGLOT], { case_sensitive: false }],
        ['not', ['matches_wildcard', 'event', [`*${POLYGLOT}`]]],
      ],
    ],
    ['is_not', 'country', ['FR']],
  ]);
  if (isProblem(read)) throw new Error(read.detail);
  return read;
}
