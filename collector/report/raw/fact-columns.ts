/** How a fact is spelled in whole numbers for reading in bulk: the same columns for all tables, so that one limit holds them. */
import { factsBetween } from '../../store/visits-sql.ts';
import { beginVisit, type TailFact, type What } from '../derive-visits.ts';

const NONE = '0 AS origin, 0 AS place, 0 AS technology, -1 AS active_ms, -1 AS scroll, 0 AS confirmed, 0 AS name';
const ABOUT = 't.born, t.rand, t.at, t.visitor, ((t.store * 1048576 + t.kiosk) * 4 + t.kind) * 2 + t.mode AS about, t.page';

const KINDS: readonly [What, table: string, columns: string][] = [
  [
    'pageview',
    'pageviews',
    `coalesce(t.foreground_ms, 0) AS lasts, t.origin, t.place, ((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language AS technology,
     coalesce(t.active_ms, -1) AS active_ms, coalesce(t.scroll, -1) AS scroll, 0 AS confirmed, 0 AS name`,
  ],
  ['event', 'events', `0 AS lasts, ${NONE.replace('0 AS name', 't.name')}`],
  ['opt-in', 'opt_ins', `0 AS lasts, ${NONE.replace('0 AS confirmed', 't.confirmed_at IS NOT NULL AS confirmed')}`],
  ['identify', 'identifications', `0 AS lasts, ${NONE}`],
  ['visit', 'kiosk_visits', `t.length_ms AS lasts, ${NONE}`],
];

/** What is read of each fact; times are relative to the beginning of the slice. */
export const FACT_COLUMNS = [
  ...['what', 'at - ?2', 'at - born', 'rand', 'visitor', 'about', 'page', 'lasts', 'origin', 'place', 'technology'],
  ...['active_ms', 'scroll', 'confirmed', 'name'],
] as const;

/** Facts of all tables with `?2 <= at < ?3` of site `?1`, at most `?4` of them. */
export const FACTS = `(${KINDS.map(
  ([, table, columns], what) => `SELECT ${what} AS what, * FROM (${factsBetween(table, `${ABOUT}, ${columns}`, '?2', '?3')})`,
).join(' UNION ALL ')} LIMIT ?4)`;

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

/** The fact of a row of numbers. @param start of the slice. */
export function factOf(row: ArrayLike<number>, start: number): TailFact {
  const n = (column: number) => row[column] ?? 0;
  const at = start + n(1);
  const about = n(5);
  const store = Math.floor(about / 8);
  return {
    what: KINDS[n(0)]?.[0] ?? 'visit',
    at,
    born: at - n(2),
    rand: n(3),
    visitor: n(4),
    kind: Math.floor(about / 2) % 4,
    store: Math.floor(store / 1_048_576),
    kiosk: store % 1_048_576,
    mode: about % 2,
    page: n(6),
    ends: at + n(7),
    origin: n(8),
    place: n(9),
    technology: n(10),
    activeMs: n(11) < 0 ? null : n(11),
    scroll: n(12) < 0 ? null : n(12),
    confirmed: n(13) === 1,
    name: n(14),
    props: null,
    visit: NO_VISIT,
  };
}
