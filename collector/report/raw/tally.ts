/** Adds acts, visits and visitors up under the names of their values. */
import type { Site } from '../../store/sites.ts';
import type { TailFact, TailVisit } from '../derive-visits.ts';
import { noFigures } from '../groups.ts';
import type { Figures, VisitorCounts } from '../metric.ts';
import { addFact, addVisit, type Part } from '../tail-cells.ts';
import { noVisitors } from '../visitors.ts';
import { isKnownVisitor, isRecurringBy, PERSISTENT, type People, type States } from './people.ts';

type Line = { figures: Figures; visitors: Set<number>; states: States };

export class Tally {
  private readonly lines = new Map<string, Line>();
  private readonly parts = new Map<string, Part & { states: States }>();

  /** @param states of all visitors of the period that a line is about. */
  private line(key: string, states: States): Line {
    const found = this.lines.get(key);
    if (found) return found;
    const fresh = { figures: noFigures(false), visitors: new Set<number>(), states };
    this.lines.set(key, fresh);
    return fresh;
  }

  /** A line that is there although nothing may fall under it. */
  open(key: string, states: States): void {
    this.line(key, states);
  }

  act(key: string, f: TailFact, states: States): void {
    addFact(this.line(key, states).figures.sums, f);
  }

  visitor(key: string, visitor: number, states: States): void {
    this.line(key, states).visitors.add(visitor);
  }

  exposure(key: string, states: States): void {
    this.line(key, states).figures.sums.exposures += 1;
  }

  /** Takes what an act adds to its visit in; the visit counts when it is closed. */
  inVisit(key: string, f: TailFact, states: States): void {
    const part = this.parts.get(key) ?? { pageviews: 0, activeMs: 0, optedIn: false, states };
    if (f.what === 'pageview') {
      part.pageviews += 1;
      part.activeMs += f.activeMs ?? 0;
    }
    if (f.what === 'opt-in') part.optedIn = true;
    this.parts.set(key, part);
  }

  closeVisit(visit: TailVisit): void {
    for (const [key, part] of this.parts) addVisit(this.line(key, part.states).figures.sums, visit, part);
    this.parts.clear();
  }

  /** The figures by key. Each visitor counts once a line, as of the last active day in the line's period. */
  figures(countsVisitors: boolean, people: People, site: Site): Map<string, Figures> {
    const groups = new Map<string, Figures>();
    for (const [key, { figures, visitors, states }] of this.lines)
      groups.set(key, { ...figures, visitors: countsVisitors ? countVisitors(visitors, states, people, site) : null });
    return groups;
  }
}

function countVisitors(visitors: Iterable<number>, states: States, people: People, site: Site): VisitorCounts {
  const counts = noVisitors();
  for (const visitor of visitors) {
    const state = states.get(visitor);
    if (!state) continue;
    counts.visitors += 1;
    if (state.kind === PERSISTENT) counts.persistent += 1;
    if (state.engagement) counts.engagement += 1;
    if (isKnownVisitor(people, site, visitor, state)) counts.known += 1;
    if (isRecurringBy(people, visitor, state.kind, state.lastDay)) counts.recurring += 1;
  }
  return counts;
}
