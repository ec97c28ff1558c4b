/** Imported figures for reports: only of days on which nothing was measured here, and only what an export really says. */
import type { ImportedDimension } from '../store/imported-dimensions.ts';
import { IMPORTED_DIMENSIONS, positionOf } from '../store/imported-dimensions.ts';
import { measuredOn, SHOWN } from '../store/imports.ts';

/** Sums over days. Null: no import of the range says it. Visitors are never summed: see `readImported`. */
export type ImportedFigures = { pageviews: number | null; visits: number | null; visitors: number | null; events: number | null };
export type ImportedRow = ImportedFigures & { day: number | null; value: string };
/** Which days of a range are imported, and from which tools. Day numbers; all of them are days on which nothing was measured. */
export type ImportedDays = { from: number; to: number; days: number; tools: string[] };

const DAYS = `imported_days d JOIN imports i ON i.site = d.site AND i.id = d.import AND i.state = ${SHOWN}
  WHERE d.site = ?1 AND d.day BETWEEN ?2 AND ?3 AND NOT ${measuredOn('d.site', 'd.start')}`;

/** The imported days of a range, or null: one read of an empty table for a site without imports. */
export async function readImportedDays(
  events: D1Database,
  site: number,
  from: number,
  to: number,
): Promise<{ days: ImportedDays | null; rowsRead: number }> {
  const { results, meta } = await events
    .prepare(
      `SELECT min(d.day) AS first, max(d.day) AS last, count(*) AS days, group_concat(DISTINCT i.tool) AS tools FROM ${DAYS}`,
    )
    .bind(site, from, to)
    .all<{ first: number | null; last: number | null; days: number; tools: string | null }>();
  const [row] = results;
  const days =
    row && row.first !== null && row.last !== null
      ? { from: row.first, to: row.last, days: row.days, tools: (row.tools ?? '').split(',').sort() }
      : null;
  return { days, rowsRead: meta.rows_read };
}

const VALUED = IMPORTED_DIMENSIONS.filter((dimension) => dimension !== 'total' && dimension !== 'source_channel');

/** Whether imports have this dimension. `null` is the whole site. */
export const importedDimension = (name: string | null): ImportedDimension | null =>
  name === null ? 'total' : (VALUED.find((dimension) => dimension === name) ?? null);

/**
 * Imported figures of a range of days, by value of a dimension and, if asked for, by day.
 *
 * Visitors are distinct within a day only: they are given where `byDay` is set and the dimension is `total`, null elsewhere, because
 * the same person on two days would count twice.
 */
export async function readImported(
  events: D1Database,
  site: number,
  range: { from: number; to: number },
  dimension: ImportedDimension,
  byDay: boolean,
): Promise<{ rows: ImportedRow[]; rowsRead: number }> {
  const visitors = byDay && dimension === 'total' ? 'sum(c.visitors)' : 'NULL';
  const { results, meta } = await events
    .prepare(
      `SELECT ${byDay ? 'c.day' : 'NULL'} AS day, c.value, sum(c.pageviews) AS pageviews, sum(c.visits) AS visits, ${visitors} AS visitors, sum(c.events) AS events
       FROM (SELECT d.day, d.import FROM ${DAYS}) f
       CROSS JOIN imported_cells c ON c.site = ?1 AND c.dimension = ?4 AND c.day = f.day AND c.import = f.import
       GROUP BY ${byDay ? 'c.day, ' : ''}c.value`,
    )
    .bind(site, range.from, range.to, positionOf(dimension))
    .all<ImportedRow>();
  return { rows: results, rowsRead: meta.rows_read };
}
