/** Copies facts and dictionary entries from one database to another, with the statements of a commit: any row may come twice, or too late. */
import { commitStatements } from './commit-sql.ts';
import { DICTIONARIES, DICTIONARY_COLUMNS, type Dictionary, FACT_COLUMNS, FACT_TABLES, type FactTable } from './facts.ts';

export type CopiedTable = Dictionary | FactTable;
/** Entries first: a fact never arrives before the texts behind its numbers. */
export const COPIED_TABLES: readonly CopiedTable[] = [...DICTIONARIES, ...FACT_TABLES];

type Row = Record<string, number | string | null>;
const isDictionary = (table: CopiedTable): table is Dictionary => DICTIONARIES.some((d) => d === table);
const columnsOf = (table: CopiedTable) => (isDictionary(table) ? DICTIONARY_COLUMNS[table] : FACT_COLUMNS[table].columns);
/** The key after the site: two numbers, the second always 0 for a dictionary. */
const keyOf = (table: CopiedTable) => (isDictionary(table) ? 't.hash, 0' : 't.born, t.rand');
/** One value may have 2 MB (D1): events have props of some kilobytes, all others some hundred bytes. */
const pageRows = (table: CopiedTable) => (table === 'events' ? 300 : 2_000);

/** Statements that take rows into a database. */
export function takeRows(to: D1Database, table: CopiedTable, rows: readonly Row[]): D1PreparedStatement[] {
  if (rows.length === 0) return [];
  const payload = JSON.stringify({ [table]: rows.map((row) => columnsOf(table).map((c) => row[c] ?? null)) });
  const statements = isDictionary(table) ? commitStatements([], [table]) : commitStatements([table], []);
  return statements.map((sql) => to.prepare(sql).bind(payload));
}

/** The next rows of a table after a key, in its order; `next` is null at the end. */
export async function readRows(
  from: D1Database,
  site: number,
  table: CopiedTable,
  after: readonly [number, number],
): Promise<{ rows: Row[]; next: [number, number] | null }> {
  const limit = pageRows(table);
  const order = isDictionary(table) ? 't.hash > ?2 AND ?3 = ?3' : '(t.born, t.rand) > (?2, ?3)';
  const { results } = await from
    .prepare(`SELECT t.* FROM ${table} t WHERE t.site = ?1 AND ${order} ORDER BY ${keyOf(table).replace(', 0', '')} LIMIT ?4`)
    .bind(site, after[0], after[1], limit)
    .all<Row>();
  const last = results.length === limit ? results.at(-1) : undefined;
  return { rows: results, next: last ? [Number(last.born ?? last.hash), Number(last.rand ?? 0)] : null };
}

/** How many changes wait at least: counts to the limit only. */
export async function countNoted(from: D1Database, site: number, limit: number): Promise<number> {
  const row = await from
    .prepare('SELECT count(*) AS n FROM (SELECT 1 FROM moved_rows INDEXED BY moved_rows_site WHERE site = ?1 LIMIT ?2)')
    .bind(site, limit)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

/**
 * Brings over the oldest changes that were noted. They are forgotten only when the other database has the rows as they are then; a
 * row that changes meanwhile is noted anew.
 *
 * @returns how many were there.
 */
export async function copyNoted(from: D1Database, to: D1Database, site: number, limit = 300): Promise<number> {
  const { results } = await from
    .prepare('SELECT seq, tab, a, b FROM moved_rows INDEXED BY moved_rows_site WHERE site = ?1 ORDER BY seq LIMIT ?2')
    .bind(site, limit)
    .all<{ seq: number; tab: string; a: number; b: number }>();
  const last = results.at(-1);
  if (!last) return 0;
  const touched = COPIED_TABLES.filter((table) => results.some((r) => r.tab === table));
  const found = await from.batch<Row>(
    touched.map((table) =>
      from
        .prepare(
          `SELECT t.* FROM (SELECT DISTINCT value->>0 AS a, value->>1 AS b FROM json_each(?2)) j CROSS JOIN ${table} t
           ON t.site = ?1 AND (${keyOf(table)}) = (j.a, j.b)`,
        )
        .bind(site, JSON.stringify(results.filter((r) => r.tab === table).map((r) => [r.a, r.b]))),
    ),
  );
  const statements = touched.flatMap((table, i) => takeRows(to, table, found[i]?.results ?? []));
  if (statements.length > 0) await to.batch(statements);
  await from.prepare('DELETE FROM moved_rows WHERE site = ?1 AND seq <= ?2').bind(site, last.seq).run();
  return results.length;
}
