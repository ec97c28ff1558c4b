/** Rows of the fact tables that visits are made of, as they are read for reports. */
import { beginVisit, type TailFact, type What } from './derive-visits.ts';

export type FactRow = Record<
  'born' | 'rand' | 'at' | 'visitor' | 'kind' | 'store' | 'kiosk' | 'mode' | 'page' | 'ends',
  number
> & {
  origin?: number;
  place?: number;
  technology?: number;
  active_ms?: number | null;
  scroll?: number | null;
  confirmed?: number;
  name?: number;
  props?: string | null;
};

const KEYS = 't.born, t.rand, t.at, t.visitor, t.kind, t.store, t.kiosk, t.mode, t.page';

/** What is selected of each table `t`, by the kind of fact it holds. */
export const FACT_SELECTS: readonly [What, table: string, columns: string][] = [
  [
    'pageview',
    'pageviews',
    `${KEYS}, t.at + coalesce(t.foreground_ms, 0) AS ends, t.origin, t.place, ((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language AS technology, t.active_ms, t.scroll`,
  ],
  ['event', 'events', `${KEYS}, t.at AS ends`],
  ['opt-in', 'opt_ins', `${KEYS}, t.at AS ends, t.confirmed_at IS NOT NULL AS confirmed`],
  ['identify', 'identifications', `${KEYS}, t.at AS ends`],
  ['visit', 'kiosk_visits', `${KEYS}, t.at + t.length_ms AS ends`],
];

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

export const toFact = (what: What, row: FactRow): TailFact => ({
  what,
  at: row.at,
  born: row.born,
  rand: row.rand,
  visitor: row.visitor,
  kind: row.kind,
  store: row.store,
  kiosk: row.kiosk,
  mode: row.mode,
  page: row.page,
  ends: row.ends,
  origin: row.origin ?? 0,
  place: row.place ?? 0,
  technology: row.technology ?? 0,
  activeMs: row.active_ms ?? null,
  scroll: row.scroll ?? null,
  confirmed: row.confirmed === 1,
  name: row.name ?? 0,
  props: row.props ?? null,
  visit: NO_VISIT,
});
