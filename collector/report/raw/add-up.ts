/** Goes through all visits once and adds up what a question asks: its rows, and its total. */
import { VISIT_REACH_MS } from '../../store/visits-sql.ts';
import type { TailFact, TailVisit } from '../derive-visits.ts';
import type { Seen } from '../dimension.ts';
import type { Span } from '../period.ts';
import type { TailExposure } from '../tail.ts';
import { type Piece, pieceFinder } from '../time-cut.ts';
import type { Keys } from './keys.ts';
import { addState, type State, type States } from './people.ts';
import { eventsOf, sightsOf } from './sights.ts';
import { Tally } from './tally.ts';

/** @property flagged whether visitors are told apart by what they are in the period, not only by what they did. */
export type Wants = { visitors: boolean; events: boolean; flagged: boolean; pages: boolean };
/** What is known of the doer of an act: as of its visit, and as of a period. */
export type Flags = {
  ofVisit: (visit: TailVisit) => Pick<Seen, 'known' | 'recurring'>;
  ofVisitor: (visitor: number, state: State) => Pick<Seen, 'known' | 'recurring'>;
  dayOf: (at: number) => number;
};

const WHOLE = '';

/** All visitors with an act in each piece of time, and in the span, whatever filters say. */
function readStates(visits: readonly TailVisit[], span: Span, find: (at: number) => Piece | undefined, flags: Flags) {
  const whole: States = new Map();
  const pieces = new Map<Piece, States>();
  for (const visit of visits) {
    for (const f of visit.facts) {
      if (f.at < span.start || f.at >= span.end) continue;
      const day = flags.dayOf(f.at);
      addState(whole, f, day);
      const piece = find(f.at);
      if (!piece) continue;
      const states = pieces.get(piece) ?? new Map();
      pieces.set(piece, states);
      addState(states, f, day);
    }
  }
  return { whole, of: (piece: Piece): States => pieces.get(piece) ?? new Map() };
}

/** @param pieces the span, cut by time. */
export function addUp(
  visits: readonly TailVisit[],
  exposures: readonly TailExposure[],
  span: Span,
  pieces: readonly Piece[],
  keys: Keys,
  flags: Flags,
  wants: Wants,
): { rows: Tally; total: Tally } {
  const find =
    pieces.length === 1 ? (at: number) => (at >= span.start && at < span.end ? pieces[0] : undefined) : pieceFinder(pieces);
  const states = readStates(visits, span, find, flags);
  const [rows, total] = [new Tally(), new Tally()];
  const isIn = (at: number) => at >= span.start && at < span.end;

  /** One act, seen with one event: what it adds by its own time, and to its visit. */
  const take = (f: TailFact, seen: Seen, at: Piece | undefined, began: Piece | undefined, counts: boolean, done: Done) => {
    if (!keys.keeps(seen)) return;
    const own = at && keys.keyOf(seen, at);
    if (isIn(f.at)) {
      if (!done.total) total.act(WHOLE, f, states.whole);
      if (wants.visitors && !wants.flagged) total.visitor(WHOLE, f.visitor, states.whole);
      if (at && own !== undefined && !done.rows.has(own)) {
        rows.act(own, f, states.of(at));
        if (wants.visitors && !wants.flagged) rows.visitor(own, f.visitor, states.of(at));
      }
      if (own !== undefined) done.rows.add(own);
      done.total = true;
    }
    if (!counts) return;
    if (!done.visitTotal) total.inVisit(WHOLE, f, states.whole);
    done.visitTotal = true;
    if (!began) return;
    const key = began === at && own !== undefined ? own : keys.keyOf(seen, began);
    if (!done.visitRows.has(key)) rows.inVisit(key, f, states.of(began));
    done.visitRows.add(key);
  };

  /** Visitors by what they are in the period: once more for each row's period, and for the whole. */
  const takeFlagged = (f: TailFact, seen: Seen, at: Piece | undefined) => {
    const inWhole = states.whole.get(f.visitor);
    if (inWhole && keys.keeps(Object.assign(seen, flags.ofVisitor(f.visitor, inWhole))))
      total.visitor(WHOLE, f.visitor, states.whole);
    const inPiece = at && states.of(at).get(f.visitor);
    if (at && inPiece && keys.keeps(Object.assign(seen, flags.ofVisitor(f.visitor, inPiece))))
      rows.visitor(keys.keyOf(seen, at), f.visitor, states.of(at));
  };

  for (const visit of visits) {
    const isBegun = isIn(visit.began);
    const began = isBegun ? find(visit.began) : undefined;
    const events = wants.events ? eventsOf(visit) : [null];
    const ofVisit = flags.ofVisit(visit);
    for (const f of visit.facts) {
      const counts = isBegun && f.at < visit.began + VISIT_REACH_MS;
      // A kiosk's word that a visit took place is no act on a page.
      if ((!counts && !isIn(f.at)) || (f.what === 'visit' && wants.pages)) continue;
      const at = find(f.at);
      const done: Done = { total: false, rows: new Set(), visitTotal: false, visitRows: new Set() };
      for (const event of sightsOf(f, events)) {
        take(f, { fact: f, visit, event, ...ofVisit }, at, began, counts, done);
        if (wants.visitors && wants.flagged && isIn(f.at)) takeFlagged(f, { fact: f, visit, event, ...ofVisit }, at);
      }
    }
    rows.closeVisit(visit);
    total.closeVisit(visit);
  }
  for (const e of exposures) {
    const piece = find(e.at);
    const key = piece ? keys.exposureKey(e.touchpoint, piece) : null;
    if (!piece || key === null) continue;
    rows.exposure(key, states.of(piece));
    total.exposure(WHOLE, states.whole);
  }
  return { rows, total };
}

/** What an act was counted for: seen with several events, it counts once a row. */
type Done = { total: boolean; rows: Set<string>; visitTotal: boolean; visitRows: Set<string> };
