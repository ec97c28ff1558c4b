/** The statements of a commit, generated from the fact tables: one JSON parameter, one transaction, safe to run any number of times. */
import { DICTIONARIES, DICTIONARY_COLUMNS, type Dictionary, FACT_COLUMNS, FACT_TABLES, type FactTable } from './facts.ts';

const listed = (columns: readonly string[]) => columns.map((_, i) => `j.value->>${i}`).join(', ');

/** Where sent rows come from, as `j`, and how one of their columns is said. */
type Source = { rows: (table: FactTable) => string; sent: (table: FactTable, column: string) => string };
/** Any number of rows, as JSON arrays of `?1`. */
const MANY: Source = {
  rows: (table) => `json_each(?1, '$.${table}') j`,
  sent: (table, column) => `(j.value->>${FACT_COLUMNS[table].columns.indexOf(column)})`,
};
/** One row, a parameter for each column: reading twenty values out of JSON takes SQLite longer than everything else it does for a row. */
const ONE: Source = {
  rows: (table) => `(SELECT ${FACT_COLUMNS[table].columns.map((column, i) => `?${i + 1} AS ${column}`).join(', ')}) j`,
  sent: (_, column) => `j.${column}`,
};

/** True where the sent row may change the stored one: another visitor's id is a conflict, except that a day-hash id may move with the address. */
const sameVisitor = (table: FactTable, stored: string, fresh: (column: string) => string) =>
  table === 'exposures' ? '1' : `(${stored}.visitor = ${fresh('visitor')} OR ${stored}.kind = 1)`;

/** True where a cumulative column grows. NULL is "not measured", below everything. */
const grows = (table: FactTable, stored: string, fresh: (column: string) => string) =>
  FACT_COLUMNS[table].cumulative.map((c) => `coalesce(${fresh(c)}, -1) > coalesce(${stored}.${c}, -1)`).join(' OR ') || '0';

function upsert(table: FactTable, { rows, sent }: Source): string {
  const { columns, cumulative } = FACT_COLUMNS[table];
  const excluded = (c: string) => `excluded.${c}`;
  const action =
    cumulative.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${cumulative.map((c) => `${c} = max(coalesce(excluded.${c}, ${table}.${c}), coalesce(${table}.${c}, excluded.${c}))`).join(', ')}
       WHERE ${sameVisitor(table, table, excluded)} AND (${grows(table, table, excluded)})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((c) => sent(table, c)).join(', ')} FROM ${rows(table)} WHERE 1
    ON CONFLICT (site, born, rand) ${action} RETURNING 1 AS taken`;
}

function remember(dictionary: Dictionary): string {
  const columns = DICTIONARY_COLUMNS[dictionary];
  return `INSERT INTO ${dictionary} (${columns.join(', ')}) SELECT ${listed(columns)} FROM json_each(?1, '$.${dictionary}') j WHERE 1
    ON CONFLICT (site, hash) DO NOTHING`;
}

/** Which sent rows carry an id that another visitor's row already has: their index in the batch. */
function conflicts(table: FactTable): string {
  const fresh = (c: string) => MANY.sent(table, c);
  return `SELECT '${table}' AS "table", j.key AS position FROM ${MANY.rows(table)}
    CROSS JOIN ${table} t ON t.site = ${fresh('site')} AND t.born = ${fresh('born')} AND t.rand = ${fresh('rand')}
    WHERE NOT ${sameVisitor(table, 't', fresh)}`;
}

const built = {
  remember: new Map(DICTIONARIES.map((d) => [d, remember(d)])),
  upsert: new Map(FACT_TABLES.map((t) => [t, upsert(t, MANY)])),
  one: new Map(FACT_TABLES.map((t) => [t, upsert(t, ONE)])),
  conflicts: new Map(FACT_TABLES.map((t) => [t, conflicts(t)])),
};

const take = <K>(map: Map<K, string>, keys: K[]) => keys.map((k) => map.get(k) ?? '');

/**
 * The statements for a batch that has rows in these tables, in the order in which they must run: dictionaries, then the rows. What they change
 * of closed time is marked by triggers (migrations/events/0014_marks.sql), before each row.
 */
export const commitStatements = (tables: FactTable[], dictionaries: Dictionary[]): string[] => [
  ...take(built.remember, dictionaries),
  ...take(built.upsert, tables),
];

/** The same for one row of one table, with its values as parameters in the order of its columns. */
export const oneRowStatement = (table: FactTable): string => built.one.get(table) ?? '';

/** Reads which sent rows carry another visitor's id; exposures have no visitor. */
export const conflictStatements = (tables: FactTable[]): string[] =>
  take(
    built.conflicts,
    tables.filter((t) => t !== 'exposures'),
  );
