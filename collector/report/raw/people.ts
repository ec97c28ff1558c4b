/** What is known of visitors beyond a span: acts that name them, and their first active day. */
import { startOfDay } from '../../store/calendar.ts';
import type { Site } from '../../store/sites.ts';
import type { TailFact } from '../derive-visits.ts';
import { isKnownAt, readActs, type TailAct } from '../tail.ts';
import type { State } from './states.ts';

/** Kind of visitor ids that can recur: persistent web ids. */
export const PERSISTENT = 0;
/** Visitors of one question: one JSON parameter holds at most 2 MB in D1. */
const VISITORS_AT_ONCE = 50_000;

export type People = { acts: Map<number, TailAct[]>; firstDays: Map<number, number>; rowsRead: number };

/** Their first active days in closed time; what was deleted by now still counts. */
const FIRST_DAYS = `SELECT j.value AS visitor, v.day, v.earlier FROM json_each(?2) j CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = j.value
  AND v.day = (SELECT min(w.day) FROM visitor_days w WHERE w.site = ?1 AND w.visitor = j.value)`;

/**
 * @param facts all that were read, in any order.
 * @param dayOf number of the day of an instant.
 * @param wants what is asked: the rest is not read.
 */
export async function readPeople(
  events: D1Database,
  site: Site,
  facts: readonly TailFact[],
  dayOf: (at: number) => number,
  wants: { acts: boolean; firstDays: boolean },
): Promise<People> {
  const people: People = { acts: new Map(), firstDays: new Map(), rowsRead: 0 };
  const visitors = new Set<number>();
  const persistent = new Set<number>();
  for (const f of facts) {
    visitors.add(f.visitor);
    if (f.kind !== PERSISTENT || !wants.firstDays) continue;
    persistent.add(f.visitor);
    const day = dayOf(f.at);
    people.firstDays.set(f.visitor, Math.min(people.firstDays.get(f.visitor) ?? day, day));
  }
  for (const part of partsOf(wants.acts ? visitors : [])) {
    const read = await readActs(events, site, part);
    for (const [visitor, acts] of read.acts) people.acts.set(visitor, acts);
    people.rowsRead += read.rowsRead;
  }
  for (const part of partsOf(persistent)) {
    const { results, meta } = await events
      .prepare(FIRST_DAYS)
      .bind(site.id, JSON.stringify(part))
      .all<{ visitor: number; day: number; earlier: number }>();
    people.rowsRead += meta.rows_read;
    for (const row of results) {
      const first = row.earlier || row.day;
      people.firstDays.set(row.visitor, Math.min(people.firstDays.get(row.visitor) ?? first, first));
    }
  }
  return people;
}

function* partsOf(visitors: Iterable<number>): Generator<number[]> {
  const all = [...visitors];
  for (let i = 0; i < all.length; i += VISITORS_AT_ONCE) yield all.slice(i, i + VISITORS_AT_ONCE);
}

export const isKnownVisitor = (people: People, site: Site, visitor: number, state: State): boolean =>
  isKnownAt(people.acts.get(visitor), startOfDay(site.zone, state.lastDay + 1), false);

/** Null for ids that cannot recur. */
export const isRecurringBy = (people: People, visitor: number, kind: number, day: number): boolean | null =>
  kind === PERSISTENT ? (people.firstDays.get(visitor) ?? day) < day : null;
