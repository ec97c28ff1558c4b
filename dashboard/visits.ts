/** What a person did, as visits: facts of one browser with less than half an hour between them (glossary: visit); a kiosk visit is its visitor's only one. */
import type { AttachedFact } from '../collector/people/attached-facts.ts';

const GAP_MS = 1_800_000;
export type PersonVisit = {
  visitor: number;
  began: number;
  ended: number;
  store: number;
  kiosk: number;
  pageviews: number;
  activeMs: number;
  /** Oldest first. */
  facts: AttachedFact[];
};

/** @returns the newest first. */
export function visitsOf(facts: readonly AttachedFact[]): PersonVisit[] {
  const visits: PersonVisit[] = [];
  const open = new Map<number, PersonVisit>();
  for (const fact of [...facts].sort((a, b) => a.at - b.at)) {
    const last = open.get(fact.visitor);
    const goesOn = last !== undefined && (fact.kiosk !== 0 || fact.at - last.ended < GAP_MS);
    const { visitor, store, kiosk, at } = fact;
    const visit = goesOn ? last : { visitor, store, kiosk, began: at, ended: at, pageviews: 0, activeMs: 0, facts: [] };
    if (!goesOn) visits.push(visit);
    open.set(fact.visitor, visit);
    visit.facts.push(fact);
    visit.ended = Math.max(visit.ended, fact.at + fact.lasts);
    if (fact.what === 'pageview') {
      visit.pageviews += 1;
      visit.activeMs += fact.active_ms ?? 0;
    }
  }
  return visits.sort((a, b) => b.began - a.began);
}
