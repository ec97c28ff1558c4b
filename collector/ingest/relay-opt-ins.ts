/** Brings the addressless facts of opt-ins from PEOPLE to EVENTS, under the same ids. */
import * as v from 'valibot';
import { type Facts, noFacts, type OptInFact } from '../store/facts.ts';
import { FIRST_SHARD, isMoved, type Shards, shardNamed } from '../store/shards.ts';
import { spellWireId } from '../store/wire-id.ts';
import { commit } from './commit.ts';

const whole = v.pipe(v.number(), v.integer());
/** What lies in `opt_ins.relay` until EVENTS has it. */
const relayed = v.object({
  fact: v.object({
    site: whole,
    born: whole,
    rand: whole,
    at: whole,
    visitor: whole,
    kind: v.picklist([0, 1, 2]),
    store: whole,
    kiosk: whole,
    mode: v.picklist([0, 1]),
    page: whole,
    flags: whole,
    confirmed_at: v.nullable(whole),
    ended_at: v.nullable(whole),
  }),
  page: v.object({ site: whole, hash: whole, host: v.string(), path: v.string(), page_group: v.nullable(v.string()) }),
});
type RelayRow = { site: number; id: string; relay: string; events: string | null };
export type Relayed = { fact: OptInFact; page: Facts['pages'][number] };

export function readRelayed(text: string): Relayed | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), relayed), text);
  return parsed.success ? parsed.output : null;
}

/** Marks opt-ins as relayed whose submission EVENTS just took; one that was confirmed meanwhile stays, its relay says more. */
export async function settleRelayed(people: D1Database, facts: OptInFact[]): Promise<void> {
  await people
    .prepare(
      `UPDATE opt_ins SET relay = NULL FROM json_each(?1) j WHERE opt_ins.site = j.value->>0 AND opt_ins.id = j.value->>1
         AND opt_ins.relay IS NOT NULL AND opt_ins.confirmed_at IS NULL AND opt_ins.withdrawn_at IS NULL`,
    )
    .bind(JSON.stringify(facts.map((f) => [f.site, spellWireId(f)])))
    .run();
}

/**
 * Relays what waits, oldest first; safe to run at any time, twice at once, or after a crash.
 *
 * @param events the databases of facts, or the one that has them all.
 * @returns how many opt-ins were relayed.
 */
export async function relayOptIns(people: D1Database, events: D1Database | Shards, limit: number): Promise<number> {
  const { results } = await people
    .prepare(
      'SELECT o.site, o.id, o.relay, s.events FROM opt_ins o LEFT JOIN sites s ON s.id = o.site WHERE o.relay IS NOT NULL ORDER BY o.received_at LIMIT ?1',
    )
    .bind(limit)
    .all<RelayRow>();
  const bySite = new Map<number, RelayRow[]>();
  for (const row of results) bySite.set(row.site, [...(bySite.get(row.site) ?? []), row]);
  let relayed = 0;
  for (const rows of bySite.values()) {
    const home = 'prepare' in events ? events : shardNamed(events, rows[0]?.events ?? FIRST_SHARD);
    try {
      relayed += await relayTo(people, home, rows);
    } catch (error) {
      // What a site on its way waits for is relayed when it has arrived; the others' is not held up.
      if (!isMoved(error)) throw error;
    }
  }
  return relayed;
}

async function relayTo(people: D1Database, events: D1Database, rows: RelayRow[]): Promise<number> {
  const facts = noFacts();
  const taken: [number, string, string][] = [];
  for (const row of rows) {
    const found = readRelayed(row.relay);
    if (!found) continue;
    facts.opt_ins.push(found.fact);
    // A confirmation relayed later carries no page of its own: the fact is there already.
    if (found.page.hash !== 0) facts.pages.push(found.page);
    taken.push([row.site, row.id, row.relay]);
  }
  if (taken.length === 0) return 0;
  await commit(events, facts);
  await people
    .prepare(
      'UPDATE opt_ins SET relay = NULL FROM json_each(?1) j WHERE opt_ins.site = j.value->>0 AND opt_ins.id = j.value->>1 AND opt_ins.relay = j.value->>2',
    )
    .bind(JSON.stringify(taken))
    .run();
  return taken.length;
}
