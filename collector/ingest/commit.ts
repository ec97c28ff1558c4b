/** The one function that writes facts. */
import { commitStatements, conflictStatements, oneRowStatement } from '../store/commit-sql.ts';
import {
  DICTIONARIES,
  DICTIONARY_COLUMNS,
  type Dictionary,
  FACT_COLUMNS,
  FACT_TABLES,
  type Facts,
  type FactTable,
  noFacts,
} from '../store/facts.ts';

/** A batch above this is refused by D1 (2 MB a value); stay well below. */
const MAX_ROWS = 500;

/** Rows in a transaction that carried an id of another visitor, by table and position; nothing of them was stored. */
export type Conflict = { table: FactTable; position: number };
export type Committed = { rowsWritten: number; conflicts: Conflict[] };

const isFactTable = (table: unknown): table is FactTable => FACT_TABLES.some((t) => t === table);
const inOrder = (rows: readonly object[], columns: readonly string[]) =>
  rows.map((row) => columns.map((c): unknown => Reflect.get(row, c) ?? null));

/**
 * Commits facts in one transaction: a row out of parameters, rows out of one JSON parameter. A pure function of its payload on the
 * database: run once, twice, reordered, or after a lost answer, the database ends the same, and a run that changes nothing writes no row.
 *
 * @param facts at most 500 rows; `splitFacts` cuts larger batches.
 * @returns rows written as D1 bills them, and the rows refused as `id_conflict`.
 * @throws what D1 throws; the caller decides whether to retry, spill or refuse.
 */
export async function commit(db: D1Database, facts: Facts): Promise<Committed> {
  const tables = FACT_TABLES.filter((t) => facts[t].length > 0);
  const dictionaries = DICTIONARIES.filter((d) => facts[d].length > 0);
  if (tables.length === 0) return { rowsWritten: 0, conflicts: [] };
  const results = await transact(db, toStatements(db, facts, tables, dictionaries));
  // The rows themselves are the last statements, and return what they took; `changes` would count what triggers wrote, too. Where each row
  // changed something, none can be another visitor's.
  const doubtful = tables.filter((t, i) => results.at(i - tables.length)?.results.length !== facts[t].length);
  return {
    rowsWritten: results.reduce((sum, r) => sum + r.meta.rows_written, 0),
    conflicts: await findConflicts(db, facts, doubtful),
  };
}

/** A single statement is a transaction by itself, and costs less that way. */
async function transact(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  const [only, ...more] = statements;
  return only && more.length === 0 ? [await only.run()] : db.batch(statements);
}

function toStatements(db: D1Database, facts: Facts, tables: FactTable[], dictionaries: Dictionary[]): D1PreparedStatement[] {
  const [table, another] = tables;
  // Most requests say one thing.
  if (table && !another && facts[table].length === 1 && dictionaries.length === 0) {
    const [row = []] = inOrder(facts[table], FACT_COLUMNS[table].columns);
    return [db.prepare(oneRowStatement(table)).bind(...row)];
  }
  const payload = spell(facts, tables, dictionaries);
  return commitStatements(tables, dictionaries).map((sql) => db.prepare(sql).bind(payload));
}

/** The one JSON parameter: rows as arrays, by table. */
const spell = (facts: Facts, tables: FactTable[], dictionaries: Dictionary[]): string =>
  JSON.stringify({
    ...Object.fromEntries(tables.map((t) => [t, inOrder(facts[t], FACT_COLUMNS[t].columns)])),
    ...Object.fromEntries(dictionaries.map((d) => [d, inOrder(facts[d], DICTIONARY_COLUMNS[d])])),
  });

/** Repeats, and ids of another visitor's rows: told apart by reading, after the commit, which a repeat of it does not change. */
async function findConflicts(db: D1Database, facts: Facts, tables: FactTable[]): Promise<Conflict[]> {
  const statements = conflictStatements(tables);
  if (statements.length === 0) return [];
  const payload = spell(facts, tables, []);
  const results = await db.batch<Record<string, unknown>>(statements.map((sql) => db.prepare(sql).bind(payload)));
  return results.flatMap(({ results: rows }) =>
    rows.flatMap(({ table, position }) => (isFactTable(table) && typeof position === 'number' ? [{ table, position }] : [])),
  );
}

/** Cuts a batch into batches of at most `maxRows` facts; each keeps only the dictionary entries of the first, which is enough, as they are never removed. */
export function splitFacts(facts: Facts, maxRows = MAX_ROWS): Facts[] {
  const parts: Facts[] = [{ ...noFacts(), pages: facts.pages, origins: facts.origins, places: facts.places, names: facts.names }];
  let room = maxRows;
  const current = () => {
    if (room === 0) {
      parts.push(noFacts());
      room = maxRows;
    }
    room -= 1;
    return parts[parts.length - 1] ?? noFacts();
  };
  for (const row of facts.pageviews) current().pageviews.push(row);
  for (const row of facts.events) current().events.push(row);
  for (const row of facts.opt_ins) current().opt_ins.push(row);
  for (const row of facts.identifications) current().identifications.push(row);
  for (const row of facts.kiosk_visits) current().kiosk_visits.push(row);
  for (const row of facts.exposures) current().exposures.push(row);
  return parts;
}
