/** The facts after an instant, read in bulk, and the visits that were open then (store/open-visits.ts). */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { FAR_MS } from '../store/facts.ts';
import { NOTED, OPEN_VISITS, type OpenVisit, readOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween, farFacts, LOOKBACK_MS, nearFacts, type RollupDimension } from '../store/visits-sql.ts';
import { type Batch, numbersOf, type PackedRow, packedSql } from './batch.ts';
import { beginVisit, type TailFact, type What } from './derive-visits.ts';

export type TailExposure = { at: number; touchpoint: number };
/** @property open the visits that were open at `from`, or null where nobody noted them: then older facts are there to tell. */
export type TailFacts = { facts: TailFact[]; exposures: TailExposure[]; open: OpenVisit[] | null };

const MINUTE = 60_000;
/** Facts of the last hours come in pieces by age, none of which is long: a text has at most 2 MB, some 20,000 facts. */
const PIECES_MS = [120 * MINUTE, 30 * MINUTE];

/** From the instant on, or from earlier where its open visits were not noted. */
const LO = `coalesce((SELECT min(o.before) ${NOTED}), ?2 - ${LOOKBACK_MS})`;
const WHATS: readonly What[] = ['pageview', 'event', 'opt-in', 'identify', 'visit'];
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
const COLUMNS = columns(null).length;

/** @param asked the rollups whose values are wanted; null for all. */
function statements(asked: readonly RollupDimension[] | null) {
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
const shownSql = (loose: boolean) =>
  packedSql(
    {
      columns: ['e.at - ?2', 'e.touchpoint'],
      rest: `FROM (${factsBetween('exposures', 't.at, t.store * 1048576 + t.kiosk AS touchpoint', '?2', '?3')}) e`,
    },
    loose,
  );

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

function readFacts(row: PackedRow, from: number, read: TailFact[]): void {
  const list = numbersOf(row);
  for (let i = 0; i < list.length; i += COLUMNS) {
    const number = (n: number) => list[i + n] ?? 0;
    const at = from + number(1);
    const about = number(5);
    const place = Math.floor(about / 8);
    const what = WHATS[number(0)] ?? 'pageview';
    read.push({
      what,
      at,
      born: at - number(2),
      rand: what === 'pageview' ? read.length : number(3),
      visitor: number(4),
      kind: Math.floor(about / 2) % 4,
      store: Math.floor(place / 1_048_576),
      kiosk: place % 1_048_576,
      mode: about % 2,
      page: number(6),
      ends: at + number(7),
      origin: what === 'event' ? 0 : number(8),
      place: number(9),
      technology: number(10),
      activeMs: number(11) < 0 ? null : number(11),
      scroll: number(12) < 0 ? null : number(12),
      confirmed: number(13) === 1,
      name: what === 'event' ? number(8) : 0,
      props: null,
      visit: NO_VISIT,
    });
  }
}

/**
 * Adds to a batch the facts of a site from `from` to the end of the day of `nowMs`.
 *
 * @param asked the rollups that cells will be made of: of the values of others, facts say 0. Null for all.
 */
export function addTailReading(
  batch: Batch,
  site: Site,
  from: number,
  nowMs: number,
  asked: readonly RollupDimension[] | null,
): () => TailFacts {
  const sql = statements(asked);
  const end = Math.max(startOfDay(site.zone, dayOf(site.zone, nowMs) + 1), from);
  const edges = [0, ...PIECES_MS.map((age) => nowMs - age).filter((edge) => edge > from), end + FAR_MS];
  const rows = [
    ...edges
      .slice(1)
      .flatMap((edge, i) => [sql.views, sql.events].map((each) => batch.add(each, site.id, from, end, edges[i], edge))),
    batch.add(sql.few, site.id, from, end, 0, end + FAR_MS),
    batch.add(sql.far, site.id, from, end),
  ];
  const shown = batch.add(shownSql, site.id, from, end);
  const open = batch.add(OPEN_VISITS, site.id, from);
  return () => {
    const read: TailFact[] = [];
    for (const row of rows.flatMap((one) => one())) readFacts(row, from, read);
    const exposures: TailExposure[] = [];
    for (const row of shown()) {
      const list = numbersOf(row);
      for (let i = 0; i < list.length; i += 2) exposures.push({ at: from + (list[i] ?? 0), touchpoint: list[i + 1] ?? 0 });
    }
    const noted = open();
    return {
      facts: read,
      exposures,
      open: noted.length > 0 ? noted.flatMap((row) => readOpenVisits([...numbersOf(row)])) : null,
    };
  };
}
