/** Finds what there is of a person who is to be erased: the address, the ids, the visitors and when they were theirs. */
import type { ErasedVisitor } from '../ingest/erase-facts.ts';
import { spansOfPerson } from './links.ts';

/** What an erasure needs to know of a person before it begins. */
export type Found = {
  addressSealed: string | null;
  addressIndex: string | null;
  visitors: ErasedVisitor[];
  identities: string[];
};

/**
 * What is erased of a person's visitors: all of a browser that was nobody else's; of a shared one the time in which it was theirs, and
 * their opt-ins.
 */
async function visitorsOf(people: D1Database, site: number, person: string, at: number): Promise<ErasedVisitor[]> {
  const [spans, optIns, others] = await Promise.all([
    spansOfPerson(people, site, person),
    people
      .prepare('SELECT visitor, captured_at, received_at FROM opt_ins WHERE site = ?1 AND person = ?2')
      .bind(site, person)
      .all<{ visitor: number; captured_at: number; received_at: number }>(),
    people
      .prepare(
        `SELECT DISTINCT visitor FROM (
           SELECT l.visitor FROM links l WHERE l.site = ?1 AND l.person <> ?2 AND l.visitor IN
             (SELECT visitor FROM opt_ins WHERE site = ?1 AND person = ?2 UNION SELECT visitor FROM links WHERE site = ?1 AND person = ?2)
           UNION ALL SELECT o.visitor FROM opt_ins m JOIN opt_ins o ON o.site = ?1 AND o.visitor = m.visitor AND o.person <> ?2 WHERE m.site = ?1 AND m.person = ?2)`,
      )
      .bind(site, person)
      .all<{ visitor: number }>(),
  ]);
  const shared = new Set(others.results.map(({ visitor }) => visitor));
  const all = new Set([...spans, ...optIns.results].map(({ visitor }) => visitor));
  const whole = [...all].filter((visitor) => !shared.has(visitor)).map((visitor): ErasedVisitor => [visitor, 0, at + 1]);
  const parts = [
    ...spans.map(({ visitor, from, until }): ErasedVisitor => [visitor, from, until ?? at + 1]),
    ...optIns.results.map(({ visitor, captured_at }): ErasedVisitor => [visitor, captured_at, captured_at + 1]),
    ...optIns.results.map(({ visitor, received_at }): ErasedVisitor => [visitor, received_at, received_at + 1]),
  ].filter(([visitor]) => shared.has(visitor));
  return [...whole, ...parts];
}

/** @returns null when there is no such person at the site. @param at up to when facts are erased, epoch ms. */
export async function findErased(people: D1Database, site: number, person: string, at: number): Promise<Found | null> {
  const row = await people
    .prepare('SELECT address_sealed, address_index FROM persons WHERE id = ?1 AND site = ?2')
    .bind(person, site)
    .first<{ address_sealed: string | null; address_index: string | null }>();
  if (!row) return null;
  const { results } = await people
    .prepare('SELECT space, hash FROM identities WHERE site = ?1 AND person = ?2')
    .bind(site, person)
    .all<{ space: string; hash: string }>();
  return {
    addressSealed: row.address_sealed,
    addressIndex: row.address_index,
    visitors: await visitorsOf(people, site, person, at),
    identities: results.map(({ space, hash }) => `${space}\0${hash}`),
  };
}
