/** Facts to visits, in TypeScript: one derivation for the open tail and for raw answers, held to the SQL of windows by the model in tests. */
import type { OpenVisit } from '../store/open-visits.ts';
import { VISIT_GAP_MS, VISIT_REACH_MS } from '../store/visits-sql.ts';

export type What = 'pageview' | 'event' | 'opt-in' | 'identify' | 'visit';
export type TailFact = {
  what: What;
  at: number;
  born: number;
  rand: number;
  /** Tells visitors apart: an id, or in the tail the place of one among its visitors. */
  visitor: number;
  kind: number;
  store: number;
  kiosk: number;
  mode: number;
  /** A dictionary hash, or in the tail the place of one among its pages. */
  page: number;
  ends: number;
  origin: number;
  place: number;
  technology: number;
  activeMs: number | null;
  scroll: number | null;
  confirmed: boolean;
  /** Name of an event, as a dictionary hash, and its props as JSON; these are read for raw answers only. */
  name: number;
  props: string | null;
  visit: TailVisit;
};
export type TailVisit = {
  began: number;
  lastAt: number;
  kind: number;
  store: number;
  kiosk: number;
  origin: number;
  place: number;
  technology: number;
  entry: number;
  exit: number;
  /** Whether any of its facts is a pageview. */
  viewed: boolean;
  pageviews: number;
  activeMs: number;
  acts: number;
  optedIn: boolean;
  known: boolean;
  /** Names of its events, each once. */
  names: readonly number[];
  facts: TailFact[];
};

const NO_NAMES: readonly number[] = [];

const inOrder = (a: TailFact, b: TailFact) => a.at - b.at || a.born - b.born || a.rand - b.rand;

export function beginVisit(f: Pick<TailFact, 'at' | 'kind' | 'store' | 'kiosk' | 'page'>): TailVisit {
  return {
    began: f.at,
    lastAt: f.at,
    kind: f.kind,
    store: f.store,
    kiosk: f.kiosk,
    origin: 0,
    place: 0,
    technology: 0,
    entry: f.page,
    exit: f.page,
    viewed: false,
    pageviews: 0,
    activeMs: 0,
    acts: 0,
    optedIn: false,
    known: false,
    names: NO_NAMES,
    facts: [],
  };
}

/** Adds a fact to its visit. Entry, origin, place and technology are the first pageview's, the exit page the last one's. */
function addToVisit(visit: TailVisit, f: TailFact): void {
  f.visit = visit;
  visit.facts.push(f);
  if (f.what === 'pageview') {
    if (!visit.viewed) {
      visit.viewed = true;
      visit.origin = f.origin;
      visit.place = f.place;
      visit.technology = f.technology;
      visit.entry = f.page;
    }
    visit.exit = f.page;
  } else if (!visit.viewed) visit.exit = f.page;
  if (f.at >= visit.began + VISIT_REACH_MS) return;
  visit.lastAt = f.at;
  if (f.what === 'pageview') {
    visit.pageviews += 1;
    visit.activeMs += f.activeMs ?? 0;
  }
  if (f.what === 'event' || f.what === 'opt-in') visit.acts += 1;
  if (f.what === 'event' && !visit.names.includes(f.name)) visit.names = [...visit.names, f.name];
  if (f.what === 'opt-in') visit.optedIn = true;
}

/** A visit that was open before the first fact, as windows noted it. */
function resumeVisit(open: OpenVisit): TailVisit {
  const { began, origin, place, technology, entry, exit, viewed, lastAt, names } = open;
  return { ...beginVisit({ ...open, at: began, page: entry }), origin, place, technology, exit, viewed, lastAt, names };
}

/**
 * Splits each visitor's facts into visits: a fact that starts 30 minutes or more after everything before it ended begins one.
 *
 * @param noted visits that were open before all facts; they are not among those that are returned.
 */
export function deriveVisits(facts: TailFact[], noted: readonly OpenVisit[] = []): TailVisit[] {
  const visits: TailVisit[] = [];
  const open = new Map(noted.map((v) => [v.visitor, { visit: resumeVisit(v), until: v.until }]));
  for (const f of facts.sort(inOrder)) {
    let state = open.get(f.visitor);
    if (!state || (f.kind !== 2 && f.at - state.until >= VISIT_GAP_MS)) {
      state = { visit: beginVisit(f), until: state?.until ?? f.ends };
      visits.push(state.visit);
      open.set(f.visitor, state);
    }
    state.until = Math.max(state.until, f.ends);
    addToVisit(state.visit, f);
  }
  return visits;
}
