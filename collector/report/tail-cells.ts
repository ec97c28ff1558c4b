/** Cells of the tail: the same rows that a closed window would have. */
import { bucketOf, spellBucket } from '../store/times.ts';
import { NO_EVENT, packTouchpoint, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { type Cell, noSums } from './cell.ts';
import type { Sums } from './metric.ts';
import { originOf, type Tail, type TailFact, type TailVisit } from './tail.ts';

/** Value of a visit in each rollup; in those of pages and events it has several. */
export const VISIT_VALUE: Record<Exclude<RollupDimension, 'page' | 'event'>, (v: TailVisit) => number> = {
  total: () => 0,
  entry_page: (v) => v.entry,
  exit_page: (v) => v.exit,
  origin: originOf,
  place: (v) => v.place,
  technology: (v) => v.technology,
  touchpoint: (v) => packTouchpoint(v.store, v.kiosk),
  known: (v) => (v.known ? 1 : 0),
};

/** Takes a fact in, by its own time. */
export function addFact(sums: Sums, f: TailFact): void {
  if (f.what === 'pageview') {
    sums.pageviews += 1;
    if (f.activeMs !== null) {
      sums.timed += 1;
      sums.active_ms += f.activeMs;
      sums.times += spellBucket(bucketOf(f.activeMs), 1);
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

/** What a visit did on each of its pages. */
function byPage(v: TailVisit): Map<number, Part> {
  const parts = new Map<number, Part>();
  for (const f of v.facts) {
    if (f.what === 'visit' || f.at > v.lastAt) continue;
    const part = parts.get(f.page) ?? { pageviews: 0, activeMs: 0, optedIn: false };
    if (f.what === 'pageview') {
      part.pageviews += 1;
      part.activeMs += f.activeMs ?? 0;
    }
    if (f.what === 'opt-in') part.optedIn = true;
    parts.set(f.page, part);
  }
  return parts;
}

const WITHOUT_EVENT = [NO_EVENT];
const namesOf = (v: TailVisit) => (v.names.length > 0 ? v.names : WITHOUT_EVENT);

/** Under which values a fact counts. */
function valuesOfFact(dimension: RollupDimension, f: TailFact): readonly number[] {
  if (dimension === 'page') return f.what === 'visit' ? [] : [f.page];
  if (dimension === 'event') return f.what === 'event' ? [f.name] : namesOf(f.visit);
  return [VISIT_VALUE[dimension](f.visit)];
}

/** Under which values a visit counts, with what. */
function partsOfVisit(dimension: RollupDimension, v: TailVisit): Iterable<readonly [number, Part]> {
  if (dimension === 'page') return byPage(v);
  if (dimension === 'event') return namesOf(v).map((name) => [name, v] as const);
  return [[VISIT_VALUE[dimension](v), v]];
}

/** Cells of one dimension and bucket, by value. */
type Place = { dimension: RollupDimension; start: number; cells: Map<number, Cell> };

function sumsOf({ dimension, start, cells }: Place, value: number): Sums {
  let cell = cells.get(value);
  if (!cell) {
    cell = { start, dimension: ROLLUP_DIMENSIONS[dimension], value, sums: noSums() };
    cells.set(value, cell);
  }
  return cell.sums;
}

/** Facts count by their own time, visits by when they began; `buckets` are ordered and do not overlap. */
export function cellsOfTail(
  tail: Tail,
  buckets: readonly (readonly [start: number, end: number])[],
  dimensions: readonly RollupDimension[],
): Cell[] {
  const all = buckets.map(([start]) => dimensions.map((dimension): Place => ({ dimension, start, cells: new Map() })));
  const none: Place[] = [];
  const placesAt = (at: number): Place[] => {
    for (let i = buckets.length - 1; i >= 0; i -= 1) {
      const [start, end] = buckets[i] ?? [0, 0];
      if (at >= start && at < end) return all[i] ?? none;
    }
    return none;
  };
  for (const f of tail.facts) {
    for (const place of placesAt(f.at)) for (const value of valuesOfFact(place.dimension, f)) addFact(sumsOf(place, value), f);
  }
  for (const v of tail.visits) {
    for (const place of placesAt(v.began))
      for (const [value, part] of partsOfVisit(place.dimension, v)) addVisit(sumsOf(place, value), v, part);
  }
  for (const e of tail.exposures) {
    for (const place of placesAt(e.at)) {
      if (place.dimension === 'total') sumsOf(place, 0).exposures += 1;
      if (place.dimension === 'touchpoint') sumsOf(place, e.touchpoint).exposures += 1;
    }
  }
  return all.flatMap((places) => places.flatMap(({ cells }) => [...cells.values()]));
}
