/** The durable write of a request: its site's database directly, else the queue. */
import { type Committed, type Conflict, commit } from '../ingest/commit.ts';
import { settleRelayed } from '../ingest/relay-opt-ins.ts';
import { FACT_TABLES, type Facts } from '../store/facts.ts';
import { isMoved } from '../store/shards.ts';
import { homesOf, type Site } from '../store/sites.ts';
import type { Collector } from './collector.ts';
import { rememberStored } from './known-entries.ts';

/** A direct commit that takes longer than this goes to the queue instead; if it succeeds after all, the copy changes nothing. */
const DEADLINE_MS = 5_000;

/** Commits where the site lives. An isolate that has not heard of a move asks the registry, once; while a site is between two homes, the queue holds its facts. */
async function commitAtHome(facts: Facts, site: Site, c: Collector): Promise<Committed> {
  const eventsOf = c.eventsOf ?? (() => c.events);
  try {
    return await commit(eventsOf(site), facts);
  } catch (error) {
    if (!isMoved(error)) throw error;
    const home = (await homesOf(c.people, [site.id])).get(site.id);
    if (!home || home === site.events) throw error;
    return commit(eventsOf({ events: home }), facts);
  }
}

/**
 * @returns the rows that were refused as `id_conflict`; none when the queue took them, where nobody can say yet.
 * @throws when neither takes them.
 */
export async function commitOrSpill(facts: Facts, site: Site, c: Collector): Promise<Conflict[]> {
  // Nothing is written then, so the dictionary entries of refused messages are not stored either.
  if (FACT_TABLES.every((table) => facts[table].length === 0)) return [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const deadline = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('commit: deadline')), DEADLINE_MS);
    });
    const { conflicts } = await Promise.race([commitAtHome(facts, site, c), deadline]);
    rememberStored(facts);
    if (facts.opt_ins.length > 0) c.later(settleRelayed(c.people, facts.opt_ins));
    return conflicts;
  } catch (error) {
    if (!c.spillway) throw error;
    await c.spillway.send(facts, { contentType: 'json' });
    return [];
  } finally {
    clearTimeout(timer);
  }
}
