/** Deletes what a database still has of a site that lives in another one. */
import { DICTIONARIES, FACT_TABLES } from './facts.ts';
import { GONE } from './moves.ts';

const SLICE_ROWS = 5_000;
const pair = 'born, rand';
/** Closings first: without them no window is sealed, and rollups may go. Salts, refusals and parked messages stay where they are for all sites. */
const KEYS: readonly (readonly [table: string, key: string])[] = [
  ['closings', 'site'],
  ['dirty', 'start'],
  ['exports', 'start'],
  ['open_visits', 'part'],
  ['rollups', 'dimension, grain, start, value'],
  ['visitor_cells', 'day, forward, kind, kiosk, store, known, engagement, predecessor, gap'],
  ['visitor_days', 'visitor, day'],
  ['imported_days', 'day'],
  ['imports', 'id'],
  ['imported_cells', 'dimension, day, import, value'],
  ...FACT_TABLES.map((table) => [table, pair] as const),
  ...DICTIONARIES.map((table) => [table, 'hash'] as const),
  ['erased_visitors', 'visitor, from_at'],
  ['erasures', 'id'],
  ['moved_rows', 'seq'],
];

/** One slice of every table, only while the site is gone from here. Returns whether nothing was left. */
export async function wipeSlice(db: D1Database, site: number): Promise<boolean> {
  const results = await db.batch(
    KEYS.map(([table, key]) =>
      db
        .prepare(
          `DELETE FROM ${table} WHERE site = ?1 AND (${key}) IN (SELECT ${key} FROM ${table} WHERE site = ?1 LIMIT ?2)
             AND EXISTS (SELECT 1 FROM moves m WHERE m.site = ?1 AND m.state = ?3)`,
        )
        .bind(site, SLICE_ROWS, GONE),
    ),
  );
  return results.every((r) => r.meta.changes === 0);
}
