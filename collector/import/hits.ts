/** Figures of tools that export every hit: pageviews and events by day, visits by the day they began, visitors of a day. */
import { dayOf } from '../store/calendar.ts';
import type { ImportedDimension } from '../store/imported-dimensions.ts';
import type { Tally } from './tally.ts';

export type Hit = {
  at: number;
  /** The tool's own id of the visit and of the visitor; null where it has none. */
  visit: string | null;
  visitor: string | null;
  path: string;
  /** Name of an event; null for a pageview. */
  event: string | null;
  /** What the visit is broken down by, if this is its first pageview. Made only when it is needed. */
  about: () => [dimension: ImportedDimension, value: string][];
};
type Visit = {
  at: number;
  lastAt: number;
  entryAt: number;
  entry: string;
  exit: string;
  pageviews: number;
  pages: Set<string>;
  about: [ImportedDimension, string][];
};

export type Hits = { add: (hit: Hit) => void; finish: () => void };

/** @param has which ids the export has at all: what it lacks stays "not said". */
export function collectHits(zone: string, tally: Tally, has: { visits: boolean; visitors: boolean }): Hits {
  const visits = new Map<string, Visit>();
  const visitors = new Map<number, Set<string>>();
  const start = (hit: Hit): Visit => ({
    at: hit.at,
    lastAt: hit.at,
    entryAt: Number.POSITIVE_INFINITY,
    entry: hit.path,
    exit: hit.path,
    pageviews: 0,
    pages: new Set(),
    about: [],
  });
  const addToVisit = (id: string, hit: Hit) => {
    const visit = visits.get(id) ?? start(hit);
    visits.set(id, visit);
    visit.at = Math.min(visit.at, hit.at);
    if (hit.event !== null) return;
    visit.pageviews += 1;
    visit.pages.add(hit.path);
    if (hit.at < visit.entryAt) {
      visit.entryAt = hit.at;
      visit.entry = hit.path;
      visit.about = hit.about();
    }
    if (hit.at >= visit.lastAt) {
      visit.lastAt = hit.at;
      visit.exit = hit.path;
    }
  };
  return {
    add(hit) {
      const day = dayOf(zone, hit.at);
      tally.add('total', day, '', {
        pageviews: hit.event === null ? 1 : 0,
        events: hit.event === null ? 0 : 1,
        ...(has.visits ? { visits: 0 } : {}),
      });
      if (hit.event === null) tally.add('page', day, hit.path, { pageviews: 1, ...(has.visits ? { visits: 0 } : {}) });
      else tally.add('event', day, hit.event, { events: 1 });
      if (hit.visitor !== null) visitors.set(day, (visitors.get(day) ?? new Set()).add(hit.visitor));
      if (hit.visit !== null) addToVisit(hit.visit, hit);
    },
    finish() {
      for (const [day, ids] of visitors) if (has.visitors) tally.add('total', day, '', { visitors: ids.size });
      if (!has.visits) return;
      for (const visit of visits.values()) {
        const day = dayOf(zone, visit.at);
        const sums = { visits: 1, pageviews: visit.pageviews };
        tally.add('total', day, '', { visits: 1, pageviews: 0, events: 0 });
        // A visit of events alone was on no page.
        if (visit.pageviews === 0) continue;
        for (const page of visit.pages) tally.add('page', day, page, { visits: 1, pageviews: 0 });
        tally.add('entry_page', day, visit.entry, sums);
        tally.add('exit_page', day, visit.exit, sums);
        for (const [dimension, value] of visit.about) tally.add(dimension, day, value, sums);
      }
    },
  };
}
