/** Reads the facts of some time in a fixed order, page by page, so that a reader who was stopped goes on where it was. */
import { FACT_TABLES, FAR_MS, type FactTable } from './facts.ts';

/** Where a reading stands: the source, and the last row that was read of it. */
export type Cursor = readonly [source: number, a: number, b: number, c: number];
export type FactRow = Record<string, number | string | null>;
export type FactPage = { table: FactTable; rows: FactRow[]; next: Cursor | null };

/** Each table twice: rows near their id's time in the order of the key, the others in the order of the partial index. */
const SOURCES = FACT_TABLES.flatMap((table) => [{ table, far: false } as const, { table, far: true } as const]);
const LAST = Number.MAX_SAFE_INTEGER;

/** Before the first fact. */
export const beginCursor = (start: number): Cursor => [0, start - FAR_MS - 1, LAST, 0];
const beginSource = (source: number, start: number): Cursor =>
  SOURCES[source]?.far ? [source, start - 1, LAST, LAST] : [source, start - FAR_MS - 1, LAST, 0];

const sqlOf = ({ table, far }: (typeof SOURCES)[number]) =>
  far
    ? `SELECT t.* FROM ${table} t INDEXED BY ${table}_far WHERE t.site = ?1 AND (t.at, t.born, t.rand) > (?4, ?5, ?6) AND t.at >= ?2 AND t.at < ?3
         AND abs(t.at - t.born) > ${FAR_MS} ORDER BY t.at, t.born, t.rand LIMIT ?7`
    : `SELECT t.* FROM ${table} t WHERE t.site = ?1 AND (t.born, t.rand) > (?4, ?5) AND ?6 = 0 AND t.born < ?3 + ${FAR_MS}
         AND t.at >= ?2 AND t.at < ?3 AND abs(t.at - t.born) <= ${FAR_MS} ORDER BY t.born, t.rand LIMIT ?7`;

/**
 * The next facts with `start <= at < until`, of all tables that are left, in one question: most days are small.
 *
 * @returns pages of at most `limit` rows, one table each; the last one tells where to go on (null = that was all).
 */
export async function readFactPages(
  events: D1Database,
  site: number,
  start: number,
  until: number,
  cursor: Cursor,
  limit: number,
): Promise<FactPage[]> {
  const left = SOURCES.slice(cursor[0]).map((source, i) => ({
    ...source,
    from: i === 0 ? cursor : beginSource(cursor[0] + i, start),
  }));
  if (left.length === 0) return [{ table: 'pageviews', rows: [], next: null }];
  const results = await events.batch<FactRow>(
    left.map((source) =>
      events.prepare(sqlOf(source)).bind(site, start, until, source.from[1], source.from[2], source.from[3], limit),
    ),
  );
  const pages: FactPage[] = [];
  for (const [i, { table, far, from }] of left.entries()) {
    const rows = results[i]?.results ?? [];
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const [at, born, rand] = [Number(last?.at), Number(last?.born), Number(last?.rand)];
    const after: Cursor = far ? [from[0], at, born, rand] : [from[0], born, rand, 0];
    pages.push({ table, rows, next: last ? after : from[0] + 1 < SOURCES.length ? beginSource(from[0] + 1, start) : null });
    // More of this table lies ahead: what was read of the next ones is read again in its turn.
    if (last) break;
  }
  return pages;
}
