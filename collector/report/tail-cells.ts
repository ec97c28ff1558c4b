/** Cells of the tail: the same rows that a closed window would have. */
import { TimesCount } from '../store/times.ts';
import { NO_EVENT, packTouchpoint, ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { addFact, addVisit, type Part } from './add-act.ts';
import { type Cell, noSums } from './cell.ts';
import type { Sums } from './metric.ts';
import type { Places } from './places.ts';
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

/** Their values are pages. */
const OF_PAGES: ReadonlySet<RollupDimension> = new Set(['page', 'entry_page', 'exit_page']);

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

/** A cell that is being added up. */
type Open = { cell: Cell; times: TimesCount | null };
/** Cells of one dimension and bucket, by value; `last` is the one that was found last: most facts fall where the one before did. */
type Place = { dimension: RollupDimension; start: number; times: boolean; cells: Map<number, Open>; last: Open | null };

function openAt(place: Place, value: number): Open {
  if (place.last?.cell.value === value) return place.last;
  const { dimension, start, times, cells } = place;
  let open = cells.get(value);
  if (!open) {
    const cell = { start, dimension: ROLLUP_DIMENSIONS[dimension], value, sums: noSums() };
    open = { cell, times: times ? new TimesCount() : null };
    cells.set(value, open);
  }
  place.last = open;
  return open;
}

const sumsOf = (place: Place, value: number): Sums => openAt(place, value).cell.sums;

function closeCell({ cell, times }: Open, pages: Places | null): Cell {
  if (times) cell.sums.times = times.spell();
  if (pages) cell.value = pages.idAt(cell.value);
  return cell;
}

/** Takes a fact in under one of the values it counts under. */
function addAt(place: Place, value: number, f: TailFact): void {
  const { cell, times } = openAt(place, value);
  addFact(cell.sums, f);
  if (f.activeMs !== null) times?.add(f.activeMs);
}

function placeFact(place: Place, f: TailFact): void {
  const { dimension } = place;
  if (dimension === 'page') {
    if (f.what !== 'visit') addAt(place, f.page, f);
  } else if (dimension === 'event' && f.what !== 'event') {
    for (const name of namesOf(f.visit)) addAt(place, name, f);
  } else addAt(place, dimension === 'event' ? f.name : VISIT_VALUE[dimension](f.visit), f);
}

/** Takes a visit in under the values it counts under, with what it did there. */
function placeVisit(place: Place, v: TailVisit): void {
  const { dimension } = place;
  if (dimension === 'page' && v.facts.length === 1 && v.pageviews === 1) addVisit(sumsOf(place, v.entry), v, v);
  else if (dimension === 'page') for (const [page, part] of byPage(v)) addVisit(sumsOf(place, page), v, part);
  else if (dimension === 'event') for (const name of namesOf(v)) addVisit(sumsOf(place, name), v, v);
  else addVisit(sumsOf(place, VISIT_VALUE[dimension](v)), v, v);
}

/**
 * Facts count by their own time, visits by when they began.
 *
 * @param buckets ordered, none over another.
 * @param timed the dimensions whose cells have the distribution of active times, too.
 */
export function cellsOfTail(
  tail: Tail,
  buckets: readonly (readonly [start: number, end: number])[],
  dimensions: readonly RollupDimension[],
  timed: readonly RollupDimension[] = dimensions,
): Cell[] {
  const all = buckets.map(([start]) =>
    dimensions.map((dimension): Place => ({ dimension, start, times: timed.includes(dimension), cells: new Map(), last: null })),
  );
  const none: Place[] = [];
  const placesAt = (at: number): Place[] => {
    for (let i = buckets.length - 1; i >= 0; i -= 1) {
      const [start, end] = buckets[i] ?? [0, 0];
      if (at >= start && at < end) return all[i] ?? none;
    }
    return none;
  };
  for (const f of tail.facts) for (const place of placesAt(f.at)) placeFact(place, f);
  for (const v of tail.visits) for (const place of placesAt(v.began)) placeVisit(place, v);
  for (const e of tail.exposures) {
    for (const place of placesAt(e.at)) {
      if (place.dimension === 'total') sumsOf(place, 0).exposures += 1;
      if (place.dimension === 'touchpoint') sumsOf(place, e.touchpoint).exposures += 1;
    }
  }
  return all.flatMap((places) =>
    places.flatMap(({ dimension, cells }) => {
      const pages = OF_PAGES.has(dimension) ? tail.pages : null;
      return [...cells.values()].map((open) => closeCell(open, pages));
    }),
  );
}
