/** Goes through all visits once and adds up what a question asks: its rows, and its total. */
import { VISIT_REACH_MS } from '../../store/visits-sql.ts';
import type { TailFact, TailVisit } from '../derive-visits.ts';
import type { Seen } from '../dimension.ts';
import type { Span } from '../period.ts';
import type { TailExposure } from '../tail.ts';
import { type Piece, pieceFinder } from '../time-cut.ts';
import type { Keys } from './keys.ts';
import { Line, Lines } from './line.ts';
import { eventsOf, sightsOf } from './sights.ts';
import { readStates, type State } from './states.ts';

/** @property flagged whether visitors are told apart by what they are in the period, not only by what they did. */
export type Wants = { rows: boolean; visitors: boolean; events: boolean; flagged: boolean; pages: boolean };
/** Who did it. */
export type Doer = Pick<Seen, 'known' | 'recurring'>;
export type Doers = { ofVisit: (visit: TailVisit) => Doer; ofVisitor: (visitor: number, state: State) => Doer };

type Events = ReturnType<typeof eventsOf>;
const WHOLE = '';
const NONE: readonly string[] = [];
const ANYBODY: Doer = { known: false, recurring: null };

/** @param pieces the span, cut by time. */
export function addUp(
  visits: readonly TailVisit[],
  exposures: readonly TailExposure[],
  span: Span,
  pieces: readonly Piece[],
  keys: Keys,
  doers: Doers,
  dayOf: (at: number) => number,
  wants: Wants,
): { rows: Lines; total: Line } {
  const find = pieceFinder(pieces);
  const states = readStates(wants.visitors ? visits : [], span, find, dayOf);
  const rows = new Lines();
  const total = new Line(states.whole);
  const isIn = (at: number) => at >= span.start && at < span.end;

  /** Under which keys an act falls, seen with each of its events: none when no sight of it is kept. */
  const keysOfAct = (f: TailFact, events: Events, { known, recurring }: Doer, piece: Piece | undefined): readonly string[] => {
    let found = NONE;
    for (const event of sightsOf(f, events)) {
      const seen: Seen = { fact: f, visit: f.visit, event, known, recurring };
      if (!keys.keeps(seen)) continue;
      const key = wants.rows && piece ? keys.keyOf(seen, piece) : WHOLE;
      if (!found.includes(key)) found = found.length === 0 ? [key] : [...found, key];
    }
    return found;
  };
  const rowsAt = (found: readonly string[], piece: Piece | undefined): readonly Line[] =>
    wants.rows && piece ? found.map((key) => rows.at(key, states.of(piece))) : [];

  /** A visitor is known or not as of each row's period, and of the whole: that may keep other acts than those of known visits. */
  const addFlagged = (f: TailFact, events: Events, at: Piece | undefined) => {
    const [inWhole, inPiece] = [states.whole.get(f.visitor), states.of(at).get(f.visitor)];
    if (inWhole && keysOfAct(f, events, doers.ofVisitor(f.visitor, inWhole), at).length > 0) total.visitor(f.visitor);
    if (inPiece)
      for (const line of rowsAt(keysOfAct(f, events, doers.ofVisitor(f.visitor, inPiece), at), at)) line.visitor(f.visitor);
  };

  for (const visit of visits) {
    const isBegun = isIn(visit.began);
    const began = isBegun ? find(visit.began) : undefined;
    const events = eventsOf(visit, wants.events);
    const doer = wants.flagged ? doers.ofVisit(visit) : ANYBODY;
    const touched: Line[] = [];
    for (const f of visit.facts) {
      const counts = isBegun && f.at < visit.began + VISIT_REACH_MS;
      const isOwn = isIn(f.at);
      // A kiosk's word that a visit took place is no act on a page.
      if ((!counts && !isOwn) || (f.what === 'visit' && wants.pages)) continue;
      const at = isOwn ? find(f.at) : undefined;
      const own = isOwn ? keysOfAct(f, events, doer, at) : NONE;
      const lines = rowsAt(own, at);
      for (const line of own.length > 0 ? [total, ...lines] : []) {
        line.act(f);
        if (wants.visitors && !wants.flagged) line.visitor(f.visitor);
      }
      if (wants.visitors && wants.flagged && isOwn) addFlagged(f, events, at);
      if (!counts) continue;
      const isSame = isOwn && at === began;
      const kept = isSame ? own : keysOfAct(f, events, doer, began);
      for (const line of kept.length > 0 ? [total, ...(isSame ? lines : rowsAt(kept, began))] : [])
        if (line.inVisit(f)) touched.push(line);
    }
    for (const line of touched) line.closeVisit(visit);
  }
  for (const e of exposures) {
    const piece = find(e.at);
    const key = keys.exposureKey(e.touchpoint, piece);
    if (key === null) continue;
    total.exposure();
    for (const line of rowsAt([key], piece)) line.exposure();
  }
  return { rows, total };
}
