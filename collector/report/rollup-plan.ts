/** Which questions the rollups can answer: those whose dimensions and filters lie in one of them. */
import { DAY_MS } from '../store/calendar.ts';
import { LISTS, type RollupDimension } from '../store/visits-sql.ts';
import type { Closed } from './cells.ts';
import type { Dimension } from './dimension.ts';
import { conditionsOf } from './filters/filter.ts';
import type { Counts } from './metric.ts';
import type { Span } from './period.ts';
import type { Query } from './query.ts';

/** Everything a query names: what it is broken down by, and what it is filtered by. */
export const dimensionsIn = (query: Query): Dimension[] => [
  ...query.dimensions,
  ...conditionsOf(query.filters).map((c) => c.dimension),
];

/** The rollup that has all of the query's values, or null. */
export function rollupOf(query: Query): RollupDimension | null {
  const named = new Set(dimensionsIn(query).flatMap((d) => (d.bucket ? [] : [d.rollup])));
  const [only] = named;
  return named.size === 0 ? 'total' : named.size === 1 && only ? only : null;
}

/** Whether a span begins or ends inside a day. */
export const isPartOfDays = (span: Span) => span.end - span.start < DAY_MS * (span.to - span.from + 1) - DAY_MS / 12;
export const isHourly = (query: Query, span: Span): boolean =>
  query.dimensions.some((d) => d.bucket === 'hour') || isPartOfDays(span);

export const asks = (query: Query, ...counts: Counts[]): boolean => query.metrics.some((m) => counts.includes(m.counts));

/** Whether anything is asked of visitors, or of who is known: of no other question need it be read who the open hour's visitors are. */
export const asksPeople = (query: Query): boolean =>
  asks(query, 'visitors', 'days') || rollupOf(query) === 'known' || query.metrics.some((m) => m.needs === 'acts');

/** Whether the distribution of active times is asked for, not only their sum. */
export const asksTimes = (query: Query): boolean => query.metrics.some((m) => m.needs === 'times');

/** Visits and visitors are of the whole, not of one of its pages: only these rollups have exposures, and visitors by the day. */
export const isByTouchpoint = (rollup: RollupDimension | null) => rollup === 'total' || rollup === 'touchpoint';

/** Visits, and what they did, lie under several values of these rollups. */
export const hasSeveral = (rollup: RollupDimension | null) => rollup === 'page' || rollup === 'event';

/** What a span's rollups lack for a query: nothing, the visitors, or everything. */
export function rollupsLack(query: Query, span: Span, closed: Closed): 'nothing' | 'visitors' | 'everything' {
  const rollup = rollupOf(query);
  if (rollup === null || (isHourly(query, span) && rollup !== 'total')) return 'everything';
  if (LISTS.some((list) => list === rollup) && span.start < (closed.listsFrom ?? 0)) return 'everything';
  // Part of the visitors of a range that begins before visitor-days are kept would be a wrong number, not a small one.
  const hasVisitors = isByTouchpoint(rollup) && !isHourly(query, span) && span.from >= (closed.visitors_from ?? 0);
  return asks(query, 'visitors') && !hasVisitors ? 'visitors' : 'nothing';
}
