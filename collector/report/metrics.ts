/** The registry of metrics: everything that can be asked for, in the order of the help page. */
import type { Metric } from './metric.ts';
import { bounceRate } from './metrics/bounce-rate.ts';
import { engagedVisits } from './metrics/engaged-visits.ts';
import { engagementRate } from './metrics/engagement-rate.ts';
import { events } from './metrics/events.ts';
import { exposures } from './metrics/exposures.ts';
import { knownRatio } from './metrics/known-ratio.ts';
import { knownVisitors } from './metrics/known-visitors.ts';
import { knownVisits } from './metrics/known-visits.ts';
import { meaningfulVisits } from './metrics/meaningful-visits.ts';
import { optInRate } from './metrics/opt-in-rate.ts';
import { optIns } from './metrics/opt-ins.ts';
import { optInsConfirmed } from './metrics/opt-ins-confirmed.ts';
import { pagesPerVisit } from './metrics/pages-per-visit.ts';
import { pageviews } from './metrics/pageviews.ts';
import { recurringRatio } from './metrics/recurring-ratio.ts';
import { recurringVisitors } from './metrics/recurring-visitors.ts';
import { scrollDepth } from './metrics/scroll-depth.ts';
import { stickiness } from './metrics/stickiness.ts';
import { timeCoverage } from './metrics/time-coverage.ts';
import { timeOnPage } from './metrics/time-on-page.ts';
import { timeOnPageMedian } from './metrics/time-on-page-median.ts';
import { timeOnPageP75 } from './metrics/time-on-page-p75.ts';
import { utilisation } from './metrics/utilisation.ts';
import { visitLengthMedian } from './metrics/visit-length-median.ts';
import { visitTime } from './metrics/visit-time.ts';
import { visitors } from './metrics/visitors.ts';
import { visits } from './metrics/visits.ts';

export const METRICS: readonly Metric[] = [
  visitors,
  visits,
  pageviews,
  pagesPerVisit,
  timeOnPage,
  timeOnPageMedian,
  timeOnPageP75,
  timeCoverage,
  visitTime,
  scrollDepth,
  engagedVisits,
  engagementRate,
  bounceRate,
  knownVisitors,
  knownRatio,
  knownVisits,
  recurringVisitors,
  recurringRatio,
  stickiness,
  optIns,
  optInsConfirmed,
  optInRate,
  events,
  exposures,
  meaningfulVisits,
  visitLengthMedian,
  utilisation,
];

const byName = new Map(METRICS.map((m) => [m.name, m]));

/** The metric of an API name, or undefined. */
export const metricOf = (name: string): Metric | undefined => byName.get(name);
