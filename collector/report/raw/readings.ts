/** What several questions about the same days have in common: the facts, and the visits they make, read once for all of them. */
import type { TailFact, TailVisit } from '../derive-visits.ts';

export type Reading = { facts: TailFact[]; visits: TailVisit[] };
/** By what was read. It lives as long as one page is made: facts change. */
export type Readings = Map<string, Reading>;
