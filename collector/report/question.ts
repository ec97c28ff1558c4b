/** A query that is being answered: for which site, out of which database, over which time, and within which bounds. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { type Closing, closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import type { StoreNames } from './labels.ts';
import type { Span } from './period.ts';
import type { Query } from './query.ts';
import type { Readings } from './raw/readings.ts';
import type { Piece } from './time-cut.ts';

/** A span with the pieces its query cuts it into. */
export type CutSpan = { span: Span; pieces: readonly Piece[] };

/** How far windows are closed, and the instant from which facts are there: those before it are deleted. */
export type State = Pick<Closing, 'closed_before' | 'detail_before' | 'days_before' | 'open_facts' | 'visitors_from'> & {
  factsFrom: number;
  /** The instant from which windows have the rollups by event and by known. */
  listsFrom: number;
};

export type Question = {
  events: D1Database;
  site: Site;
  query: Query;
  /** The query's own span, then the one it is compared with. */
  spans: readonly CutSpan[];
  state: State;
  stores: StoreNames;
  nowMs: number;
  /** How many facts may be read. */
  rowBudget: number;
  readings: Readings;
};

/** Windows open this long before a site is made: nothing older can arrive, so nothing older was deleted. */
const OPENED_DAYS = 31;

/** Before the first run of cron everything is read from facts, from `start` on. */
export function toState(site: Site, closing: Closing | null, start: number): State {
  const open = {
    closed_before: start,
    detail_before: start,
    days_before: start,
    open_facts: 0,
    visitors_from: 0,
    factsFrom: 0,
    listsFrom: 0,
  };
  if (!closing) return open;
  const opened = startOfDay(site.zone, dayOf(site.zone, site.createdAt) - OPENED_DAYS);
  const since = (instant: number) => (instant > opened ? instant : 0);
  const listsFrom = since(closing.lists_from ?? Number.POSITIVE_INFINITY);
  return { ...closing, factsFrom: since(closing.sealed_before), listsFrom };
}

export const stateOf = async (events: D1Database, site: Site, start: number): Promise<State> =>
  toState(site, await closingOf(events, site.id), start);
