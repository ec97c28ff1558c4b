/** People who opt in, as the tag sends them, and what PEOPLE keeps of them. */
import { env } from 'cloudflare:test';
import type { Collector } from '../../collector/collect/collector.ts';
import type { Site } from '../../collector/store/sites.ts';
import { type Answered, envelope, knock } from './door.ts';
import { idAt, seeded, WORDING } from './fixture.ts';

export const DAY = 86_400_000;
const random = seeded(13);

/** An address nobody had before. */
export const fresh = (name = 'lea') => `${name}-${Math.floor(random() * 1e12).toString(36)}@example.com`;

export const optInAt = (now: number, email: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'opt-in',
  id: idAt(now - 1_000, random),
  url: 'https://shop.example/newsletter',
  mode: 'audience',
  visitor: idAt(now, random),
  email,
  boxes: { news: true, link: false },
  wording: WORDING.id,
  ...more,
});

export const submitAt = (
  now: number,
  site: Site,
  messages: unknown[],
  collector: Partial<Collector> = {},
  ip?: string,
): Promise<Answered> => knock(envelope(site, now, messages), { now, collector, ...(ip && { ip }) });

/** One row of PEOPLE. */
export const one = (sql: string, ...values: unknown[]) =>
  env.PEOPLE.prepare(sql)
    .bind(...values)
    .first<Record<string, string | number | null>>();

export const personOf = (id: unknown) =>
  one('SELECT o.person, p.address_index, p.address_sealed FROM opt_ins o JOIN persons p ON p.id = o.person WHERE o.id = ?1', id);

/** A database whose writes fail, by themselves or in transactions, as D1 says it. */
export const failing = (db: D1Database, failure = 'D1_ERROR: Network connection lost.'): D1Database =>
  new Proxy(db, {
    get: (target, name) => {
      if (name === 'batch') return async () => Promise.reject(new Error(failure));
      if (name === 'prepare') return (sql: string) => failingToRun(target.prepare(sql), failure);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const failingToRun = (statement: D1PreparedStatement, failure: string): D1PreparedStatement =>
  new Proxy(statement, {
    get: (target, name) => {
      if (name === 'bind') return (...values: unknown[]) => failingToRun(target.bind(...values), failure);
      if (name === 'run') return async () => Promise.reject(new Error(failure));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** A database that adds up the rows it is billed for writing, those written again as they were included. */
export function metered(db: D1Database): { db: D1Database; written: () => number } {
  let rows = 0;
  const plain = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const noted = <R extends { meta: D1Meta }>(result: R): R => {
    rows += result.meta.rows_written;
    return result;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, name) => {
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values));
        if (name === 'run') return async () => noted(await target.run());
        if (name === 'all') return async () => noted(await target.all());
        if (name === 'first') return async () => noted(await target.all()).results[0] ?? null;
        return Reflect.get(target, name);
      },
    });
    plain.set(proxy, statement);
    return proxy;
  };
  const proxy = new Proxy(db, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => wrap(target.prepare(sql));
      if (name === 'batch')
        return async (list: D1PreparedStatement[]) => (await target.batch(list.map((s) => plain.get(s) ?? s))).map(noted);
      return Reflect.get(target, name);
    },
  });
  return { db: proxy, written: () => rows };
}
