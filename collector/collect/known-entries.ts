/** Dictionary entries that this isolate knows to be stored: they need not be sent again. */
import type { Facts } from '../store/facts.ts';

const KINDS = ['pages', 'origins', 'places', 'names'] as const;
/** Some megabytes; forgetting costs a few statements that change nothing. */
const MAX_KNOWN = 50_000;

const stored = new Set<string>();
const nameOf = (kind: string, entry: { site: number; hash: number }) => `${kind}${entry.site}:${entry.hash}`;

/** The same facts without the entries that are known to be stored, and without repeats within the batch. */
export function withoutStored(facts: Facts): Facts {
  const fresh = <T extends { site: number; hash: number }>(kind: string, entries: T[]) => {
    const named = new Map<string, T>();
    for (const entry of entries) {
      const name = nameOf(kind, entry);
      if (!stored.has(name)) named.set(name, entry);
    }
    return [...named.values()];
  };
  return {
    ...facts,
    pages: fresh('pages', facts.pages),
    origins: fresh('origins', facts.origins),
    places: fresh('places', facts.places),
    names: fresh('names', facts.names),
  };
}

/** Call it only after the commit that stored them. */
export function rememberStored(facts: Facts): void {
  if (stored.size > MAX_KNOWN) stored.clear();
  for (const kind of KINDS) for (const entry of facts[kind]) stored.add(nameOf(kind, entry));
}
