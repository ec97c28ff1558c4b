/** Which times an overview is made of. */
import { offsetAt } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { comparedSpan } from './compared-span.ts';
import {
  type Bucket,
  type BucketSize,
  type Compare,
  chartBucket,
  cutSpan,
  type DateRange,
  resolveRange,
  type SettledRange,
  type Span,
} from './period.ts';
import { isPartOfDays } from './rollup-plan.ts';
import type { DayRange } from './visitors.ts';

export type OverviewPlan = {
  span: Span;
  before: Span | null;
  /** The chart's pieces. */
  size: BucketSize;
  buckets: Bucket[];
  /** The same pieces of the span it is compared with, each with the one of its place; what has no counterpart is left out. */
  bucketsBefore: Bucket[];
  /** Begins or ends inside a day: then rollups have the totals alone, and facts tell the rest. */
  isPart: boolean;
  /** Days whose visitors are counted: the span, what it is compared with, and from `firstBucket` on each bucket, then each before. */
  ranges: DayRange[];
  firstBucket: number;
};

/** What a view says of time. `matchWeekdays`: the comparison begins on the same day of the week. */
export type ViewedTime<Range extends DateRange = DateRange> = {
  range: Range;
  compare: Compare;
  matchWeekdays?: boolean | undefined;
};

export function planOverview(site: Site, options: ViewedTime<SettledRange>, nowMs: number): OverviewPlan {
  const span = resolveRange(site, options.range, nowMs);
  const before = comparedSpan(site, span, options.compare, options.matchWeekdays);
  const size = chartBucket(span);
  const buckets = cutSpan(site.zone, span, size, offsetAt);
  const bucketsBefore = before ? cutSpan(site.zone, before, size, offsetAt).slice(0, buckets.length) : [];
  const wholes = [span, ...(before ? [before] : [])];
  // Hours have no distinct visitors.
  const ranges = [...wholes, ...(size === 'hour' ? [] : [...buckets, ...bucketsBefore])].map(
    ({ from, to }) => [from, to] as const,
  );
  return { span, before, size, buckets, bucketsBefore, isPart: isPartOfDays(span), ranges, firstBucket: wholes.length };
}
