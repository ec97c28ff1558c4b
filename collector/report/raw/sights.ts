/** With which events an act is seen: an event with itself, any other act with each event of its visit. */
import { VISIT_REACH_MS } from '../../store/visits-sql.ts';
import type { TailFact, TailVisit } from '../derive-visits.ts';
import type { SeenEvent } from '../dimension.ts';

const NOTHING: readonly (SeenEvent | null)[] = [null];

/** Distinct events of a visit; one nothing for a visit without events, and where nobody asks. */
export function eventsOf(visit: TailVisit, wanted: boolean): readonly (SeenEvent | null)[] {
  if (!wanted || visit.acts === 0) return NOTHING;
  const found = new Map<string, SeenEvent>();
  for (const f of visit.facts)
    if (f.what === 'event' && f.at < visit.began + VISIT_REACH_MS) found.set(`${f.name} ${f.props}`, f);
  return found.size === 0 ? NOTHING : [...found.values()];
}

/** @param events those of the act's visit. */
export const sightsOf = (f: TailFact, events: readonly (SeenEvent | null)[]): readonly (SeenEvent | null)[] =>
  f.what === 'event' ? [f] : events;
