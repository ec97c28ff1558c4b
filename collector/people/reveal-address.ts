/** One address in the clear, for whoever answers for personal data. The caller writes down who looked and why, before. */
import { indexesOf, normaliseAddress, unseal } from './address.ts';

/** @returns null where the person has none any more. */
export async function revealAddress(
  env: { PEOPLE: D1Database; ADDRESS_SECRET: string },
  site: number,
  person: string,
): Promise<string | null> {
  const row = await env.PEOPLE.prepare('SELECT address_sealed FROM persons WHERE site = ?1 AND id = ?2')
    .bind(site, person)
    .first<{ address_sealed: string | null }>();
  return row?.address_sealed ? unseal(env.ADDRESS_SECRET, `${site}|person|${person}|address`, row.address_sealed) : null;
}

/** The person behind an address, found without opening any. @returns null for what is no address, or nobody's here. */
export async function findPerson(
  env: { PEOPLE: D1Database; INDEX_SECRET: string },
  site: { id: number; key: string },
  address: string,
): Promise<string | null> {
  const normal = normaliseAddress(address);
  if (normal === null) return null;
  const row = await env.PEOPLE.prepare(
    'SELECT id FROM persons WHERE site = ?1 AND address_index IN (SELECT value FROM json_each(?2))',
  )
    .bind(site.id, JSON.stringify(indexesOf(env.INDEX_SECRET, site.key, normal)))
    .first<{ id: string }>();
  return row?.id ?? null;
}
