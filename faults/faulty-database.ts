/** A D1 binding with the same interface whose calls fail as told; the database behind it is the real one. */
import type { Fault } from './scenario.ts';

/** Rows that a transaction really wrote into a fact table, as the collector bound them. */
export type Written = { table: string; columns: string[]; rows: unknown[][] };
export type Watch = {
  fault?: Fault | undefined;
  /** Delays what writes facts until this resolves: a database that is slow, not one that fails. */
  slow?: (() => Promise<void>) | undefined;
  /** Runs between two calls. */
  between?: ((call: number, when: 'before' | 'after') => Promise<void>) | undefined;
  /** A transaction wrote facts; `sealedBefore` of their site as that transaction saw it. */
  committed?: (written: Written[], sealedBefore: number) => void;
  failed?: (fault: Fault) => void;
  /** Calls whose answer nobody may be waiting for any more. */
  underWay?: Promise<unknown>[];
};
type Bound = { statement: D1PreparedStatement; sql: string; values: unknown[] };

const INSERT = /^\s*INSERT (?:OR \w+ )?INTO (pageviews|events|opt_ins|identifications|kiosk_visits|exposures) \(([^)]*)\)/;

/** What a statement writes into a fact table, read from its own text and parameters: one row of them, or rows in one JSON text. */
function readWrite({ sql, values }: Bound): Written[] {
  const match = INSERT.exec(sql);
  const [payload] = values;
  if (!match?.[1] || !match[2]) return [];
  const columns = match[2].split(',').map((c) => c.trim());
  if (values.length === columns.length && typeof payload === 'number') return [{ table: match[1], columns, rows: [values] }];
  if (typeof payload !== 'string') return [];
  const parsed: unknown = JSON.parse(payload);
  if (typeof parsed !== 'object' || parsed === null) return [];
  const rows: unknown = Object.entries(parsed).find(([table]) => table === match[1])?.[1];
  return Array.isArray(rows) ? [{ table: match[1], columns, rows: rows.filter((r) => Array.isArray(r)) }] : [];
}

const siteOf = ([first]: Written[]) => Number(first?.rows[0]?.[first.columns.indexOf('site')] ?? 0);

/** The same database, as one actor sees it: its calls are counted, and fail where the scenario says. */
export function faulty(db: D1Database, name: Fault['database'], watch: Watch): D1Database {
  let calls = 0;
  const known = new WeakMap<D1PreparedStatement, Bound>();
  function call<T>(work: () => Promise<T>): Promise<T> {
    const answer = attempt(work);
    watch.underWay?.push(answer.catch(() => {}));
    return answer;
  }
  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    calls += 1;
    const own = calls;
    const fault = watch.fault?.database === name ? watch.fault : undefined;
    await watch.between?.(own, 'before');
    const fails = fault && (fault.call === own || (own > fault.call && (fault.how === 'down' || fault.how === 'dies')));
    const done = !fails || (own === fault.call && (fault.how === 'after' || fault.how === 'dies'));
    if (fails) watch.failed?.(fault);
    if (fails && !done) throw new Error(fault.words);
    const result = await work();
    if (fails) throw new Error(fault.words);
    await watch.between?.(own, 'after');
    return result;
  }
  /** A transaction that writes facts is asked, too, how far its site is sealed: it alone knows what it met. */
  async function transact(list: D1PreparedStatement[]): Promise<D1Result[]> {
    const bound = list.map((s) => known.get(s));
    // PEOPLE has opt-ins, too; they are not facts.
    const written = name === 'events' ? bound.flatMap((b) => (b ? readWrite(b) : [])) : [];
    const plain = list.map((s, i) => bound[i]?.statement ?? s);
    if (written.length === 0) return db.batch(plain);
    await watch.slow?.();
    const seal = db.prepare('SELECT sealed_before FROM closings WHERE site = ?1').bind(siteOf(written));
    const results = await db.batch<Record<string, unknown>>([...plain, seal]);
    const found = results.pop()?.results[0]?.sealed_before;
    watch.committed?.(written, typeof found === 'number' ? found : 0);
    return results;
  }
  const wrap = (statement: D1PreparedStatement, sql: string, values: unknown[]): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, key) => {
        if (key === 'bind') return (...bound: unknown[]) => wrap(target.bind(...bound), sql, bound);
        if (key === 'run') return () => call(async () => (await transact([proxy]))[0]);
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (...args: unknown[]) => call(() => value.apply(target, args)) : value;
      },
    });
    known.set(proxy, { statement, sql, values });
    return proxy;
  };
  return new Proxy(db, {
    get: (target, key) => {
      if (key === 'prepare') return (sql: string) => wrap(target.prepare(sql), sql, []);
      if (key === 'batch') return (list: D1PreparedStatement[]) => call(() => transact(list));
      return Reflect.get(target, key);
    },
  });
}
