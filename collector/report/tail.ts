/**
 * The facts that no rollup has yet, read once and derived here by the same definitions as `store/visits-sql.ts`: window functions
 * in D1 read every row some twenty times over (docs/decisions/005). The model in tests/collector holds both to one result.
 */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween, KIOSK_ORIGIN, LOOKBACK_MS, packTouchpoint, VISIT_GAP_MS, VISIT_REACH_MS } from '../store/visits-sql.ts';

const WHATS = ['pageview', 'event', 'opt-in', 'identify', 'visit'] as const;
export type What = (typeof WHATS)[number];
export type TailFact = {
  what: What;
  at: number;
  born: number;
  rand: number;
  visitor: number;
  kind: number;
  store: number;
  kiosk: number;
  mode: number;
  page: number;
  ends: number;
  origin: number;
  place: number;
  technology: number;
  activeMs: number | null;
  scroll: number | null;
  confirmed: boolean;
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
  pageviews: number;
  activeMs: number;
  acts: number;
  optedIn: boolean;
  known: boolean;
  facts: TailFact[];
};
export type TailExposure = { at: number; touchpoint: number };
/** An act that makes a visitor known, until it ends. */
export type TailAct = { visitor: number; at: number; endedAt: number | null };
export type Tail = {
  from: number;
  facts: TailFact[];
  visits: TailVisit[];
  exposures: TailExposure[];
  acts: Map<number, TailAct[]>;
  rowsRead: number;
};

type FactRow = Record<'born' | 'rand' | 'at' | 'visitor' | 'kind' | 'store' | 'kiosk' | 'mode' | 'page' | 'ends', number> & {
  origin?: number;
  place?: number;
  technology?: number;
  active_ms?: number | null;
  scroll?: number | null;
  confirmed?: number;
};

const KEYS = 't.born, t.rand, t.at, t.visitor, t.kind, t.store, t.kiosk, t.mode, t.page';
const SELECTS: readonly [What, table: string, columns: string][] = [
  [
    'pageview',
    'pageviews',
    `${KEYS}, t.at + coalesce(t.foreground_ms, 0) AS ends, t.origin, t.place, ((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language AS technology, t.active_ms, t.scroll`,
  ],
  ['event', 'events', `${KEYS}, t.at AS ends`],
  ['opt-in', 'opt_ins', `${KEYS}, t.at AS ends, t.confirmed_at IS NOT NULL AS confirmed`],
  ['identify', 'identifications', `${KEYS}, t.at AS ends`],
  ['visit', 'kiosk_visits', `${KEYS}, t.at + t.length_ms AS ends`],
];

const inOrder = (a: TailFact, b: TailFact) => a.at - b.at || a.born - b.born || a.rand - b.rand;

function beginVisit(f: Pick<TailFact, 'at' | 'kind' | 'store' | 'kiosk' | 'page'>): TailVisit {
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
    pageviews: 0,
    activeMs: 0,
    acts: 0,
    optedIn: false,
    known: false,
    facts: [],
  };
}

/** Adds a fact to its visit. Entry, origin, place and technology are the first pageview's, the exit page the last one's. */
function addToVisit(visit: TailVisit, f: TailFact): void {
  f.visit = visit;
  visit.facts.push(f);
  if (f.what === 'pageview') {
    if (!visit.facts.some((other) => other !== f && other.what === 'pageview')) {
      visit.origin = f.origin;
      visit.place = f.place;
      visit.technology = f.technology;
      visit.entry = f.page;
    }
    visit.exit = f.page;
  } else if (!visit.facts.some((other) => other.what === 'pageview')) visit.exit = f.page;
  if (f.at >= visit.began + VISIT_REACH_MS) return;
  visit.lastAt = f.at;
  if (f.what === 'pageview') {
    visit.pageviews += 1;
    visit.activeMs += f.activeMs ?? 0;
  }
  if (f.what === 'event' || f.what === 'opt-in') visit.acts += 1;
  if (f.what === 'opt-in') visit.optedIn = true;
}

