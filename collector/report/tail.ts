/**
 * The facts that no rollup has yet, read once and derived here by the same definitions as `store/visits-sql.ts`: window functions
 * in D1 read every row some twenty times over (docs/decisions/005). The model in tests/collector holds both to one result.
 */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween, KIOSK_ORIGIN, LOOKBACK_MS, packTouchpoint } from '../store/visits-sql.ts';
import { deriveVisits, type TailFact, type TailVisit } from './derive-visits.ts';
import { FACT_SELECTS, type FactRow, toFact } from './fact-rows.ts';

export type { TailFact, TailVisit };

export type TailExposure = { at: number; touchpoint: number };
/** An act that makes a visitor known, until it ends. */
export type TailAct = { visitor: number; at: number; endedAt: number | null };
export type Tail = {
  from: number;
  facts: TailFact[];
  visits: TailVisit[];
  exposures: TailExposure[];
  acts: Map<number, TailAct[]>;
  rowsRead: number;
};

/** Whether an act that names the visitor happened by the instant and has not ended by then. */
export function isKnownAt(acts: readonly TailAct[] | undefined, instant: number, inclusive: boolean): boolean {
  return (acts ?? []).some((a) => (inclusive ? a.at <= instant : a.at < instant) && (a.endedAt === null || a.endedAt >= instant));
}

const ACTS = `SELECT i.visitor, i.at, i.ended_at FROM json_each(?2) j CROSS JOIN identifications i INDEXED BY identifications_visitor ON i.site = ?1 AND i.visitor = j.value
  UNION ALL SELECT o.visitor, o.at, o.ended_at FROM json_each(?2) j CROSS JOIN opt_ins o INDEXED BY opt_ins_visitor ON o.site = ?1 AND o.visitor = j.value WHERE o.confirmed_at IS NOT NULL`;

/** The acts that name some visitors, whenever they happened. */
export async function readActs(
  events: D1Database,
  site: Site,
  visitors: number[],
): Promise<{ acts: Map<number, TailAct[]>; rowsRead: number }> {
  const acts = new Map<number, TailAct[]>();
  if (visitors.length === 0) return { acts, rowsRead: 0 };
  const { results, meta } = await events
    .prepare(ACTS)
    .bind(site.id, JSON.stringify(visitors))
    .all<{ visitor: number; at: number; ended_at: number | null }>();
  for (const row of results)
    acts.set(row.visitor, [...(acts.get(row.visitor) ?? []), { visitor: row.visitor, at: row.at, endedAt: row.ended_at }]);
  return { acts, rowsRead: meta.rows_read };
}

/**
 * Reads the facts of a site from `from` to the end of the day of `nowMs`, with what is needed to know which visits they belong to.
 *
 * @param from the instant before which every figure is in rollups.
 */
export async function readTail(events: D1Database, site: Site, from: number, nowMs: number): Promise<Tail> {
  const end = Math.max(startOfDay(site.zone, dayOf(site.zone, nowMs) + 1), from);
  const statements = FACT_SELECTS.map(([, table, columns]) =>
    events.prepare(factsBetween(table, columns, '?2', '?3')).bind(site.id, from - LOOKBACK_MS, end),
  );
  const shown = events.prepare(factsBetween('exposures', 't.at, t.store, t.kiosk', '?2', '?3')).bind(site.id, from, end);
  const results = await events.batch<FactRow>([...statements, shown]);
  const facts = FACT_SELECTS.flatMap(([what], i) => (results[i]?.results ?? []).map((row) => toFact(what, row)));
  const visits = deriveVisits(facts);
  const fresh = facts.filter((f) => f.at >= from);
  const { acts, rowsRead } = await readActs(events, site, [...new Set(fresh.map((f) => f.visitor))]);
  for (const v of visits) if (v.began >= from) v.known = isKnownAt(acts.get(v.facts[0]?.visitor ?? 0), v.lastAt, true);
  return {
    from,
    facts: fresh,
    visits: visits.filter((v) => v.began >= from),
    exposures: (results[FACT_SELECTS.length]?.results ?? []).map((row) => ({
      at: row.at,
      touchpoint: packTouchpoint(row.store, row.kiosk),
    })),
    acts,
    rowsRead: rowsRead + results.reduce((sum, r) => sum + r.meta.rows_read, 0),
  };
}

export const originOf = (v: TailVisit) => (v.kind === 2 ? KIOSK_ORIGIN : v.origin);
