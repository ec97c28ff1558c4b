/** What a fact and a visit add to the figures they count in. */
import type { TailFact, TailVisit } from './derive-visits.ts';
import type { Sums } from './metric.ts';

/** Takes a fact in, by its own time; the distribution of active times is kept apart. */
export function addFact(sums: Sums, f: TailFact): void {
  if (f.what === 'pageview') {
    sums.pageviews += 1;
    if (f.activeMs !== null) {
      sums.timed += 1;
      sums.active_ms += f.activeMs;
    }
    if (f.scroll !== null) {
      sums.scrolled += 1;
      sums.scroll += f.scroll;
    }
  } else if (f.what === 'opt-in') {
    sums.opt_ins += 1;
    if (f.confirmed) sums.opt_ins_confirmed += 1;
  } else if (f.what === 'event') sums.events += 1;
}

/** What a visit did: on one of its pages, or as far as a filter keeps it. */
export type Part = { pageviews: number; activeMs: number; optedIn: boolean };

/** Takes a visit in: whether it is engaged and known is of the whole visit, what it did is of the part. */
export function addVisit(sums: Sums, v: TailVisit, part: Part): void {
  sums.visits += 1;
  sums.visit_pageviews += part.pageviews;
  sums.visit_active_ms += part.activeMs;
  if (v.activeMs >= 10_000 || v.pageviews >= 2 || v.acts > 0) sums.engaged_visits += 1;
  if (v.known) sums.known_visits += 1;
  if (part.optedIn) sums.opt_in_visits += 1;
}