/** Splits each visitor's facts into visits: a fact that starts 30 minutes or more after everything before it ended begins one. */
function deriveVisits(facts: TailFact[]): TailVisit[] {
  const visits: TailVisit[] = [];
  const open = new Map<number, { visit: TailVisit; until: number }>();
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

/** Whether an act that names the visitor happened by the instant and has not ended by then. */
export function isKnownAt(acts: readonly TailAct[] | undefined, instant: number, inclusive: boolean): boolean {
  return (acts ?? []).some((a) => (inclusive ? a.at <= instant : a.at < instant) && (a.endedAt === null || a.endedAt >= instant));
}

const ACTS = `SELECT i.visitor, i.at, i.ended_at FROM json_each(?2) j CROSS JOIN identifications i INDEXED BY identifications_visitor ON i.site = ?1 AND i.visitor = j.value
  UNION ALL SELECT o.visitor, o.at, o.ended_at FROM json_each(?2) j CROSS JOIN opt_ins o INDEXED BY opt_ins_visitor ON o.site = ?1 AND o.visitor = j.value WHERE o.confirmed_at IS NOT NULL`;

async function readActs(
  events: D1Database,
  site: Site,
  visitors: number[],
): Promise<{ acts: Map<number, TailAct[]>; rowsRead: number }> {
  const acts = new Map<number, TailAct[]>();
  if (visitors.length === 0) return { acts, rowsRead: 0 };
  const { results, meta } = await events
    .prepare(ACTS)
    .bind(site.id, JSON.stringify(visitors))
    .all<{ visitor: number; at: number; ended_at: number | null }>();
  for (const row of results)
    acts.set(row.visitor, [...(acts.get(row.visitor) ?? []), { visitor: row.visitor, at: row.at, endedAt: row.ended_at }]);
  return { acts, rowsRead: meta.rows_read };
}

/**
 * Reads the facts of a site from `from` to the end of the day of `nowMs`, with what is needed to know which visits they belong to.
 *
 * @param from the instant before which every figure is in rollups.
 */
export async function readTail(events: D1Database, site: Site, from: number, nowMs: number): Promise<Tail> {
  const end = Math.max(startOfDay(site.zone, dayOf(site.zone, nowMs) + 1), from);
  const statements = SELECTS.map(([, table, columns]) =>
    events.prepare(factsBetween(table, columns, '?2', '?3')).bind(site.id, from - LOOKBACK_MS, end),
  );
  const shown = events.prepare(factsBetween('exposures', 't.at, t.store, t.kiosk', '?2', '?3')).bind(site.id, from, end);
  const results = await events.batch<FactRow>([...statements, shown]);
  const visit = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });
  const facts: TailFact[] = [];
  SELECTS.forEach(([what], i) => {
    for (const row of results[i]?.results ?? []) {
      facts.push({
        what,
        at: row.at,
        born: row.born,
        rand: row.rand,
        visitor: row.visitor,
        kind: row.kind,
        store: row.store,
        kiosk: row.kiosk,
        mode: row.mode,
        page: row.page,
        ends: row.ends,
        origin: row.origin ?? 0,
        place: row.place ?? 0,
        technology: row.technology ?? 0,
        activeMs: row.active_ms ?? null,
        scroll: row.scroll ?? null,
        confirmed: row.confirmed === 1,
        visit,
      });
    }
  });
  const visits = deriveVisits(facts);
  const fresh = facts.filter((f) => f.at >= from);
  const { acts, rowsRead } = await readActs(events, site, [...new Set(fresh.map((f) => f.visitor))]);
  for (const v of visits) if (v.began >= from) v.known = isKnownAt(acts.get(v.facts[0]?.visitor ?? 0), v.lastAt, true);
  return {
    from,
    facts: fresh,
    visits: visits.filter((v) => v.began >= from),
    exposures: (results[SELECTS.length]?.results ?? []).map((row) => ({
      at: row.at,
      touchpoint: packTouchpoint(row.store, row.kiosk),
    })),
    acts,
    rowsRead: rowsRead + results.reduce((sum, r) => sum + r.meta.rows_read, 0),
  };
}

export const originOf = (v: TailVisit) => (v.kind === 2 ? KIOSK_ORIGIN : v.origin);
