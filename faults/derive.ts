/** The product's definition of a visit once more, as a plain loop over what must be stored. Shares no code with the collector. */
import type { Stored } from './books.ts';

const MINUTE = 60_000;
const REACH = 24 * 60 * MINUTE;

/** `facts`: what it did within 24 hours. `later`: the rest. `ends`: when the last of everything it did ended. */
export type Visit = { began: number; ends: number; facts: Stored[]; later: Stored[]; known: boolean };
/** A state of the books: its facts in order, those of each visitor, and their visits. */
export type Derived = { facts: Stored[]; byVisitor: Map<number, Stored[]>; visits: Visit[]; visitOf: Map<Stored, Visit> };

/** An act by which a visitor is known. */
export const isAct = (f: Stored) => f.what === 'identify' || (f.what === 'opt-in' && f.confirmedAt !== null);
const endOf = (f: Stored) => f.at + (f.what === 'pageview' ? (f.foregroundMs ?? 0) : f.what === 'visit' ? (f.lengthMs ?? 0) : 0);

/** A fact 30 minutes or more after everything before it ended begins another visit; on a kiosk the visitor is the visit. */
function splitVisits(own: Stored[]): Visit[] {
  const visits: Visit[] = [];
  for (const f of own) {
    let visit = visits.at(-1);
    if (!visit || (f.kind !== 2 && f.at - visit.ends >= 30 * MINUTE)) {
      visit = { began: f.at, ends: f.at, facts: [], later: [], known: false };
      visits.push(visit);
    }
    visit.ends = Math.max(visit.ends, endOf(f));
    (f.at < visit.began + REACH ? visit.facts : visit.later).push(f);
    if (f.at >= visit.began + REACH) continue;
    visit.known = own.some((a) => isAct(a) && a.at <= f.at);
  }
  return visits;
}

export function derive(stored: Iterable<Stored>): Derived {
  const facts = [...stored].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const byVisitor = new Map<number, Stored[]>();
  for (const f of facts) {
    if (f.what === 'exposure') continue;
    const own = byVisitor.get(f.key);
    if (own) own.push(f);
    else byVisitor.set(f.key, [f]);
  }
  const visits = [...byVisitor.values()].flatMap(splitVisits);
  const visitOf = new Map(visits.flatMap((v) => [...v.facts, ...v.later].map((f) => [f, v] as const)));
  return { facts, byVisitor, visits, visitOf };
}
