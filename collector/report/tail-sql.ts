/** The statements that read the facts of the open hour (tail-facts.ts): `?1` is the site, `?2` from when, `?3` until when, `?4` to `?5` a piece by id. */
import { FAR_MS } from '../store/facts.ts';
import { NOTED } from '../store/open-visits.ts';
import { factsBetween, farFacts, LOOKBACK_MS, nearFacts, type RollupDimension } from '../store/visits-sql.ts';
import { packedSql } from './batch.ts';
import type { What } from './derive-visits.ts';

/** From the instant on, or from earlier where its open visits were not noted. */
const LO = `coalesce((SELECT min(o.before) ${NOTED}), ?2 - ${LOOKBACK_MS})`;
/** Kinds of facts, by their number in a row. */
export const WHATS: readonly What[] = ['pageview', 'event', 'opt-in', 'identify', 'visit'];
/** Tables by the kind of fact they hold, with what they have beside what every fact has. Where pageviews have their origin, events have their name. */
const TABLES = {
  pageview: [
    'pageviews',
    't.foreground_ms AS lasts, t.origin, t.place, ((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language AS technology, t.active_ms, t.scroll, 0 AS confirmed',
  ],
  event: [
    'events',
    'NULL AS lasts, t.name AS origin, 0 AS place, 0 AS technology, NULL AS active_ms, NULL AS scroll, 0 AS confirmed',
  ],
  'opt-in': [
    'opt_ins',
    'NULL AS lasts, 0 AS origin, 0 AS place, 0 AS technology, NULL AS active_ms, NULL AS scroll, t.confirmed_at IS NOT NULL AS confirmed',
  ],
  identify: [
    'identifications',
    'NULL AS lasts, 0 AS origin, 0 AS place, 0 AS technology, NULL AS active_ms, NULL AS scroll, 0 AS confirmed',
  ],
  visit: [
    'kiosk_visits',
    't.length_ms AS lasts, 0 AS origin, 0 AS place, 0 AS technology, NULL AS active_ms, NULL AS scroll, 0 AS confirmed',
  ],
} as const;
const selected = (what: What) =>
  `${WHATS.indexOf(what)} AS what, t.at, t.born, t.rand, t.visitor, t.kind, t.store, t.kiosk, t.mode, t.page, ${TABLES[what][1]}`;
const near = (what: What) =>
  `SELECT ${selected(what)} ${nearFacts(TABLES[what][0], LO, '?3', `max(?4, ${LO} - ${FAR_MS})`, '?5')}`;
const far = (what: What) => `SELECT ${selected(what)} ${farFacts(TABLES[what][0], LO, '?3')}`;

/** What a number of a row says of its fact; none is NULL, and a number that is not handed over is 0. */
const SAYS = {
  what: 'f.what',
  at: 'f.at - ?2',
  lag: 'f.at - f.born',
  rand: 'f.rand',
  visitor: 'f.visitor',
  about: '((f.store * 1048576 + f.kiosk) * 4 + f.kind) * 2 + f.mode',
  page: 'f.page',
  lasts: 'coalesce(f.lasts, 0)',
  origin: 'f.origin',
  place: 'f.place',
  technology: 'f.technology',
  // One more than measured.
  active: 'coalesce(f.active_ms + 1, 0)',
  scroll: 'coalesce(f.scroll + 1, 0)',
  confirmed: 'f.confirmed',
} as const;
export type Says = keyof typeof SAYS;
const EVERYTHING: readonly Says[] = [
  ...(['what', 'at', 'lag', 'rand', 'visitor', 'about', 'page', 'lasts', 'origin', 'place', 'technology'] as const),
  ...(['active', 'scroll', 'confirmed'] as const),
];
/**
 * What a statement hands over: a number takes longer to spell, carry and read than the row it stands in takes to find. Pageviews come in the
 * order of their ids, so their place says what `born` and `rand` would; how they stand to other acts of the same millisecond decides nothing.
 */
const OF_VIEWS: readonly Says[] = EVERYTHING.filter((says) => !['what', 'lag', 'rand', 'confirmed'].includes(says));
const OF_EVENTS: readonly Says[] = ['at', 'lag', 'rand', 'visitor', 'about', 'page', 'origin'];
const OF_FEW: readonly Says[] = ['what', 'at', 'lag', 'rand', 'visitor', 'about', 'page', 'lasts', 'confirmed'];

/** Values of facts that only some rollups are made of. */
const VALUE_OF: Partial<Record<RollupDimension, Says>> = {
  ...{ page: 'page', entry_page: 'page', exit_page: 'page' },
  ...{ origin: 'origin', place: 'place', technology: 'technology' },
};
const VALUES = new Set(Object.values(VALUE_OF));

/**
 * @property columns where in a row each number is; −1 where it is not handed over.
 * @property width numbers of a row.
 * @property what the kind of facts that the rows are of; null where a number says it.
 */
export type TailStatement = {
  columns: Record<Says, number>;
  width: number;
  what: What | null;
  sql: (loose: boolean) => string;
};

const columnsOf = (says: readonly Says[]): TailStatement['columns'] => ({
  ...{ what: says.indexOf('what'), at: says.indexOf('at'), lag: says.indexOf('lag'), rand: says.indexOf('rand') },
  ...{ visitor: says.indexOf('visitor'), about: says.indexOf('about'), page: says.indexOf('page'), lasts: says.indexOf('lasts') },
  ...{ origin: says.indexOf('origin'), place: says.indexOf('place'), technology: says.indexOf('technology') },
  ...{ active: says.indexOf('active'), scroll: says.indexOf('scroll'), confirmed: says.indexOf('confirmed') },
});

/** @param asked the rollups whose values are wanted; null for all. Events have their names, as a visit is told by its names too. */
export function tailSql(asked: readonly RollupDimension[] | null): Record<'views' | 'events' | 'few' | 'far', TailStatement> {
  const wanted = new Set(asked ? asked.map((d) => VALUE_OF[d]) : VALUES);
  const facts = (parts: readonly string[], of: readonly Says[], what: What | null): TailStatement => {
    const says = of.filter((one) => !VALUES.has(one) || wanted.has(one) || (one === 'origin' && what !== 'pageview'));
    const rest = `FROM (${parts.join(' UNION ALL ')}) f`;
    const sql = (loose: boolean) => packedSql({ columns: says.map((one) => SAYS[one]), rest }, loose);
    return { columns: columnsOf(says), width: says.length, what, sql };
  };
  return {
    // Each by itself: SQLite would copy every row of a UNION before it looks at it.
    views: facts([near('pageview')], OF_VIEWS, 'pageview'),
    events: facts([near('event')], OF_EVENTS, 'event'),
    few: facts([near('opt-in'), near('identify'), near('visit')], OF_FEW, null),
    far: facts(WHATS.map(far), EVERYTHING, null),
  };
}
/** Exposures, which belong to no visit. */
export const shownSql = (loose: boolean) =>
  packedSql(
    {
      columns: ['e.at - ?2', 'e.touchpoint'],
      rest: `FROM (${factsBetween('exposures', 't.at, t.store * 1048576 + t.kiosk AS touchpoint', '?2', '?3')}) e`,
    },
    loose,
  );
