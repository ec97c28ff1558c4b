/** Makes a site with its first admin: what `npm run deploy -- --site …` does on an empty installation. */
import { normaliseAddress } from '../people/address.ts';
import { cleanText } from '../store/clean-text.ts';
import { makeSiteKey } from '../store/site-key.ts';
import { addAccount } from './accounts.ts';

export type NewSite = { name: string; hosts: string[]; zone: string; language: 'fr' | 'en'; email: string };
export type SiteProblem = 'no_name' | 'no_host' | 'bad_host' | 'bad_zone' | 'bad_address' | 'site_exists';
/** `password` is null for somebody who has an account already. */
export type AddedSite = { key: string; password: string | null };

/** `www.brand.example` of what people paste: an address, a path, capitals. Null when there is no host in it. */
function hostOf(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(url.hostname) ? url.hostname : null;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Twenty characters that nobody confuses when copying them: 98 bits. */
function makePassword(random: (bytes: number) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789-';
  return [...random(20)].map((byte) => letters[byte % 32] ?? '-').join('');
}

/**
 * Adds a site, and its first admin, who may have an account already. Safe to run again after it broke off: a site of this name that
 * nobody may see yet is finished, not made twice.
 *
 * @param random bytes of a cryptographic source: keys and passwords come from it.
 * @returns the public key and the first password, shown once; or why nothing was made.
 * @throws when PEOPLE does not answer.
 */
export async function addSite(
  people: D1Database,
  secrets: { SITE_SECRET: string },
  site: NewSite,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<AddedSite | SiteProblem> {
  const name = cleanText(site.name, 80);
  if (name === '') return 'no_name';
  const hosts = site.hosts.filter((host) => host.trim() !== '').map(hostOf);
  if (hosts.length === 0) return 'no_host';
  if (hosts.includes(null)) return 'bad_host';
  if (!isZone(site.zone)) return 'bad_zone';
  const email = normaliseAddress(site.email);
  if (!email) return 'bad_address';

  const found = await people
    .prepare('SELECT id, key, EXISTS (SELECT 1 FROM members WHERE site = sites.id) AS seen FROM sites WHERE name = ?1')
    .bind(name)
    .first<{ id: number; key: string; seen: number }>();
  if (found?.seen) return 'site_exists';
  const key = found?.key ?? makeSiteKey(secrets.SITE_SECRET, random);
  if (!found)
    await people
      .prepare('INSERT INTO sites (key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)')
      .bind(key, name, JSON.stringify([...new Set(hosts)]), site.zone, site.language, nowMs)
      .run();
  const owner = await people.prepare('SELECT id FROM user WHERE email = ?1').bind(email).first<{ id: string }>();
  const password = owner ? null : makePassword(random);
  const account = { name: email, email, password: password ?? '', language: site.language };
  const id = owner?.id ?? (await addAccount(people, account, nowMs, random));
  await people
    .prepare("INSERT INTO members (user_id, site, role) SELECT ?1, id, 'admin' FROM sites WHERE key = ?2")
    .bind(id, key)
    .run();
  return { key, password };
}
