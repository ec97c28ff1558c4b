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
/** Pageviews come in the order of their ids, so that their position says what `rand` would: fifteen digits for nothing. */
const columnsOf = (what: What) =>
  `${WHATS.indexOf(what)} AS what, t.at, t.born, ${what === 'pageview' ? '0 AS rand' : 't.rand'}, t.visitor, t.kind, t.store, t.kiosk, t.mode, t.page, ${TABLES[what][1]}`;
const near = (what: What) =>
  `SELECT ${columnsOf(what)} ${nearFacts(TABLES[what][0], LO, '?3', `max(?4, ${LO} - ${FAR_MS})`, '?5')}`;
const far = (what: What) => `SELECT ${columnsOf(what)} ${farFacts(TABLES[what][0], LO, '?3')}`;

/** Sixteen digits of a value cost more than the row they stand in: of the values that nobody asks for, none is handed over. */
const VALUE_OF: Partial<Record<RollupDimension, string>> = {
  ...{ page: 'f.page', entry_page: 'f.page', exit_page: 'f.page' },
  ...{ origin: 'f.origin', place: 'f.place', technology: 'f.technology' },
};
const EVENT = WHATS.indexOf('event');

function columns(asked: readonly RollupDimension[] | null): string[] {
  const wanted = new Set(asked ? asked.map((d) => VALUE_OF[d]) : Object.values(VALUE_OF));
  const value = (column: string) => (wanted.has(column) ? column : '0');
  return [
    ...['f.what', 'f.at - ?2', 'f.at - f.born', 'f.rand', 'f.visitor'],
    ...['((f.store * 1048576 + f.kiosk) * 4 + f.kind) * 2 + f.mode', value('f.page'), 'coalesce(f.lasts, 0)'],
    // Where pageviews have their origin, events have their name.
    wanted.has('f.origin') ? 'f.origin' : `CASE f.what WHEN ${EVENT} THEN f.origin ELSE 0 END`,
    ...[value('f.place'), value('f.technology'), 'coalesce(f.active_ms, -1)', 'coalesce(f.scroll, -1)', 'f.confirmed'],
  ];
}
/** Numbers of a row. */
export const COLUMNS = columns(null).length;

/** @param asked the rollups whose values are wanted; null for all. */
export function tailSql(asked: readonly RollupDimension[] | null) {
  const facts = (parts: readonly string[]) => (loose: boolean) =>
    packedSql({ columns: columns(asked), rest: `FROM (${parts.join(' UNION ALL ')}) f` }, loose);
  return {
    // Each by itself: SQLite would copy every row of a UNION before it looks at it.
    views: facts([near('pageview')]),
    events: facts([near('event')]),
    few: facts([near('opt-in'), near('identify'), near('visit')]),
    far: facts(WHATS.map(far)),
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
