/**
 * Erases again what a restore brought back: the list outside the databases (erasure-list.ts) is compared with what each database knows.
 * A listed person, or visitor, is found by its keyed hash.
 */
import { barErased, type ErasedVisitor } from '../ingest/erase-facts.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import { allSites, type Site } from '../store/sites.ts';
import { type ErasingEnv, erasePerson } from './erase.ts';
import { hashesOf, type ListedErasure, readErasures } from './erasure-list.ts';

/** Time Travel goes back 30 days (https://developers.cloudflare.com/d1/reference/time-travel/): cron looks a little further. */
export const REPLAY_MS = 45 * 86_400_000;
const PAGE_ROWS = 10_000;
/** Once an hour: the list is short, and reading it costs a request or two. */
export const isReplayDue = (nowMs: number): boolean => Math.floor(nowMs / 60_000) % 60 === 7;
export type Replayed = { listed: number; persons: number; visitors: number };
type Random = (bytes: number) => Uint8Array;

async function missingIn(db: D1Database, erasures: readonly ListedErasure[]): Promise<ListedErasure[]> {
  const { results } = await db
    .prepare('SELECT value AS id FROM json_each(?1) WHERE value NOT IN (SELECT id FROM erasures)')
    .bind(JSON.stringify(erasures.map(({ id }) => id)))
    .all<{ id: string }>();
  const missing = new Set(results.map(({ id }) => id));
  return erasures.filter(({ id }) => missing.has(id));
}

/** Persons that came back are erased anew; late messages are compared with the list again. */
async function replayPersons(
  env: ErasingEnv,
  site: Site,
  missing: ListedErasure[],
  nowMs: number,
  random: Random,
): Promise<number> {
  const erasureOf = new Map(missing.flatMap((erasure) => erasure.subjects.map((subject) => [subject, erasure] as const)));
  let [after, erased] = ['', 0];
  for (;;) {
    const { results } = await env.PEOPLE.prepare('SELECT id FROM persons WHERE site = ?1 AND id > ?2 ORDER BY id LIMIT ?3')
      .bind(site.id, after, PAGE_ROWS)
      .all<{ id: string }>();
    for (const { id } of results) {
      const hashes = hashesOf(env.INDEX_SECRET, site.key, { what: 'person', value: id });
      const found = hashes.map((hash) => erasureOf.get(hash)).find((erasure) => erasure !== undefined);
      if (found && (await erasePerson(env, { site, person: id }, { at: nowMs, until: found.at, by: 'replay', random })))
        erased += 1;
    }
    after = results.at(-1)?.id ?? '';
    if (results.length < PAGE_ROWS) break;
  }
  const subjects = missing.flatMap(({ subjects: all, at }) => all.map((subject) => [subject, at]));
  const [listed, noted] = [JSON.stringify(subjects), JSON.stringify(missing.map(({ id, at }) => [id, at]))];
  await env.PEOPLE.batch([
    env.PEOPLE.prepare(
      'INSERT INTO erased_subjects (site, subject, at) SELECT ?1, value->>0, value->>1 FROM json_each(?2) WHERE 1 ON CONFLICT (site, subject) DO UPDATE SET at = max(at, excluded.at)',
    ).bind(site.id, listed),
    env.PEOPLE.prepare(
      `INSERT INTO erasures (id, site, at, by, state, work, done_at) SELECT value->>0, ?1, value->>1, 'replay', 'done', '', ?3 FROM json_each(?2) WHERE 1
       ON CONFLICT (id) DO NOTHING`,
    ).bind(site.id, noted, nowMs),
  ]);
  return erased;
}

