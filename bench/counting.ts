/** Counts what D1 says it read and wrote: the figures it bills. */

export type Counts = { rowsWritten: number; rowsRead: number };

/** The same database, with every answer's `meta` added to `counts`. */
export function counting(db: D1Database, counts: Counts): D1Database {
  const note = <T extends { meta: D1Meta }>(result: T): T => {
    counts.rowsWritten += result.meta.rows_written;
    counts.rowsRead += result.meta.rows_read;
    return result;
  };
  return new Proxy(db, {
    get(target, key) {
      if (key === 'batch') return async (statements: D1PreparedStatement[]) => (await target.batch(statements)).map(note);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
