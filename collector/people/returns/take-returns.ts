/** Ends the consent of those who left elsewhere: found by their blind index, ended by the one function that ends consent. */
import { indexesOf, normaliseAddress } from '../address.ts';
import { withdrawOptIn } from '../withdraw.ts';
import { RETURN_KINDS, type Return, type ReturnKind } from './return.ts';

/** D1 takes parameters of up to 2 MB; an index is 43 characters. */
const LOOKED_UP_AT_ONCE = 10_000;
export type Taken = {
  /** Addresses that were brought, each once. */
  addresses: number;
  /** Of them known here. */
  known: number;
  /** Opt-ins that ended by it; a person may have several, or none that still stood. */
  ended: number;
};

/** A complaint weighs more than a bounce, and that more than leaving: of several the heaviest is written down. */
const heavier = (a: ReturnKind, b: ReturnKind): ReturnKind => (RETURN_KINDS.indexOf(a) > RETURN_KINDS.indexOf(b) ? a : b);

/**
 * Takes returns. A repeat, or the rest after a failure, finds what still stands and changes nothing else.
 *
 * @param method what the ledger says of it: `csv`, `webhook brevo`; never an address.
 * @throws when PEOPLE does not answer: the sender must send it again.
 */
export async function takeReturns(
  env: { PEOPLE: D1Database; INDEX_SECRET: string },
  site: { id: number; key: string },
  returns: Iterable<Return>,
  { at, method }: { at: number; method: string },
): Promise<Taken> {
  const kinds = new Map<string, ReturnKind>();
  const addresses = new Set<string>();
  for (const { address, kind } of returns) {
    const normal = normaliseAddress(address);
    if (normal === null) continue;
    addresses.add(normal);
    // While keys rotate a person may lie under any of them.
    for (const index of indexesOf(env.INDEX_SECRET, site.key, normal)) kinds.set(index, heavier(kinds.get(index) ?? kind, kind));
  }
  const taken: Taken = { addresses: addresses.size, known: 0, ended: 0 };
  const indexes = [...kinds.keys()];
  for (let start = 0; start < indexes.length; start += LOOKED_UP_AT_ONCE) {
    const { results } = await env.PEOPLE.prepare(
      'SELECT p.id, p.address_index AS found FROM json_each(?2) j CROSS JOIN persons p ON p.site = ?1 AND p.address_index = j.value',
    )
      .bind(site.id, JSON.stringify(indexes.slice(start, start + LOOKED_UP_AT_ONCE)))
      .all<{ id: string; found: string }>();
    taken.known += results.length;
    for (const { id, found } of results)
      taken.ended += await withdrawOptIn(
        env.PEOPLE,
        { site: site.id, person: id },
        { at, method, kind: kinds.get(found) ?? 'withdrawn' },
      );
  }
  return taken;
}
