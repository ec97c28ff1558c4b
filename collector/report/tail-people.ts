/** What is known of the tail's visitors beyond it: the acts that name them, and their latest active days in closed time. */
import { dayOf } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import type { TailAct } from './acts.ts';
import { type Batch, eachRow, type PackedRow } from './batch.ts';
import type { TailFact } from './derive-visits.ts';
import type { Places } from './places.ts';

/** @property earlier the active day before it: one that is kept, or the last of those that are deleted by now; 0 = none. */
export type VisitorDay = {
  day: number;
  kind: number;
  kiosk: number;
  store: number;
  known: number;
  engagement: number;
  earlier: number;
};
/** By the places of visitors. @property days their latest one up to the tail's first: of earlier ones, nothing can change. */
export type TailPeople = { acts: Map<number, TailAct[]>; days: Map<number, VisitorDay> };

/** Visitors of one statement: one JSON parameter holds at most 2 MB. */
const VISITORS_AT_ONCE = 50_000;
const DAY = ['v.day', 'v.kind', 'v.kiosk', 'v.store', 'v.known', 'v.engagement'];
const BEFORE =
  'coalesce((SELECT w.day FROM visitor_days w WHERE w.site = ?1 AND w.visitor = v.visitor AND w.day < v.day ORDER BY w.day DESC LIMIT 1), v.earlier)';
/**
 * NULL, as the acts below, for visitors of whom nothing is known: most of them. `?3` nearly always holds; as a bound of the index it would
 * cost two rows more.
 */
const LATEST = `(SELECT printf('${[...DAY, BEFORE].map(() => '%d').join(',')}', ${[...DAY, BEFORE].join(', ')})
  FROM visitor_days v WHERE v.site = ?1 AND v.visitor = j.value AND +v.day <= ?3 ORDER BY v.day DESC LIMIT 1)`;
const acts = (table: string) =>
  `(SELECT group_concat(printf('%d,%d', t.at, coalesce(t.ended_at, -1))) FROM ${table} t INDEXED BY ${table}_visitor WHERE t.site = ?1 AND t.visitor = j.value`;
const ACTS = `nullif(concat_ws(',', ${acts('identifications')}), ${acts('opt_ins')} AND t.confirmed_at IS NOT NULL)), '')`;

/** One look at each visitor: numbers are `visitor,day…`, texts `visitor,at,ended…;…`. */
function peopleSql(loose: boolean): string {
  const all = (text: string, between: string) => (loose ? text : `group_concat(${text}, '${between}')`);
  return `SELECT 0 AS key, ${all(`j.value || ',' || ${LATEST}`, ',')} AS packed, ${all(`j.value || ',' || ${ACTS}`, ';')} AS texts FROM json_each(?2) j`;
}

function readPeople(row: PackedRow, { placeOf }: Places, { days, acts: named }: TailPeople): void {
  eachRow(row, DAY.length + 2, (numbers) => {
    const at = (n: number) => numbers[n] ?? 0;
    const [day, kind, kiosk, store] = [at(1), at(2), at(3), at(4)];
    days.set(placeOf(at(0)), { day, kind, kiosk, store, known: at(5), engagement: at(6), earlier: at(7) });
  });
  for (const text of row.texts?.split(';') ?? []) {
    const [visitor = 0, ...times] = text.split(',').map(Number);
    const own: TailAct[] = [];
    for (let i = 0; i < times.length; i += 2) {
      const ended = times[i + 1] ?? -1;
      own.push({ at: times[i] ?? 0, endedAt: ended < 0 ? null : ended });
    }
    named.set(placeOf(visitor), own);
  }
}

/**
 * Adds to a batch what is known of the visitors of some facts.
 *
 * @param from the instant at which the tail begins. Where it reaches back into closed time, it has the days after its first itself.
 */
export function addPeopleReading(
  batch: Batch,
  site: Site,
  facts: readonly TailFact[],
  visitors: Places,
  from: number,
): () => TailPeople {
  const ids = [...new Set(facts.map((f) => f.visitor))].map(visitors.idAt);
  const firstDay = dayOf(site.zone, from);
  const read: (() => PackedRow[])[] = [];
  for (let i = 0; i < ids.length; i += VISITORS_AT_ONCE)
    read.push(batch.add(peopleSql, site.id, JSON.stringify(ids.slice(i, i + VISITORS_AT_ONCE)), firstDay));
  return () => {
    const people: TailPeople = { acts: new Map(), days: new Map() };
    for (const rows of read) for (const row of rows()) readPeople(row, visitors, people);
    return people;
  };
}