/** Every visitor that the database may have something of: those of closed days, then those of the open one. */
async function* visitorsIn(events: D1Database, site: number): AsyncGenerator<number> {
  const open = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits']
    .map(
      (table) =>
        `SELECT visitor FROM ${table} WHERE site = ?1 AND visitor > ?2 AND at >= (SELECT days_before FROM closings WHERE site = ?1)`,
    )
    .join(' UNION ALL ');
  for (const sql of [
    'SELECT DISTINCT visitor FROM visitor_days WHERE site = ?1 AND visitor > ?2',
    `SELECT DISTINCT visitor FROM (${open})`,
  ]) {
    let after = -1;
    for (;;) {
      const { results } = await events
        .prepare(`${sql} ORDER BY visitor LIMIT ?3`)
        .bind(site, after, PAGE_ROWS)
        .all<{ visitor: number }>();
      for (const { visitor } of results) yield visitor;
      after = results.at(-1)?.visitor ?? after;
      if (results.length < PAGE_ROWS) break;
    }
  }
}

/** Facts that came back are erased by cron, like those of a new erasure. */
async function replayFacts(env: ErasingEnv, site: Site, missing: ListedErasure[], random: Random): Promise<number> {
  const events = shardFor(env, site);
  const spansOf = new Map<string, [erasure: ListedErasure, from: number, until: number][]>();
  for (const erasure of missing)
    for (const [hash, from, until] of erasure.visitors) spansOf.set(hash, [...(spansOf.get(hash) ?? []), [erasure, from, until]]);
  const found = new Map<ListedErasure, ErasedVisitor[]>();
  if (spansOf.size > 0)
    for await (const visitor of visitorsIn(events, site.id))
      for (const hash of hashesOf(env.INDEX_SECRET, site.key, { what: 'visitor', value: String(visitor) }))
        for (const [erasure, from, until] of spansOf.get(hash) ?? [])
          found.set(erasure, [...(found.get(erasure) ?? []), [visitor, from, until]]);
  for (const erasure of missing) {
    const visitors = found.get(erasure) ?? [];
    if (visitors.length > 0)
      await env.PEOPLE.prepare("INSERT INTO erasures (id, site, at, by, state, work) VALUES (?1, ?2, ?3, 'replay', 'facts', ?4)")
        .bind(Buffer.from(random(16)).toString('hex'), site.id, erasure.at, JSON.stringify(visitors))
        .run();
    // Noted last: what is broken off here is found again.
    await barErased(events, site.id, visitors, erasure);
  }
  return [...found.values()].reduce((sum, visitors) => sum + visitors.length, 0);
}

/** Windows that wait to be computed may hide visitors: then it is too early to look. */
async function isSettled(events: D1Database, site: number): Promise<boolean> {
  return (await events.prepare('SELECT 1 AS waits FROM dirty WHERE site = ?1 LIMIT 1').bind(site).first()) === null;
}

/**
 * Compares the list with the databases, and erases again what is there once more. What is found in facts is worked off by cron.
 *
 * @param sinceMs erasures since then; 0 = all that are listed.
 */
export async function replayErasures(
  env: ErasingEnv & { HISTORY: R2Bucket } & Shards,
  sinceMs: number,
  nowMs: number,
  random: Random,
): Promise<Replayed> {
  const bySite = new Map<string, ListedErasure[]>();
  let listed = 0;
  for await (const erasure of readErasures(env.HISTORY, sinceMs)) {
    bySite.set(erasure.site, [...(bySite.get(erasure.site) ?? []), erasure]);
    listed += 1;
  }
  const replayed: Replayed = { listed, persons: 0, visitors: 0 };
  if (listed === 0) return replayed;
  for (const site of await allSites(env.PEOPLE)) {
    const erasures = bySite.get(site.key) ?? [];
    if (erasures.length === 0) continue;
    const persons = await missingIn(env.PEOPLE, erasures);
    if (persons.length > 0) replayed.persons += await replayPersons(env, site, persons, nowMs, random);
    const events = shardFor(env, site);
    const facts = await missingIn(events, erasures);
    if (facts.length > 0 && (await isSettled(events, site.id))) replayed.visitors += await replayFacts(env, site, facts, random);
  }
  return replayed;
}
