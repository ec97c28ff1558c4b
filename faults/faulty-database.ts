/** A D1 binding with the same interface whose calls fail as told; the database behind it is the real one. */
import type { Fault } from './scenario.ts';

/** Rows that a transaction really wrote into a fact table, as the collector bound them. */
export type Written = { table: string; columns: string[]; rows: unknown[][] };
export type Watch = {
  fault: Fault | undefined;
  /** Delays what writes facts until this resolves: a database that is slow, not one that fails. */
  slow?: (() => Promise<void>) | undefined;
  /** Runs between two calls. */
  between?: ((call: number, when: 'before' | 'after') => Promise<void>) | undefined;
  committed: (written: Written[]) => void;
  faults: { injected: number };
  /** Calls whose answer nobody may be waiting for any more. */
  underWay: Promise<unknown>[];
};

const INSERT = /^\s*INSERT (?:OR \w+ )?INTO (pageviews|events|opt_ins|identifications|kiosk_visits|exposures) \(([^)]*)\)/;

/** What a statement writes into a fact table, read from its own text and parameter. */
function readWrite(sql: string, values: unknown[]): Written[] {
  const match = INSERT.exec(sql);
  const [payload] = values;
  if (!match?.[1] || !match[2] || typeof payload !== 'string') return [];
  const parsed: unknown = JSON.parse(payload);
  if (typeof parsed !== 'object' || parsed === null) return [];
  const rows: unknown = Object.entries(parsed).find(([table]) => table === match[1])?.[1];
  return Array.isArray(rows)
    ? [{ table: match[1], columns: match[2].split(',').map((c) => c.trim()), rows: rows.filter((r) => Array.isArray(r)) }]
    : [];
}

/** The same database, as one actor sees it: its calls are counted, and fail where the scenario says. */
export function faulty(db: D1Database, name: Fault['database'], watch: Watch): D1Database {
  let calls = 0;
  const plain = new WeakMap<D1PreparedStatement, { statement: D1PreparedStatement; sql: string; values: unknown[] }>();
  function call<T>(work: () => Promise<T>, written: () => Written[]): Promise<T> {
    const answer = attempt(work, written);
    watch.underWay.push(answer.catch(() => {}));
    return answer;
  }
  async function attempt<T>(work: () => Promise<T>, written: () => Written[]): Promise<T> {
    calls += 1;
    const own = calls;
    const fault = watch.fault?.database === name ? watch.fault : undefined;
    await watch.between?.(own, 'before');
    const facts = written();
    if (facts.length > 0) await watch.slow?.();
    const fails = fault && (fault.call === own || (own > fault.call && (fault.how === 'down' || fault.how === 'dies')));
    const done = !fails || (own === fault.call && (fault.how === 'after' || fault.how === 'dies'));
    if (fails) watch.faults.injected += 1;
    if (fails && !done) throw new Error(fault.words);
    const result = await work();
    if (facts.length > 0) watch.committed(facts);
    if (fails) throw new Error(fault.words);
    await watch.between?.(own, 'after');
    return result;
  }
  const wrap = (statement: D1PreparedStatement, sql: string, values: unknown[]): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, key) => {
        if (key === 'bind') return (...bound: unknown[]) => wrap(target.bind(...bound), sql, bound);
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          call(
            () => value.apply(target, args),
            () => readWrite(sql, values),
          );
      },
    });
    plain.set(proxy, { statement, sql, values });
    return proxy;
  };
  return new Proxy(db, {
    get: (target, key) => {
      if (key === 'prepare') return (sql: string) => wrap(target.prepare(sql), sql, []);
      if (key === 'batch')
        return (list: D1PreparedStatement[]) =>
          call(
            () => target.batch(list.map((s) => plain.get(s)?.statement ?? s)),
            () => list.flatMap((s) => readWrite(plain.get(s)?.sql ?? '', plain.get(s)?.values ?? [])),
          );
      return Reflect.get(target, key);
    },
  });
}
