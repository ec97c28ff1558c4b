/** The statements of a commit, generated from the fact tables: one JSON parameter, one transaction, safe to run any number of times. */
import { DICTIONARIES, DICTIONARY_COLUMNS, type Dictionary, FACT_COLUMNS, FACT_TABLES, type FactTable } from './facts.ts';

const VISIT_GAP_MS = 1_800_000;
const QUARTER_MS = 900_000;

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
    ON CONFLICT (site, born, rand) ${action}`;
}

/**
 * Marks the time whose windows a sent row will change, before it does: from the stored row's time (a repeat never moves it) to
 * the end of what a visit gap can reach. Rows that change nothing mark nothing. A row of open time is marked too when it is older
 * than the last round and a visit of closed time may go on until then: that window closed without knowing it.
 */
function mark(table: FactTable, { rows, sent }: Source): string {
  const fresh = (c: string) => sent(table, c);
  const reach = table === 'pageviews' ? `max(coalesce(t.foreground_ms, 0), coalesce(${fresh('foreground_ms')}, 0))` : '0';
  // An act that makes a web visitor known changes every later day of that visitor; a kiosk visitor has no later day.
  const lasting = table === 'opt_ins' || table === 'identifications' ? `${fresh('kind')} <> 2` : '0';
  return `INSERT INTO dirty (site, start, until)
    SELECT n.site, n.at - n.at % ${QUARTER_MS}, max(max(n.at + n.reach + ${VISIT_GAP_MS}, CASE WHEN n.lasting THEN c.detail_before ELSE 0 END)) FROM (
      SELECT ${fresh('site')} AS site, coalesce(t.at, ${fresh('at')}) AS at, ${reach} AS reach, ${lasting} AS lasting
      FROM ${rows(table)} LEFT JOIN ${table} t ON t.site = ${fresh('site')} AND t.born = ${fresh('born')} AND t.rand = ${fresh('rand')}
      WHERE t.site IS NULL OR (${sameVisitor(table, 't', fresh)} AND (${grows(table, 't', fresh)}))
    ) n JOIN closings c ON c.site = n.site AND n.at >= c.sealed_before AND (n.at < c.detail_before OR (n.at < c.closed_at AND n.at < c.detail_reach))
    GROUP BY 1, 2
    ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until`;
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
  mark: new Map(FACT_TABLES.map((t) => [t, mark(t, MANY)])),
  upsert: new Map(FACT_TABLES.map((t) => [t, upsert(t, MANY)])),
  one: new Map(FACT_TABLES.map((t) => [t, [mark(t, ONE), upsert(t, ONE)]])),
  conflicts: new Map(FACT_TABLES.map((t) => [t, conflicts(t)])),
};

const take = <K>(map: Map<K, string>, keys: K[]) => keys.map((k) => map.get(k) ?? '');

/**
 * The statements for a batch that has rows in these tables, in the order in which they must run: dictionaries, marks, then the
 * rows, which are the last `tables.length` of them.
 */
export const commitStatements = (tables: FactTable[], dictionaries: Dictionary[]): string[] => [
  ...take(built.remember, dictionaries),
  ...take(built.mark, tables),
  ...take(built.upsert, tables),
];

/** The same for one row of one table, with its values as parameters in the order of its columns. */
export const oneRowStatements = (table: FactTable): string[] => built.one.get(table) ?? [];

/** Reads which sent rows carry another visitor's id; exposures have no visitor. */
export const conflictStatements = (tables: FactTable[]): string[] =>
  take(
    built.conflicts,
    tables.filter((t) => t !== 'exposures'),
  );
