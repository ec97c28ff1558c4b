/** Counts what D1 says it read and wrote, which is what it bills, by the table a statement writes to. */

export type Counts = {
  rowsWritten: number;
  rowsRead: number;
  /** Rows written, by table. */
  byTable: Record<string, number>;
};
export const noCounts = (): Counts => ({ rowsWritten: 0, rowsRead: 0, byTable: {} });

const tableOf = (sql: string) => /\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)/.exec(sql)?.[1] ?? 'none';

/** The same database, with every answer's `meta` added to `counts`. */
export function counting(db: D1Database, counts: Counts): D1Database {
  const plain = new WeakMap<D1PreparedStatement, { statement: D1PreparedStatement; table: string }>();
  const note = <T extends { meta: D1Meta }>(result: T, table: string): T => {
    counts.rowsWritten += result.meta.rows_written;
    counts.rowsRead += result.meta.rows_read;
    if (result.meta.rows_written > 0) counts.byTable[table] = (counts.byTable[table] ?? 0) + result.meta.rows_written;
    return result;
  };
  const wrap = (statement: D1PreparedStatement, table: string): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get(target, key) {
        if (key === 'bind') return (...values: unknown[]) => wrap(target.bind(...values), table);
        if (key === 'run') return async () => note(await target.run(), table);
        if (key === 'all') return async () => note(await target.all(), table);
        // `first` tells no meta.
        if (key === 'first') return async () => note(await target.all(), table).results[0] ?? null;
        return Reflect.get(target, key);
      },
    });
    plain.set(proxy, { statement, table });
    return proxy;
  };
  return new Proxy(db, {
    get(target, key) {
      if (key === 'prepare') return (sql: string) => wrap(target.prepare(sql), tableOf(sql));
      if (key === 'batch')
        return async (list: D1PreparedStatement[]) => {
          const known = list.map((one) => plain.get(one) ?? { statement: one, table: 'none' });
          const results = await target.batch(known.map(({ statement }) => statement));
          return results.map((result, i) => note(result, known[i]?.table ?? 'none'));
        };
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
