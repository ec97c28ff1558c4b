/** Accepts the messages of a request: PEOPLE first for opt-ins and identities, then all facts at once. */
import { FACT_TABLES, type Facts, type FactTable, noFacts } from '../store/facts.ts';
import { type Message, REFUSALS, type Refusal } from '../wire.ts';
import type { Collector } from './collector.ts';
import { commitOrSpill } from './commit-or-spill.ts';
import { withoutStored } from './known-entries.ts';
import type { Reception } from './read-about.ts';
import { takeIdentify } from './take-identify.ts';
import { takeLink } from './take-link.ts';
import { takeOptIn } from './take-opt-in.ts';
import { addFacts } from './to-facts.ts';

const isRefusal = (m: Message | Refusal): m is Refusal => typeof m === 'string' && REFUSALS.includes(m);

/** Adds what a message says to `facts`, or tells why it is refused. */
async function take(m: Message, r: Reception, facts: Facts, tagVersion: string | null, c: Collector): Promise<Refusal | null> {
  if (m.kind === 'opt-in') return takeOptIn(m, r, facts, tagVersion, c);
  if (m.kind === 'identify') return takeIdentify(m, r, facts, c);
  if (m.kind === 'link') return takeLink(m, r, facts, c);
  return addFacts(m, r, facts);
}

/**
 * @returns index and reason of each message that was not stored; every other one is, durably, when this resolves.
 * @throws when a message could be stored nowhere: nothing may be acknowledged then, and a repeat is harmless.
 */
export async function accept(
  messages: (Message | Refusal)[],
  r: Reception,
  tagVersion: string | null,
  c: Collector,
): Promise<[number, Refusal][]> {
  const rej: [number, Refusal][] = [];
  const facts = noFacts();
  // Which message each row came from, to name the ones refused as id_conflict.
  const sources = new Map<FactTable, number[]>(FACT_TABLES.map((table) => [table, []]));
  for (const [i, m] of messages.entries()) {
    const refused = isRefusal(m) ? m : await take(m, r, facts, tagVersion, c);
    if (refused) rej.push([i, refused]);
    for (const [table, from] of sources) while (from.length < facts[table].length) from.push(i);
  }
  if (facts.opt_ins.length > 0) c.later(c.sendMails());
  const conflicts = await commitOrSpill(withoutStored(facts), r.site, c);
  for (const { table, position } of conflicts) {
    const i = sources.get(table)?.[position];
    if (i !== undefined) rej.push([i, 'id_conflict']);
  }
  return rej.sort(([a], [b]) => a - b);
}
