/** The golden set's visits, and what is known of visitors, by the words of the glossary. No visit here lasts a day. */
import { DONE, type Done } from './people.ts';

export type Visit = Done[];
export const isView = ({ what }: Done) => what === 'pageview';
export const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const HALF_AN_HOUR = 1_800_000;

/** No break of half an hour after the end of everything before; on a kiosk, everything that one person did. */
function visitsOf(acts: readonly Done[]): Visit[] {
  const visits: Visit[] = [];
  let openUntil = Number.NEGATIVE_INFINITY;
  for (const act of acts) {
    if (visits.length === 0 || (act.person.id !== 'kiosk' && act.at - openUntil >= HALF_AN_HOUR)) visits.push([]);
    visits.at(-1)?.push(act);
    openUntil = Math.max(openUntil, act.at + 1_000 * (act.foregroundS ?? 0));
  }
  return visits;
}
export const VISITS = [...Map.groupBy(DONE, ({ who }) => who).values()].flatMap(visitsOf);
export const visitOf = (act: Done): Visit => VISITS.find((visit) => visit.includes(act)) ?? [];

/** Ten seconds of activity, or two pages, or an event or opt-in. */
export const isEngaged = (visit: Visit) =>
  sum(visit.map(({ activeS }) => activeS ?? 0)) >= 10 ||
  visit.filter(isView).length >= 2 ||
  visit.some(({ what }) => what === 'event' || what === 'opt-in');

/** A visit in which or before which the visitor was named. */
export const isKnownVisit = (visit: Visit) =>
  DONE.some(({ who, names, at }) => names && who === visit[0]?.who && at <= (visit.at(-1)?.at ?? 0));

/** A visitor as of the day of an act: what is done later that day counts for known, and only earlier days for recurring. */
export const isKnown = (last: Done) => DONE.some(({ who, names, day }) => names && who === last.who && day <= last.day);
export const cameBefore = ({ who, day, person }: Done) =>
  person.id === 'lasting' && DONE.some((other) => other.who === who && other.day < day);
