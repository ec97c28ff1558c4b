/** Deletes facts whose time is over: seals whole site-local days, never a window that could still change, and only what the history has. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { FACT_TABLES, FAR_MS, type FactTable } from '../store/facts.ts';
import { firstVisitorDay, sealableBefore } from '../store/retention.ts';
import type { Site } from '../store/sites.ts';
import { LOOKBACK_MS } from '../store/visits-sql.ts';

/** Facts of a table deleted in one transaction: well below what D1 does in its 30 s. */
const SLICE_ROWS = 5_000;
/** Facts up to here are deleted; what lies between this and the seal says where the first visits after it began. */
const PURGE_END = `(SELECT sealed_before - ${LOOKBACK_MS} FROM closings WHERE site = ?1)`;
/** Near facts before this are deleted already. */
const PURGED = '(SELECT purged_before FROM closings WHERE site = ?1)';

/** Acts by which a visitor is known outlive the other facts: they count for as long as the visitor's id lives. */
const isAct = (table: FactTable) => table === 'opt_ins' || table === 'identifications';

function slices(events: D1Database, site: number, actsBefore: number, rows: number): D1PreparedStatement[] {
  const remove = (table: FactTable, from: string, where: string, ...more: number[]) =>
    events
      .prepare(
        `DELETE FROM ${table} WHERE site = ?1 AND (born, rand) IN (SELECT t.born, t.rand FROM ${table} t ${from} WHERE t.site = ?1 AND ${where} LIMIT ?2)`,
      )
      .bind(site, rows, ...more);
  return FACT_TABLES.flatMap((table) => {
    const mortal = isAct(table) ? 't.kind <> 0 AND ' : '';
    const near = `abs(t.at - t.born) <= ${FAR_MS}`;
    const list = [
      remove(
        table,
        '',
        `${mortal}t.born >= ${PURGED} - ${FAR_MS} AND t.born < ${PURGE_END} + ${FAR_MS} AND t.at < ${PURGE_END} AND ${near}`,
      ),
      remove(table, `INDEXED BY ${table}_far`, `${mortal}t.at < ${PURGE_END} AND abs(t.at - t.born) > ${FAR_MS}`),
    ];
    if (isAct(table)) {
      list.push(
        remove(table, '', `t.born < ?3 + ${FAR_MS} AND t.at < ?3 AND t.at < ${PURGE_END} AND ${near}`, actsBefore),
        remove(
          table,
          `INDEXED BY ${table}_far`,
          `t.at < ?3 AND t.at < ${PURGE_END} AND abs(t.at - t.born) > ${FAR_MS}`,
          actsBefore,
        ),
      );
    }
    return list;
  });
}

/**
 * Seals one day, with the first slice of what that lets go, in one transaction. Nothing happens unless the day is closed, its facts
 * are in the history as they are, and the site stays where it is.
 */
async function sealDay(events: D1Database, site: Site, from: number, to: number, rest: D1PreparedStatement[]): Promise<boolean> {
  const [sealed] = await events.batch([
    events
      .prepare(
        `UPDATE closings SET sealed_before = ?3, marks_dropped = marks_dropped + (SELECT count(*) FROM dirty d WHERE d.site = ?1 AND d.until <= ?3)
         WHERE site = ?1 AND sealed_before = ?2 AND days_before >= ?3 AND settled_before >= ?3
           AND NOT EXISTS (SELECT 1 FROM exports e WHERE e.site = ?1 AND e.start < ?3 AND e.until > ?2 AND (e.state <> 2 OR e.doing IS NOT NULL OR e.late <> e.late_seen))
           AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.site = ?1)`,
      )
      .bind(site.id, from, to),
    events
      .prepare('DELETE FROM dirty WHERE site = ?1 AND until <= (SELECT sealed_before FROM closings WHERE site = ?1)')
      .bind(site.id),
    ...rest,
  ]);
  return (sealed?.meta.changes ?? 0) > 0;
}

/**
 * Purges a site: at most `steps` transactions, each of a bounded number of rows. Safe to break off anywhere and to run twice.
 *
 * @returns whether nothing is left to do.
 */
export async function purgeFacts(
  events: D1Database,
  site: Site,
  nowMs: number,
  steps: number,
  sliceRows = SLICE_ROWS,
): Promise<boolean> {
  const limit = sealableBefore(site, nowMs);
  const actsBefore = startOfDay(site.zone, firstVisitorDay(site, nowMs));
  for (let step = 0; step < steps; step += 1) {
    const closing = await closingOf(events, site.id);
    if (!closing) return true;
    const to = startOfDay(site.zone, dayOf(site.zone, closing.sealed_before) + 1);
    const work = slices(events, site.id, actsBefore, sliceRows);
    if (to <= limit && (await sealDay(events, site, closing.sealed_before, to, work))) continue;
    const behind = await events
      .prepare(
        `SELECT 1 FROM closings WHERE site = ?1 AND purged_before < sealed_before - ${LOOKBACK_MS} AND NOT EXISTS (SELECT 1 FROM moves WHERE site = ?1)`,
      )
      .bind(site.id)
      .first();
    if (!behind) return true;
    const results = await events.batch(work);
    if (results.some((r) => r.meta.changes > 0)) continue;
    // Nothing was left, so everything before is gone; a day sealed meanwhile begins a new pass.
    await events
      .prepare('UPDATE closings SET purged_before = ?2 WHERE site = ?1 AND purged_before < ?2')
      .bind(site.id, closing.sealed_before - LOOKBACK_MS)
      .run();
  }
  return false;
}
