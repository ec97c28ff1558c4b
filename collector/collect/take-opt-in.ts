/** An opt-in: committed to PEOPLE first, acknowledged for that, and relayed as a fact without an address. */
import { receiveOptIn } from '../people/receive-opt-in.ts';
import { openSealed } from '../people/sealed-opt-in.ts';
import type { Facts } from '../store/facts.ts';
import type { Message, Refusal } from '../wire.ts';
import type { Collector } from './collector.ts';
import { type Reception, readAbout, TOO_OLD_MS } from './read-about.ts';

/** The address as it was typed, opened where a kiosk sealed it. */
async function addressOf(m: Extract<Message, { kind: 'opt-in' }>, r: Reception, c: Collector): Promise<string | null> {
  if (m.sealed === undefined) return m.email ?? null;
  return openSealed(c.secrets.ADDRESS_SECRET, r.site.key, m.id, m.sealed);
}

/**
 * @returns why it is refused, or null; then PEOPLE has it, and its fact is in `facts`.
 * @throws when PEOPLE is away: nothing may be acknowledged then.
 */
export async function takeOptIn(
  m: Extract<Message, { kind: 'opt-in' }>,
  r: Reception,
  facts: Facts,
  tagVersion: string | null,
  c: Collector,
): Promise<Refusal | null> {
  const read = readAbout(m, r, facts);
  if (typeof read === 'string') return read;
  const email = await addressOf(m, r, c);
  if (email === null) return m.sealed === undefined ? 'bad_address' : 'bad_seal';
  const { about: fact, page: url } = read;
  const page = facts.pages.find((p) => p.hash === fact.page) ?? {
    site: fact.site,
    hash: fact.page,
    host: url.host,
    path: url.path,
    page_group: null,
  };
  // Never too old: after thirty days it is stored, flagged by its state, and counted on the day it was received.
  const late = r.receivedAt - fact.at > TOO_OLD_MS;
  const counted = { ...fact, at: late ? r.receivedAt : fact.at, confirmed_at: null, ended_at: null };
  const refused = await receiveOptIn({
    people: c.people,
    secrets: c.secrets,
    site: r.site,
    message: { ...m, email },
    fact: counted,
    capturedAt: fact.at,
    heldFor: late ? 'late' : r.crowded?.has(m.id) ? 'network' : null,
    page,
    receivedAt: r.receivedAt,
    takenAt: c.now(),
    tagVersion,
    random: c.random,
  });
  if (refused === 'erased') return null;
  if (!refused) facts.opt_ins.push(counted);
  return refused;
}
