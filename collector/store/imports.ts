/** Writes imported figures: first out of sight, then shown in one transaction, and taken away in one. */
import { type ImportedCell, positionOf } from './imported-dimensions.ts';

export const WRITING = 0;
export const STAGED = 1;
export const SHOWN = 2;
export const REMOVING = 3;

export type ImportRow = { id: number; tool: string; sha256: string; state: number; made_at: number; about: string };
/** Cells of one statement: about 300 KB of JSON, far from the 2 MB that a D1 parameter holds. */
const CELLS_AT_ONCE = 2_000;
const STATEMENTS_AT_ONCE = 10;

/** Writes an import that nobody sees yet. Broken off anywhere, it stays `WRITING` and is swept away. */
export async function stageImport(
  events: D1Database,
  site: number,
  row: Omit<ImportRow, 'state'>,
  cells: readonly ImportedCell[],
): Promise<void> {
  await events
    .prepare('INSERT INTO imports (site, id, tool, sha256, state, made_at, about) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)')
    .bind(site, row.id, row.tool, row.sha256, WRITING, row.made_at, row.about)
    .run();
  const insert = events.prepare(
    `INSERT INTO imported_cells (site, import, dimension, day, value, pageviews, visits, visitors, events)
     SELECT ?1, ?2, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?3)`,
  );
  const packed = (from: number) =>
    JSON.stringify(
      cells
        .slice(from, from + CELLS_AT_ONCE)
        .map((c) => [positionOf(c.dimension), c.day, c.value, c.pageviews, c.visits, c.visitors, c.events]),
    );
  const step = CELLS_AT_ONCE * STATEMENTS_AT_ONCE;
  for (let at = 0; at < cells.length; at += step) {
    const parts = Array.from({ length: STATEMENTS_AT_ONCE }, (_, i) => at + i * CELLS_AT_ONCE).filter(
      (from) => from < cells.length,
    );
    await events.batch(parts.map((from) => insert.bind(site, row.id, packed(from))));
  }
  await events.prepare('UPDATE imports SET state = ?3 WHERE site = ?1 AND id = ?2').bind(site, row.id, STAGED).run();
}

/** Measured here, in any way, on a closed day: then the import's day is not shown. `start` is the day's. */
export const measuredOn = (site: string, start: string) =>
  `EXISTS (SELECT 1 FROM rollups r WHERE r.site = ${site} AND r.dimension = 0 AND r.grain = 1 AND r.start = ${start} AND r.value = 0
     AND r.pageviews + r.visits + r.events + r.opt_ins + r.exposures > 0)`;

/** Of these days, the ones that nothing else has: not measured here, over, and in no other import. */
const FREE = `SELECT j.value->>0 AS day, j.value->>1 AS start FROM json_each(?2) j
  WHERE NOT EXISTS (SELECT 1 FROM imported_days d WHERE d.site = ?1 AND d.day = j.value->>0)
  AND NOT ${measuredOn('?1', 'j.value->>1')}
  AND j.value->>1 < coalesce((SELECT days_before FROM closings WHERE site = ?1), ?3)`;

export type Day = readonly [day: number, start: number];

/** @param nowStart where today begins: for a site whose windows were never opened. */
export async function freeDays(events: D1Database, site: number, days: readonly Day[], nowStart: number): Promise<number[]> {
  const { results } = await events
    .prepare(`SELECT day FROM (${FREE}) ORDER BY day`)
    .bind(site, JSON.stringify(days), nowStart)
    .all<{ day: number }>();
  return results.map(({ day }) => day);
}

/**
 * Shows a staged import: it takes the days that nothing else has, all at once. Done again, it changes nothing.
 *
 * @returns how many days it has now, or null when it was not there to be shown.
 */
export async function showImport(
  events: D1Database,
  site: number,
  id: number,
  days: readonly Day[],
  nowStart: number,
): Promise<number | null> {
  const [, , found] = await events.batch<{ state: number; days: number }>([
    events
      .prepare(
        `INSERT INTO imported_days (site, day, start, import) SELECT ?1, f.day, f.start, ?4 FROM (${FREE}) f
         WHERE EXISTS (SELECT 1 FROM imports i WHERE i.site = ?1 AND i.id = ?4 AND i.state = ${STAGED})`,
      )
      .bind(site, JSON.stringify(days), nowStart, id),
    events.prepare(`UPDATE imports SET state = ${SHOWN} WHERE site = ?1 AND id = ?2 AND state = ${STAGED}`).bind(site, id),
    events
      .prepare(
        'SELECT state, (SELECT count(*) FROM imported_days d WHERE d.site = ?1 AND d.import = ?2) AS days FROM imports WHERE site = ?1 AND id = ?2',
      )
      .bind(site, id),
  ]);
  const row = found?.results[0];
  return row?.state === SHOWN ? row.days : null;
}

/** Takes an import out of every report, at once; its cells are deleted afterwards. Returns whether it was there. */
export async function hideImport(events: D1Database, site: number, id: number): Promise<boolean> {
  const [, hidden] = await events.batch([
    events.prepare('DELETE FROM imported_days WHERE site = ?1 AND import = ?2').bind(site, id),
    events
      .prepare(`UPDATE imports SET state = ${REMOVING} WHERE site = ?1 AND id = ?2 AND state IN (${STAGED}, ${SHOWN})`)
      .bind(site, id),
  ]);
  return (hidden?.meta.changes ?? 0) > 0;
}

/** What is there, the newest first; what is being written or removed is not. */
export async function listImports(events: D1Database, site: number): Promise<(ImportRow & { days: number })[]> {
  const { results } = await events
    .prepare(
      `SELECT i.*, (SELECT count(*) FROM imported_days d WHERE d.site = i.site AND d.import = i.id) AS days
       FROM imports i WHERE i.site = ?1 AND i.state IN (${STAGED}, ${SHOWN}) ORDER BY i.made_at DESC, i.id`,
    )
    .bind(site)
    .all<ImportRow & { days: number }>();
  return results;
}

/** The days that an import has figures of. */
export async function daysOfImport(events: D1Database, site: number, id: number): Promise<number[]> {
  const { results } = await events
    .prepare('SELECT day FROM imported_cells WHERE site = ?1 AND dimension = 0 AND import = ?2 ORDER BY day')
    .bind(site, id)
    .all<{ day: number }>();
  return results.map(({ day }) => day);
}
