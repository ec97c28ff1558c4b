/** One line of a raw answer, as acts, visits and visitors are added up in it. */
import type { Site } from '../../store/sites.ts';
import { TimesCount } from '../../store/times.ts';
import { addFact, addVisit, type Part } from '../add-act.ts';
import type { TailFact, TailVisit } from '../derive-visits.ts';
import { noFigures } from '../groups.ts';
import type { Figures, Sums, VisitorCounts } from '../metric.ts';
import { noVisitors } from '../visitors.ts';
import { isKnownVisitor, isRecurringBy, PERSISTENT, type People } from './people.ts';
import type { States } from './states.ts';

export class Line {
  private readonly sums: Sums = noFigures(false).sums;
  private times: TimesCount | null = null;
  private readonly visitors = new Set<number>();
  private last: number | null = null;
  private visit: TailVisit | null = null;
  private part: Part = { pageviews: 0, activeMs: 0, optedIn: false };

  /** @param states all visitors of the period that the line is about. */
  constructor(private readonly states: States) {}

  act(f: TailFact): void {
    addFact(this.sums, f);
    if (f.activeMs === null) return;
    this.times ??= new TimesCount();
    this.times.add(f.activeMs);
  }

  visitor(visitor: number): void {
    // Acts come visit by visit: mostly it is the visitor of just now.
    if (visitor !== this.last) this.visitors.add(visitor);
    this.last = visitor;
  }

  exposure(): void {
    this.sums.exposures += 1;
  }

  /** Takes what an act adds to its visit in. @returns whether it is the visit's first here: it counts when it is closed. */
  inVisit(f: TailFact): boolean {
    const isFirst = this.visit !== f.visit;
    if (isFirst) this.part = { pageviews: 0, activeMs: 0, optedIn: false };
    this.visit = f.visit;
    if (f.what === 'pageview') {
      this.part.pageviews += 1;
      this.part.activeMs += f.activeMs ?? 0;
    }
    if (f.what === 'opt-in') this.part.optedIn = true;
    return isFirst;
  }

  closeVisit(visit: TailVisit): void {
    addVisit(this.sums, visit, this.part);
  }

  figures(countsVisitors: boolean, people: People, site: Site): Figures {
    const sums = { ...this.sums, times: this.times?.spell() ?? '' };
    return { sums, visitors: countsVisitors ? this.countVisitors(people, site) : null };
  }

  /** Each visitor once, as of the last active day in the line's period. */
  private countVisitors(people: People, site: Site): VisitorCounts {
    const counts = noVisitors();
    for (const visitor of this.visitors) {
      const state = this.states.get(visitor);
      if (!state) continue;
      counts.visitors += 1;
      if (state.kind === PERSISTENT) counts.persistent += 1;
      if (state.engagement) counts.engagement += 1;
      if (isKnownVisitor(people, site, visitor, state)) counts.known += 1;
      if (isRecurringBy(people, visitor, state.kind, state.lastDay)) counts.recurring += 1;
    }
    return counts;
  }
}

/** Lines by key; each is about the period of its key. */
export class Lines {
  readonly byKey = new Map<string, Line>();

  at(key: string, states: States): Line {
    const found = this.byKey.get(key);
    if (found) return found;
    const fresh = new Line(states);
    this.byKey.set(key, fresh);
    return fresh;
  }

  figures(countsVisitors: boolean, people: People, site: Site): Map<string, Figures> {
    return new Map([...this.byKey].map(([key, line]) => [key, line.figures(countsVisitors, people, site)]));
  }
}
