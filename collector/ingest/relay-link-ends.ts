/** Tells EVENTS that mailed links were taken back: their visitors are known until then, and no longer. */
import { noFacts } from '../store/facts.ts';
import { FIRST_SHARD, isMoved, type Shards, shardNamed } from '../store/shards.ts';
import { splitWireId } from '../store/wire-id.ts';
import { commit } from './commit.ts';

/** Facts that are not there by then were never taken, or are deleted. */
const GIVE_UP_MS = 45 * 86_400_000;
type Ended = { site: number; visitor: number; id: string; ended_at: number; events: string | null };
type Identification = ReturnType<typeof noFacts>['identifications'][number];

/**
 * Relays what waits; safe to run at any time, twice at once, or after a crash. What EVENTS has not taken yet is tried again.
 *
 * @returns how many ends were relayed.
 */
export async function relayLinkEnds(people: D1Database, events: Shards, nowMs: number, limit: number): Promise<number> {
  const { results } = await people
    .prepare(
      `SELECT l.site, l.visitor, l.id, l.ended_at, s.events FROM links l INDEXED BY links_relay LEFT JOIN sites s ON s.id = l.site
       WHERE l.relay = 1 ORDER BY l.site LIMIT ?1`,
    )
    .bind(limit)
    .all<Ended>();
  let relayed = 0;
  for (const site of new Set(results.map((row) => row.site))) {
    const rows = results.filter((row) => row.site === site);
    try {
      relayed += await relayTo(people, shardNamed(events, rows[0]?.events ?? FIRST_SHARD), rows, nowMs);
    } catch (error) {
      // A site on its way hears of it when it has arrived; the others are not held up.
      if (!isMoved(error)) throw error;
    }
  }
  return relayed;
}

async function relayTo(people: D1Database, events: D1Database, rows: Ended[], nowMs: number): Promise<number> {
  const asked = rows.map(({ site, id, ended_at }) => ({ site, ...splitWireId(id), ended_at }));
  const { results } = await events
    .prepare(
      `SELECT f.site, f.born, f.rand, f.at, f.visitor, f.kind, f.store, f.kiosk, f.mode, f.page, f.flags, f.act, j.value->>3 AS ended_at
       FROM json_each(?1) j JOIN identifications f ON f.site = j.value->>0 AND f.born = j.value->>1 AND f.rand = j.value->>2`,
    )
    .bind(JSON.stringify(asked.map(({ site, born, rand, ended_at }) => [site, born, rand, ended_at])))
    .all<Identification>();
  if (results.length > 0) await commit(events, { ...noFacts(), identifications: results });
  const found = new Set(results.map(({ born, rand }) => `${born} ${rand}`));
  const done = rows.filter((_, i) => {
    const fact = asked[i];
    return fact !== undefined && (found.has(`${fact.born} ${fact.rand}`) || fact.born < nowMs - GIVE_UP_MS);
  });
  await people
    .prepare(
      `UPDATE links SET relay = 0 FROM json_each(?1) j WHERE links.site = j.value->>0 AND links.visitor = j.value->>1 AND links.id = j.value->>2`,
    )
    .bind(JSON.stringify(done.map(({ site, visitor, id }) => [site, visitor, id])))
    .run();
  return results.length;
}
