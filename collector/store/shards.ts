/** Which EVENTS database holds a site: `EVENTS`, or one bound as `EVENTS_2`, `EVENTS_3` … to which it has moved. */

/** The database of sites that never moved. Salts, refusals, parked messages and leases of every site are here too. */
export const FIRST_SHARD = 'EVENTS';
const NAME = /^EVENTS(_\d+)?$/;

/** The bindings: `EVENTS` is always there, others are found by name. */
export type Shards = { EVENTS: D1Database };

const isDatabase = (value: unknown): value is D1Database =>
  typeof value === 'object' && value !== null && 'prepare' in value && 'batch' in value;

/** @throws when no database is bound under this name: a write goes to the queue then, and nothing is lost. */
export function shardNamed(env: Shards, name: string): D1Database {
  if (name === FIRST_SHARD) return env.EVENTS;
  const found: unknown = NAME.test(name) ? Reflect.get(env, name) : undefined;
  if (!isDatabase(found)) throw new Error(`shards: no database is bound as ${name}`);
  return found;
}

/** The database that holds a site's facts and windows. */
export function shardFor(env: Shards, site: { events?: string | undefined }): D1Database {
  return shardNamed(env, site.events ?? FIRST_SHARD);
}

/** Names of all databases of facts that are bound. */
export function shardNames(env: Shards): string[] {
  return Object.keys(env)
    .filter((name) => NAME.test(name))
    .sort();
}

/** What a database says when a write reaches it that belongs elsewhere, or must wait (migrations/events/0003). */
export const isMoved = (error: unknown): boolean => /site has moved/.test(String(error));
