/** Bearer tokens for programs: 256 random bits, shown once, kept as a hash, limited to scopes and sites, revocable. */
import { createHash } from 'node:crypto';
import { cleanText } from '../store/clean-text.ts';
import { readStrings, type Site, type SiteRow, toSite } from '../store/sites.ts';

/** `read` figures and lists, `export` raw facts, `admin` tokens, members and imports, `write` server-side hits. None contains another. */
export const SCOPES = ['read', 'export', 'admin', 'write'] as const;
export type Scope = (typeof SCOPES)[number];
/** Who holds a token: what it may do, and where. */
export type Bearer = { id: string; scopes: Scope[]; sites: Site[] };
export type NewToken = { name: string; scopes: readonly Scope[]; sites: readonly number[]; createdBy: string | null };

export const TOKEN_NAME_CHARS = 80;
/** A name as it is stored: '' when nothing of it can be shown. */
export const cleanTokenName = (text: string): string => cleanText(text, TOKEN_NAME_CHARS);

/** How exactly the last use is known: a program that asks every second must not write every second. */
export const LAST_USE_MS = 3_600_000;
const SHAPE = /^cmp_[\w-]{32,64}$/;
const hashToken = (token: string) => createHash('sha256').update(`token ${token}`).digest('hex');
export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** Makes a token. Its text is in the answer and nowhere else. */
export async function makeToken(
  people: D1Database,
  wanted: NewToken,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<{ id: string; token: string }> {
  const token = `cmp_${Buffer.from(random(32)).toString('base64url')}`;
  const id = Buffer.from(random(8)).toString('hex');
  await people.batch([
    people
      .prepare('INSERT INTO tokens (id, hash, name, scopes, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)')
      .bind(id, hashToken(token), wanted.name, JSON.stringify(wanted.scopes), wanted.createdBy, nowMs),
    people
      .prepare('INSERT INTO token_sites (token, site) SELECT ?1, value FROM json_each(?2)')
      .bind(id, JSON.stringify(wanted.sites)),
  ]);
  return { id, token };
}

type Row = SiteRow & { token_id: string; scopes: string; last_used_at: number | null };

/**
 * Who holds this token, or null: unknown, revoked and misspelt are one and the same. A text of another shape costs no read.
 *
 * @param later keeps the note of this use going after the answer.
 */
export async function bearerOf(
  people: D1Database,
  token: string,
  nowMs: number,
  later: (work: Promise<unknown>) => void,
): Promise<Bearer | null> {
  if (!SHAPE.test(token)) return null;
  const { results } = await people
    .prepare(
      `SELECT t.id AS token_id, t.scopes, t.last_used_at, s.* FROM tokens t JOIN token_sites ts ON ts.token = t.id JOIN sites s ON s.id = ts.site
       WHERE t.hash = ?1 AND t.revoked_at IS NULL ORDER BY s.id`,
    )
    .bind(hashToken(token))
    .all<Row>();
  const [first] = results;
  if (!first) return null;
  if (first.last_used_at === null || first.last_used_at <= nowMs - LAST_USE_MS) later(noteUse(people, first.token_id, nowMs));
  return { id: first.token_id, scopes: readStrings(first.scopes).filter(isScope), sites: results.map(toSite) };
}

/** Of many requests at once one writes; a failure costs an hour's exactness and no request. */
async function noteUse(people: D1Database, id: string, nowMs: number): Promise<void> {
  await people
    .prepare('UPDATE tokens SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at <= ?3)')
    .bind(id, nowMs, nowMs - LAST_USE_MS)
    .run()
    .catch(() => {});
}
