/** The facts after an instant, read in bulk, and the visits that were open then (store/open-visits.ts). */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { FAR_MS } from '../store/facts.ts';
import { OPEN_VISITS, type OpenVisit, readOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween, farFacts, LOOKBACK_MS, nearFacts } from '../store/visits-sql.ts';
import { type Batch, numbersOf, type PackedRow, packedSql } from './batch.ts';
import { beginVisit, type TailFact, type What } from './derive-visits.ts';

export type TailExposure = { at: number; touchpoint: number };
/** @property open the visits that were open at `from`, or null where nobody noted them: then older facts are there to tell. */
export type TailFacts = { facts: TailFact[]; exposures: TailExposure[]; open: OpenVisit[] | null };

const MINUTE = 60_000;
/** Facts of busy tables come in pieces by age, none of which is long: a text has at most 2 MB, some 25,000 facts. */
const PIECES_MS = [480 * MINUTE, 120 * MINUTE, 30 * MINUTE];

/** From the instant on, or from earlier where its open visits were not noted. */
const LO = `coalesce((SELECT min(o.before) FROM open_visits o WHERE o.site = ?1 AND o.before = ?2), ?2 - ${LOOKBACK_MS})`;
const ABOUT = '((t.store * 1048576 + t.kiosk) * 4 + t.kind) * 2 + t.mode';
const VIEW = [
  ...['t.at - ?2', 't.at - t.born', 't.visitor', ABOUT, 't.page', 'coalesce(t.foreground_ms, 0)', 't.origin', 't.place'],
  ...['((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language', 'coalesce(t.active_ms, -1)', 'coalesce(t.scroll, -1)'],
];
const ACT = ['t.at - ?2', 't.at - t.born', 't.rand', 't.visitor', ABOUT, 't.page'];
const ACT_COLUMNS = 't.at, t.born, t.rand, t.visitor, t.kind, t.store, t.kiosk, t.mode, t.page';
const SHOWN = ['t.at - ?2', 't.store * 1048576 + t.kiosk'];

const near = (table: string, columns: readonly string[]) => (loose: boolean) =>
  packedSql({ columns, rest: nearFacts(table, LO, '?3', `max(?4, ${LO} - ${FAR_MS})`, '?5') }, loose);
const far = (table: string, columns: readonly string[]) => (loose: boolean) =>
  packedSql({ columns, rest: farFacts(table, LO, '?3') }, loose);
const few = (table: string, columns: readonly string[], select: string, lo: string) => (loose: boolean) =>
  packedSql({ columns, rest: `FROM (${factsBetween(table, select, lo, '?3')}) t` }, loose);

const SQL = {
  views: { near: near('pageviews', VIEW), far: far('pageviews', VIEW) },
  events: { near: near('events', [...ACT, '0']), far: far('events', [...ACT, '0']) },
  optIns: few('opt_ins', [...ACT, 't.confirmed'], `${ACT_COLUMNS}, t.confirmed_at IS NOT NULL AS confirmed`, LO),
  identifications: few('identifications', [...ACT, '0'], ACT_COLUMNS, LO),
  visits: few('kiosk_visits', [...ACT, 't.length_ms'], `${ACT_COLUMNS}, t.length_ms`, LO),
  shown: few('exposures', SHOWN, 't.at, t.store, t.kiosk', '?2'),
};

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

function factOf(what: What, at: number, age: number, rand: number, visitor: number, about: number, page: number): TailFact {
  const place = Math.floor(about / 8);
  return {
    what,
    at,
    born: at - age,
    rand,
    visitor,
    kind: Math.floor(about / 2) % 4,
    store: Math.floor(place / 1_048_576),
    kiosk: place % 1_048_576,
    mode: about % 2,
    page,
    ends: at,
    origin: 0,
    place: 0,
    technology: 0,
    activeMs: null,
    scroll: null,
    confirmed: false,
    name: 0,
    props: null,
    visit: NO_VISIT,
  };
}

/** Pageviews come in the order of their ids, so that their position says it all. */
function readViews(rows: readonly PackedRow[], from: number, facts: TailFact[]): void {
  for (const row of rows) {
    const list = numbersOf(row);
    for (let i = 0; i < list.length; i += VIEW.length) {
      const at = (n: number) => list[i + n] ?? 0;
      const fact = factOf('pageview', from + at(0), at(1), facts.length, at(2), at(3), at(4));
      fact.ends += at(5);
      fact.origin = at(6);
      fact.place = at(7);
      fact.technology = at(8);
      fact.activeMs = at(9) < 0 ? null : at(9);
      fact.scroll = at(10) < 0 ? null : at(10);
      facts.push(fact);
    }
  }
}

function readOthers(what: What, rows: readonly PackedRow[], from: number, facts: TailFact[]): void {
  for (const row of rows) {
    const list = numbersOf(row);
    for (let i = 0; i < list.length; i += ACT.length + 1) {
      const at = (n: number) => list[i + n] ?? 0;
      const fact = factOf(what, from + at(0), at(1), at(2), at(3), at(4), at(5));
      if (what === 'visit') fact.ends += at(6);
      if (what === 'opt-in') fact.confirmed = at(6) === 1;
      facts.push(fact);
    }
  }
}

/** Adds to a batch the facts of a site from `from` to the end of the day of `nowMs`. */
export function addTailReading(batch: Batch, site: Site, from: number, nowMs: number): () => TailFacts {
  const end = Math.max(startOfDay(site.zone, dayOf(site.zone, nowMs) + 1), from);
  const edges = [0, ...PIECES_MS.map((age) => nowMs - age).filter((edge) => edge > from), end + FAR_MS];
  const inPieces = (sql: typeof SQL.views) => [
    ...edges.slice(1).map((edge, i) => batch.add(sql.near, site.id, from, end, edges[i], edge)),
    batch.add(sql.far, site.id, from, end),
  ];
  const views = inPieces(SQL.views);
  const events = inPieces(SQL.events);
  const optIns = batch.add(SQL.optIns, site.id, from, end);
  const identifications = batch.add(SQL.identifications, site.id, from, end);
  const visits = batch.add(SQL.visits, site.id, from, end);
  const shown = batch.add(SQL.shown, site.id, from, end);
  const open = batch.add(OPEN_VISITS, site.id, from);
  return () => {
    const facts: TailFact[] = [];
    for (const rows of views) readViews(rows(), from, facts);
    for (const rows of events) readOthers('event', rows(), from, facts);
    readOthers('opt-in', optIns(), from, facts);
    readOthers('identify', identifications(), from, facts);
    readOthers('visit', visits(), from, facts);
    const exposures: TailExposure[] = [];
    for (const row of shown()) {
      const list = numbersOf(row);
      for (let i = 0; i < list.length; i += 2) exposures.push({ at: from + (list[i] ?? 0), touchpoint: list[i + 1] ?? 0 });
    }
    const noted = open();
    return { facts, exposures, open: noted.length > 0 ? noted.flatMap((row) => readOpenVisits(numbersOf(row))) : null };
  };
}
