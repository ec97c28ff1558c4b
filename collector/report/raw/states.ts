/** Visitors as of the last active day of a period: whole, and in each of its pieces. */
import type { TailFact, TailVisit } from '../derive-visits.ts';
import type { Span } from '../period.ts';
import type { Piece } from '../time-cut.ts';

/** A visitor in a period; whether known or recurring then, follows from the last active day. */
export type State = { lastDay: number; kind: number; engagement: boolean };
export type States = Map<number, State>;

function addState(states: States, f: TailFact, day: number): void {
  const state = states.get(f.visitor);
  if (!state || day > state.lastDay) states.set(f.visitor, { lastDay: day, kind: f.kind, engagement: f.mode === 1 });
  else if (day === state.lastDay) state.engagement ||= f.mode === 1;
}

const NOBODY: States = new Map();

/** All visitors with an act in the period, whatever filters say: a filter chooses visitors, it does not change what they are. */
export function readStates(
  visits: readonly TailVisit[],
  span: Span,
  find: (at: number) => Piece | undefined,
  dayOf: (at: number) => number,
): { whole: States; of: (piece: Piece | undefined) => States } {
  const whole: States = new Map();
  const pieces = new Map<Piece, States>();
  for (const visit of visits) {
    for (const f of visit.facts) {
      if (f.at < span.start || f.at >= span.end) continue;
      const day = dayOf(f.at);
      addState(whole, f, day);
      const piece = find(f.at);
      if (!piece || piece.labels.length === 0) continue;
      const states = pieces.get(piece) ?? new Map();
      pieces.set(piece, states);
      addState(states, f, day);
    }
  }
  return { whole, of: (piece) => (piece?.labels.length === 0 ? whole : ((piece && pieces.get(piece)) ?? NOBODY)) };
}
