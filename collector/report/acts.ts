/** Acts that name a visitor: what makes somebody known, from when to when. */
import type { Site } from '../store/sites.ts';

/** An act that makes a visitor known, until it ends. */
export type TailAct = { at: number; endedAt: number | null };

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
  for (const row of results) acts.set(row.visitor, [...(acts.get(row.visitor) ?? []), { at: row.at, endedAt: row.ended_at }]);
  return { acts, rowsRead: meta.rows_read };
}
