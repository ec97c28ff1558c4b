/** Keeps a site's windows up to date: closes what is due, recomputes what is dirty, then adds what earlier versions did not write. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { closeWindows } from './close-windows.ts';
import { dueAt, readWindowState } from './due-windows.ts';
import { fillLists, lackingLists } from './fill-lists.ts';
import { isOvertaken } from './marks.ts';
import { recompute } from './recompute-windows.ts';

/** Facts of the open day that reports may read before they are rolled up: rolling up fewer would cost more rows than it saves. */
const PIECE_FACTS = 5_000;

/** Starts a site's windows thirty-one days before it was created: nothing earlier can arrive. */
export async function openWindows(events: D1Database, site: Site): Promise<void> {
  const start = startOfDay(site.zone, dayOf(site.zone, site.createdAt) - 31);
  await events
    .prepare(
      'INSERT INTO closings (site, closed_before, detail_before, days_before, closed_at, sealed_before, lists_from, version) VALUES (?1, ?2, ?2, ?2, 0, ?2, ?2, 0) ON CONFLICT (site) DO NOTHING',
    )
    .bind(site.id, start)
    .run();
}

/**
 * Brings a site's windows up to date, at most `limit` steps. Idempotent, and safe to break off anywhere: each step is one
 * transaction. When nothing is due it asks one question and writes nothing.
 *
 * @param pieceFacts how many facts make a piece of the open day worth its rows.
 * @param recomputes whether what is dirty is due, too, and what earlier versions did not write.
 * @returns whether everything due is done.
 */
export async function runWindows(
  events: D1Database,
  site: Site,
  nowMs: number,
  limit: number,
  pieceFacts = PIECE_FACTS,
  recomputes = true,
): Promise<boolean> {
  for (let step = 0; step < limit; step += 1) {
    const state = await readWindowState(events, site.id);
    if (!state) {
      await openWindows(events, site);
      continue;
    }
    const due = dueAt(site, state.closing, nowMs, pieceFacts);
    const lacking = due || state.marks.length > 0 ? null : lackingLists(site, state.closing);
    if (!due && ((state.marks.length === 0 && !lacking) || !recomputes)) return true;
    try {
      if (due) await closeWindows(events, site, state.closing, due, nowMs);
      else if (lacking) await fillLists(events, site, state.closing, lacking);
      else await recompute(events, site, state.closing, state.marks);
    } catch (error) {
      // Another run was at these windows: nothing of ours was written, and the next step sees how far it came.
      if (!isOvertaken(error)) throw error;
    }
  }
  return false;
}
