/** Databases between whose every two questions something may happen: a visitor's message, or the end of the run. */

/** Called before and after each question to a database. A throw is a crash: before, nothing was done; after, the answer is lost. */
export type Hook = (when: 'before' | 'after') => Promise<void>;

export function interrupted(db: D1Database, hook: Hook): D1Database {
  const plain = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    await hook('before');
    const answer = await work();
    await hook('after');
    return answer;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, name) => {
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values));
        if (name === 'run') return () => around(() => target.run());
        if (name === 'all') return () => around(() => target.all());
        if (name === 'first') return () => around(() => target.first());
        return Reflect.get(target, name);
      },
    });
    plain.set(proxy, statement);
    return proxy;
  };
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => wrap(target.prepare(sql));
      if (name === 'batch')
        return (list: D1PreparedStatement[]) => around(() => target.batch(list.map((s) => plain.get(s) ?? s)));
      return Reflect.get(target, name);
    },
  });
}
