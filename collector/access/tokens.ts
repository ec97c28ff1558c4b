/** Bearer tokens for programs: random, kept as hashes, scoped to one site. */
import { createHash } from 'node:crypto';
import { readStrings, type Site, type SiteRow, toSite } from '../store/sites.ts';

export type Scope = 'read' | 'write' | 'export' | 'admin';
const hashToken = (token: string) => createHash('sha256').update(`token ${token}`).digest('hex');

/** Makes a token; it is shown once. */
export async function makeToken(
  people: D1Database,
  site: number,
  name: string,
  scopes: Scope[],
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const token = `cmp_${Buffer.from(random(24)).toString('base64url')}`;
  await people
    .prepare('INSERT INTO tokens (hash, site, name, scopes, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(hashToken(token), site, name, JSON.stringify(scopes), nowMs)
    .run();
  return token;
}

type Row = SiteRow & { scopes: string };

/** The site a token opens for a scope, or null. */
export async function siteOfToken(people: D1Database, token: string, scope: Scope): Promise<Site | null> {
  const row = await people
    .prepare('SELECT t.scopes, s.* FROM tokens t JOIN sites s ON s.id = t.site WHERE t.hash = ?1 AND t.revoked_at IS NULL')
    .bind(hashToken(token))
    .first<Row>();
  return row && readStrings(row.scopes).includes(scope) ? toSite(row) : null;
}
