/** Known users by the site's own id: a person per id and namespace, linked to the visitor. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Site } from '../store/sites.ts';
import type { Refusal } from '../wire.ts';
import { wasErased } from './erasure-list.ts';
import { oldestKey } from './keys.ts';

const MAX_AHEAD_MS = 86_400_000;

/** The secret with which a site's back end signs ids; shown to its admins. */
export function identifySecret(indexSecret: string, siteKey: string): string {
  return Buffer.from(hkdfSync('sha256', oldestKey(indexSecret), '', `identify:${siteKey}`, 32)).toString('base64url');
}

/** Signature of an id: HMAC-SHA256(secret, site ‖ id ‖ exp), base64url; `exp` in epoch seconds, at most 24 h ahead. */
export function signIdentity(secret: string, siteKey: string, user: string, exp: number): string {
  return createHmac('sha256', secret).update(`${siteKey}\0${user}\0${exp}`).digest('base64url');
}

export type Identity = { user: string; signature?: string | undefined; exp?: number | undefined };

/** Namespace of an id, or why it is refused. Unsigned ids live apart: they never meet signed ids, addresses or my-data. */
export function checkIdentity(
  identity: Identity,
  indexSecret: string,
  siteKey: string,
  nowMs: number,
): 'signed' | 'unsigned' | Refusal {
  if (identity.user.includes('@')) return 'address_as_id';
  if (identity.signature === undefined) return 'unsigned';
  const exp = identity.exp ?? 0;
  if (exp * 1000 < nowMs || exp * 1000 > nowMs + MAX_AHEAD_MS) return 'bad_signature';
  const wanted = Buffer.from(signIdentity(identifySecret(indexSecret, siteKey), siteKey, identity.user, exp));
  const given = Buffer.from(identity.signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? 'signed' : 'bad_signature';
}

/**
 * Links a visitor to the person behind an id, making the person when it is new. Who was linked before ends from then on; nothing
 * that happened before is moved. The act is one row under the id of its message: an act that comes again, or late, changes nothing
 * that does not follow from all of them (link-spans.ts).
 *
 * @throws when PEOPLE does not answer: the caller must not acknowledge.
 */
export async function linkIdentity(
  people: D1Database,
  indexSecret: string,
  who: {
    site: Site;
    space: 'signed' | 'unsigned';
    user: string;
    visitor: number;
    /** Of the message. */
    id: string;
    at: number;
    nowMs: number;
    newPerson: string;
  },
): Promise<void> {
  const key = Buffer.from(hkdfSync('sha256', oldestKey(indexSecret), '', `identity:${who.site.key}`, 32));
  const hash = createHmac('sha256', key).update(`${who.space}\0${who.user}`).digest('base64url');
  // What somebody did before they were erased, and arrives after, makes nobody known.
  if (await wasErased(people, indexSecret, who.site, { what: 'identity', value: `${who.space}\0${hash}` }, who.at)) return;
  const found = 'SELECT person FROM identities WHERE site = ?1 AND space = ?2 AND hash = ?3';
  await people.batch([
    people
      .prepare(`INSERT INTO persons (id, site, created_at, confirmed_at) SELECT ?4, ?1, ?5, ?5 WHERE NOT EXISTS (${found})`)
      .bind(who.site.id, who.space, hash, who.newPerson, who.nowMs),
    people
      .prepare(
        `INSERT INTO identities (site, space, hash, person, created_at) SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (${found})`,
      )
      .bind(who.site.id, who.space, hash, who.newPerson, who.nowMs),
    people
      .prepare(
        `INSERT INTO links (site, visitor, id, person, via, since_at) SELECT ?1, ?4, ?5, (${found}), 'identify', ?6
         ON CONFLICT (site, visitor, id) DO NOTHING`,
      )
      .bind(who.site.id, who.space, hash, who.visitor, who.id, who.at),
  ]);
}
