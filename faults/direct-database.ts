/**
 * The D1 binding's interface on a Durable Object's own SQLite: what local D1 does behind two services and JSON
 * (miniflare, `workers/d1/database.worker`), without them. The engine, its limits and `transactionSync` are the same.
 */

/** Between a call and its transaction others may go first. */
export type Turn = () => Promise<void>;
type Bound = { sql: string; values: unknown[] };

/** D1 takes nothing else (https://developers.cloudflare.com/d1/worker-api/#type-conversion). */
function toValue(value: unknown): SqlStorageValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || value instanceof ArrayBuffer) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`);
}

function execute(sql: SqlStorage, { sql: text, values }: Bound) {
  const count = () => Number(sql.exec('SELECT total_changes() AS n').one().n);
  const before = count();
  const cursor = sql.exec(text, ...values);
  const names = cursor.columnNames;
  const results = [...cursor.raw()].map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  return {
    success: true,
    results,
    meta: {
      ...{ changes: count() - before, rows_read: cursor.rowsRead, rows_written: cursor.rowsWritten },
      ...{ size_after: sql.databaseSize, duration: 0 },
    },
  };
}

/** @param base any D1 binding: what is not listed here is its own. */
export function directDatabase(base: D1Database, storage: DurableObjectStorage, turn: Turn): D1Database {
  const known = new WeakMap<object, Bound>();
  async function transact(list: Bound[]) {
    await turn();
    try {
      return storage.transactionSync(() => list.map((bound) => execute(storage.sql, bound)));
    } catch (error) {
      throw new Error(`D1_ERROR: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  const wrap = (statement: D1PreparedStatement, bound: Bound): D1PreparedStatement => {
    const run = async () => (await transact([bound]))[0];
    const proxy = new Proxy(statement, {
      get: (target, key) => {
        if (key === 'bind') return (...values: unknown[]) => wrap(target, { sql: bound.sql, values: values.map(toValue) });
        if (key === 'run' || key === 'all') return run;
        if (key === 'first') return async () => (await run())?.results[0] ?? null;
        throw new Error(`faults: ${String(key)} of a statement is not used by the collector`);
      },
    });
    known.set(proxy, bound);
    return proxy;
  };
  return new Proxy(base, {
    get: (target, key) => {
      if (key === 'prepare') return (sql: string) => wrap(target.prepare(sql), { sql, values: [] });
      if (key === 'batch')
        return async (list: D1PreparedStatement[]) =>
          transact(
            list.map((statement) => {
              const bound = known.get(statement);
              if (!bound) throw new Error('faults: a statement of another database');
              return bound;
            }),
          );
      return Reflect.get(target, key);
    },
  });
}
