/** The additive figures of a time and the metrics made of them, by the product's definitions. Shares no code with the collector. */
import type { Stored } from './books.ts';
import type { Derived, Visit } from './derive.ts';

export type Figures = Record<string, number | null>;
export type Group = { by: 'page' | 'touchpoint' | 'entry_page' | 'event' | 'known'; value: string };
/** All events of the simulation have one name. */
export const EVENT_NAMES = ['Brochure', '(none)'] as const;

const NAMES = [
  ...['visits', 'pageviews', 'visitPageviews', 'timed', 'active', 'visitActive', 'scrolled', 'scroll'],
  ...['engaged', 'known', 'optedIn', 'optIns', 'confirmed', 'events', 'exposures'],
] as const;
export type Sums = Record<string, number>;
export const noSums = (): Sums => Object.fromEntries(NAMES.map((name) => [name, 0]));
export const addSums = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(NAMES.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));

const sum = (list: Stored[], of: (f: Stored) => number) => list.reduce((total, f) => total + of(f), 0);
const active = (f: Stored) => (f.what === 'pageview' ? (f.activeMs ?? 0) : 0);
const isView = (f: Stored) => f.what === 'pageview';
const entryOf = (v: Visit) => (v.facts.find(isView) ?? v.facts[0])?.page;
const isEngaged = (v: Visit) =>
  sum(v.facts, active) >= 10_000 ||
  v.facts.filter(isView).length >= 2 ||
  v.facts.some((f) => f.what === 'event' || f.what === 'opt-in');

const isEvent = (f: Stored) => f.what === 'event';
/** By event, everything a visit does is seen with its events. */
const isIn = (f: Stored, group: Group | undefined, visitOf: Derived['visitOf']) => {
  const visit = visitOf.get(f);
  if (group?.by === 'event')
    return visit !== undefined && EVENT_NAMES[isEvent(f) || visit.facts.some(isEvent) ? 0 : 1] === group.value;
  if (group?.by === 'known') return visit !== undefined && (visit.known ? 'yes' : 'no') === group.value;
  if (group?.by === 'page') return f.page === group.value && f.what !== 'visit';
  return group?.by === 'touchpoint' ? (f.kiosk === 0 ? 'web' : 'kiosk') === group.value : true;
};

/** Sums over `[start, end)`, of everything or of one group. Facts count by their own time, visits by when they began. */
export function sumsOf({ facts, visits, visitOf }: Derived, start: number, end: number, group?: Group): Sums {
  const inside = facts.filter((f) => f.at >= start && f.at < end && isIn(f, group, visitOf));
  const begun = visits.filter(
    (v) =>
      v.began >= start &&
      v.began < end &&
      v.facts.some((f) => isIn(f, group, visitOf)) &&
      (group?.by !== 'entry_page' || entryOf(v) === group.value),
  );
  const theirs = begun.flatMap((v) => v.facts.filter((f) => isIn(f, group, visitOf)));
  const views = group?.by === 'entry_page' ? [] : inside.filter(isView);
  const count = (what: Stored['what']) => inside.filter((f) => f.what === what).length;
  return {
    visits: begun.length,
    pageviews: views.length,
    visitPageviews: theirs.filter(isView).length,
    timed: views.filter((f) => f.activeMs !== null).length,
    active: sum(views, active),
    visitActive: sum(theirs, active),
    scrolled: views.filter((f) => f.scroll !== null).length,
    scroll: sum(views, (f) => f.scroll ?? 0),
    engaged: begun.filter(isEngaged).length,
    known: begun.filter((v) => v.known).length,
    optedIn: begun.filter((v) => v.facts.some((f) => f.what === 'opt-in' && isIn(f, group, visitOf))).length,
    optIns: count('opt-in'),
    confirmed: inside.filter((f) => f.what === 'opt-in' && f.confirmedAt !== null).length,
    events: count('event'),
    exposures: count('exposure'),
  };
}

export const ratio = (a: number, b: number) => (b > 0 ? a / b : null);

/** Metrics by their API names. Exposures belong to a screen, not to a page or a visit. */
export function metricsOf(sums: Sums, group?: Group): Figures {
  const s = (name: (typeof NAMES)[number]) => sums[name] ?? 0;
  return {
    visits: s('visits'),
    pageviews: s('pageviews'),
    pages_per_visit: ratio(s('visitPageviews'), s('visits')),
    time_on_page: ratio(s('active') / 1000, s('timed')),
    time_coverage: ratio(s('timed'), s('pageviews')),
    visit_time: ratio(s('visitActive') / 1000, s('visits')),
    scroll_depth: ratio(s('scroll'), s('scrolled')),
    engaged_visits: s('engaged'),
    engagement_rate: ratio(s('engaged'), s('visits')),
    bounce_rate: s('visits') === 0 ? null : 1 - s('engaged') / s('visits'),
    known_visits: s('known'),
    opt_ins: s('optIns'),
    opt_ins_confirmed: s('confirmed'),
    opt_in_rate: ratio(s('optedIn'), s('visits')),
    events: s('events'),
    exposures: group && group.by !== 'touchpoint' ? null : s('exposures'),
  };
}
export const SUM_METRICS = Object.keys(metricsOf(noSums()));
