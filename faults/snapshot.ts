/** Reads a database that stands still: the same question is asked once, and questions of one moment travel together. */

type Question = { statement: D1PreparedStatement; key: string; sql: string; values: unknown[] };

/** A view for checks. Every answer comes from the real database; nothing may be written while it is used. */
export function snapshot(db: D1Database): D1Database {
  const answers = new Map<string, Promise<D1Result>>();
  let waiting: { question: Question; resolve: (r: D1Result) => void; reject: (e: unknown) => void }[] = [];
  const known = new WeakMap<D1PreparedStatement, Question>();

  async function flush(): Promise<void> {
    // A few turns of the event loop: the other reports of this check come to the same point.
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
    const asked = waiting;
    waiting = [];
    if (asked.length === 0) return;
    try {
      const results = await db.batch(asked.map(({ question }) => question.statement));
      asked.forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result) resolve(result);
        else reject(new Error('snapshot: no answer'));
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
  function ask(question: Question): Promise<D1Result> {
    const before = answers.get(question.key);
    if (before) return before;
    const answer = new Promise<D1Result>((resolve, reject) => {
      waiting.push({ question, resolve, reject });
    });
    if (waiting.length === 1) void flush();
    answers.set(question.key, answer);
    return answer;
  }
  const wrap = (statement: D1PreparedStatement, sql: string, values: unknown[]): D1PreparedStatement => {
    const question = { statement, key: JSON.stringify([sql, values]), sql, values };
    const proxy = new Proxy(statement, {
      get: (target, key) => {
        if (key === 'bind') return (...bound: unknown[]) => wrap(target.bind(...bound), sql, bound);
        if (key === 'all' || key === 'run') return () => ask(question);
        if (key === 'first') return async () => (await ask(question)).results[0] ?? null;
        return Reflect.get(target, key);
      },
    });
    known.set(proxy, question);
    return proxy;
  };
  return new Proxy(db, {
    get: (target, key) => {
      if (key === 'prepare') return (sql: string) => wrap(target.prepare(sql), sql, []);
      if (key === 'batch')
        return (list: D1PreparedStatement[]) =>
          Promise.all(
            list.map((s) => {
              const question = known.get(s);
              return question ? ask(question) : s.all();
            }),
          );
      return Reflect.get(target, key);
    },
  });
}
