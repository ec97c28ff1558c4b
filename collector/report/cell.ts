/** One additive row of figures: a window, a dimension, a value. */
import { ADDITIVE } from '../store/visits-sql.ts';
import type { Sums } from './metric.ts';

export type Cell = { start: number; dimension: number; value: number; sums: Sums };

export const noSums = (): Sums => ({
  pageviews: 0,
  timed: 0,
  active_ms: 0,
  scrolled: 0,
  scroll: 0,
  visits: 0,
  visit_pageviews: 0,
  visit_active_ms: 0,
  engaged_visits: 0,
  known_visits: 0,
  opt_in_visits: 0,
  opt_ins: 0,
  opt_ins_confirmed: 0,
  events: 0,
  exposures: 0,
  times: '',
});

/** Adds `more` to `sums`. */
export function addSums(sums: Sums, more: Sums): Sums {
  for (const name of ADDITIVE) sums[name] += more[name];
  sums.times += more.times;
  return sums;
}
