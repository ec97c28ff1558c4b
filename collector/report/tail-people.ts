/** What is known of the tail's visitors beyond it: the acts that name them, and their latest active days in closed time. */
import { dayFinder } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import type { TailAct } from './acts.ts';
import type { Batch, PackedRow } from './batch.ts';
import type { TailFact } from './derive-visits.ts';

export type VisitorDay = {
  day: number;
  kind: number;
  kiosk: number;
  store: number;
  known: number;
  engagement: number;
  /** The last active day among those that are deleted by now; 0 = none. */
  earlier: number;
};
export type TailPeople = { acts: Map<number, TailAct[]>; days: Map<number, VisitorDay[]> };

/** Visitors of one statement: one JSON parameter holds at most 2 MB. */
const VISITORS_AT_ONCE = 50_000;
const DAY = ['day', 'kind', 'kiosk', 'store', 'known', 'engagement', 'earlier'];
const listed = (columns: readonly string[], rest: string) =>
  `coalesce((SELECT group_concat(printf('${columns.map(() => '%d').join(',')}', ${columns.join(', ')})) FROM (${rest})), '')`;

/** One look at each visitor: `days;identifications;opt-ins`. Visitors of whom nothing is known have no row. */
const PEOPLE = `SELECT key, packed FROM (SELECT j.value AS key,
    ${listed(DAY, `SELECT ${DAY.map((c) => `v.${c}`).join(', ')} FROM visitor_days v WHERE v.site = ?1 AND v.visitor = j.value ORDER BY v.day DESC LIMIT ?3`)} || ';' ||
    ${listed(['at', 'coalesce(ended_at, -1)'], 'SELECT i.at, i.ended_at FROM identifications i INDEXED BY identifications_visitor WHERE i.site = ?1 AND i.visitor = j.value')} || ';' ||
    ${listed(['at', 'coalesce(ended_at, -1)'], 'SELECT o.at, o.ended_at FROM opt_ins o INDEXED BY opt_ins_visitor WHERE o.site = ?1 AND o.visitor = j.value AND o.confirmed_at IS NOT NULL')} AS packed
  FROM json_each(?2) j) WHERE packed <> ';;'`;

function readPerson({ key: visitor, packed }: PackedRow, people: TailPeople): void {
  const [days = [], ...acts] = (packed ?? '').split(';').map((list) => (list === '' ? [] : list.split(',').map(Number)));
  const own: VisitorDay[] = [];
  for (let i = 0; i < days.length; i += DAY.length) {
    const at = (n: number) => days[i + n] ?? 0;
    own.unshift({ day: at(0), kind: at(1), kiosk: at(2), store: at(3), known: at(4), engagement: at(5), earlier: at(6) });
  }
  if (own.length > 0) people.days.set(visitor, own);
  const named: TailAct[] = [];
  for (const list of acts)
    for (let i = 0; i < list.length; i += 2) {
      const ended = list[i + 1] ?? -1;
      named.push({ visitor, at: list[i] ?? 0, endedAt: ended < 0 ? null : ended });
    }
  if (named.length > 0) people.acts.set(visitor, named);
}

/**
 * Adds to a batch what is known of the visitors of some facts. Of their active days, in order, the latest ones: those that the facts
 * may fall on, the one before them, and whether that has one before.
 */
export function addPeopleReading(batch: Batch, site: Site, facts: readonly TailFact[]): () => TailPeople {
  if (facts.length === 0) return () => ({ acts: new Map(), days: new Map() });
  const visitors = [...new Set(facts.map((f) => f.visitor))];
  const dayOf = dayFinder(site.zone);
  const days = new Set(facts.map((f) => dayOf(f.at))).size;
  const read: (() => PackedRow[])[] = [];
  for (let i = 0; i < visitors.length; i += VISITORS_AT_ONCE)
    read.push(batch.add(PEOPLE, site.id, JSON.stringify(visitors.slice(i, i + VISITORS_AT_ONCE)), days + 2));
  return () => {
    const people: TailPeople = { acts: new Map(), days: new Map() };
    for (const rows of read) for (const row of rows()) readPerson(row, people);
    return people;
  };
}
