/**
 * The facts that no rollup has yet, read once and derived here by the same definitions as `store/visits-sql.ts`: window functions
 * in D1 read every row some twenty times over (docs/decisions/005). The model in tests/collector holds both to one result.
 */
import type { Site } from '../store/sites.ts';
import { KIOSK_ORIGIN, type RollupDimension } from '../store/visits-sql.ts';
import { isKnownAt, readActs, type TailAct } from './acts.ts';
import { makeBatch } from './batch.ts';
import { deriveVisits, type TailFact, type TailVisit } from './derive-visits.ts';
import type { Places } from './places.ts';
import { addTailReading, type TailExposure, type TailFacts } from './tail-facts.ts';
import { addPeopleReading, type TailPeople, type VisitorDay } from './tail-people.ts';

export { isKnownAt, readActs, type TailAct, type TailExposure, type TailFact, type TailVisit, type VisitorDay };

export type Tail = {
  from: number;
  facts: TailFact[];
  /** The pages that facts and visits name by their places. */
  pages: Places;
  visits: TailVisit[];
  exposures: TailExposure[];
  acts: Map<number, TailAct[]>;
  /** The latest active day of its visitors up to its own first. */
  days: Map<number, VisitorDay>;
  rowsRead: number;
};

/** The facts of the tail, without the older ones that only tell which visits were open. */
export const freshOf = (read: TailFacts, from: number): TailFact[] => read.facts.filter((f) => f.at >= from);

/** Derives the tail from what was read. */
export function makeTail(read: TailFacts, people: TailPeople, from: number, rowsRead: number): Tail {
  const visits = deriveVisits(read.facts, read.open ?? []).filter((v) => v.began >= from);
  const facts = freshOf(read, from);
  // Visits that began before and go on, too: what they do in the tail is of known visits or not.
  for (const { visit: v, visitor } of people.acts.size > 0 ? facts : []) {
    const acts = people.acts.get(visitor);
    if (acts && !v.known) v.known = isKnownAt(acts, v.lastAt, true);
  }
  return { from, facts, pages: read.pages, visits, exposures: read.exposures, ...people, rowsRead };
}

/**
 * Reads the facts of a site from `from` to the end of the day of `nowMs`, with what is needed to know which visits they belong to.
 *
 * @param from the instant before which every figure is in rollups.
 * @param asked the rollups that cells will be made of; null for all.
 * @param asksPeople whether visitors are counted, and who is known: otherwise nobody is.
 */
export async function readTail(
  events: D1Database,
  site: Site,
  from: number,
  nowMs: number,
  asked: readonly RollupDimension[] | null = null,
  asksPeople = true,
): Promise<Tail> {
  const batch = makeBatch(events);
  const read = addTailReading(batch, site, from, nowMs, asked);
  await batch.run();
  const facts = read();
  const more = makeBatch(events);
  const people = addPeopleReading(more, site, asksPeople ? freshOf(facts, from) : [], facts.visitors, from);
  await more.run();
  return makeTail(facts, people(), from, batch.rowsRead() + more.rowsRead());
}

export const originOf = (v: TailVisit) => (v.kind === 2 ? KIOSK_ORIGIN : v.origin);
