/** Deletes what imports leave behind, a slice at a time. */
import { REMOVING, STAGED, WRITING } from './imports.ts';

const SLICE_ROWS = 5_000;

/**
 * Deletes a slice of what nobody will see again: removed imports, those that were broken off, and those nobody said yes to.
 *
 * @returns whether nothing is left to delete.
 */
export async function sweepImports(events: D1Database, writtenBefore: number, stagedBefore: number): Promise<boolean> {
  await events
    .prepare(
      `UPDATE imports SET state = ${REMOVING} WHERE ((state = ${WRITING} AND made_at < ?1) OR (state = ${STAGED} AND made_at < ?2))
       AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.site = imports.site)`,
    )
    .bind(writtenBefore, stagedBefore)
    .run();
  const gone = await events
    .prepare(`SELECT site, id FROM imports WHERE state = ${REMOVING} LIMIT 1`)
    .first<{ site: number; id: number }>();
  if (!gone) return true;
  const key = 'site, dimension, day, import, value';
  const { meta } = await events
    .prepare(
      `DELETE FROM imported_cells WHERE (${key}) IN (SELECT ${key} FROM imported_cells WHERE site = ?1 AND import = ?2 LIMIT ?3)`,
    )
    .bind(gone.site, gone.id, SLICE_ROWS)
    .run();
  if (meta.changes === 0)
    await events
      .prepare(`DELETE FROM imports WHERE site = ?1 AND id = ?2 AND state = ${REMOVING}`)
      .bind(gone.site, gone.id)
      .run();
  return false;
}
