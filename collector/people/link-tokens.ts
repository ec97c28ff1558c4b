/** Tokens of mailed links: made for the brand's mailing tool, kept as hashes, good for thirty days, a few browsers and nothing else. */
import { sha256 } from './sha256.ts';

/** A link works for thirty days after it was made. */
export const LINK_DAYS = 30;
const VALID_MS = LINK_DAYS * 86_400_000;
/** What a browser kept for thirty days may still arrive. */
const LATE_MS = 30 * 86_400_000;
/** A person has a phone, a computer, another browser; a mail that was forwarded to a hundred people has more. */
export const BROWSERS = 5;

const hashToken = (token: string) => sha256(`link ${token}`);

/** Whom links are wanted for: persons, or the opt-ins that they confirmed, by their ids. */
export type LinkWish = { id: string; of: 'person' | 'opt-in' };
/** `unknown`: no such person or opt-in here; `not_confirmed`: nothing confirmed stands, so there is nobody to write to. */
export type MadeLink = { id: string } & (
  | { person: string; token: string; expiresAt: number }
  | { error: 'unknown' | 'not_confirmed' }
);

/**
 * Makes one token for each wish, all in one transaction. Each is in the answer and nowhere else.
 *
 * @returns in the order of the wishes.
 */
export async function makeLinkTokens(
  people: D1Database,
  site: number,
  wishes: readonly LinkWish[],
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<MadeLink[]> {
  const { results } = await people
    .prepare(
      `SELECT j.key AS position, p.id AS person,
         EXISTS (SELECT 1 FROM opt_ins o WHERE o.person = p.id AND o.site = ?1 AND o.state = 'confirmed') AS confirmed
       FROM json_each(?2) j LEFT JOIN opt_ins w ON j.value->>1 = 'opt-in' AND w.site = ?1 AND w.id = j.value->>0
       JOIN persons p ON p.site = ?1 AND p.id = CASE j.value->>1 WHEN 'person' THEN j.value->>0 ELSE w.person END`,
    )
    .bind(site, JSON.stringify(wishes.map(({ id, of }) => [id, of])))
    .all<{ position: number; person: string; confirmed: number }>();
  const found = new Map(results.map((row) => [row.position, row]));
  const expiresAt = nowMs + VALID_MS;
  const rows: [hash: string, person: string][] = [];
  const made = wishes.map(({ id }, i): MadeLink => {
    const row = found.get(i);
    if (!row) return { id, error: 'unknown' };
    if (row.confirmed !== 1) return { id, error: 'not_confirmed' };
    const token = Buffer.from(random(16)).toString('base64url');
    rows.push([hashToken(token), row.person]);
    return { id, person: row.person, token, expiresAt };
  });
  if (rows.length > 0)
    await people
      .prepare(
        'INSERT INTO link_tokens (hash, site, person, created_at, expires_at) SELECT value->>0, ?1, value->>1, ?2, ?3 FROM json_each(?4)',
      )
      .bind(site, nowMs, expiresAt, JSON.stringify(rows))
      .run();
  return made;
}

/**
 * Takes down that a mailed link was opened in a browser. The visitor is known from then on; it becomes the person only where the
 * person agreed to the linking of visits on the web, and only while nobody else is that visitor (link-spans.ts). Again is no change.
 *
 * @param opened the visitor, the id of the message, and when, epoch ms.
 * @returns false for a token that never was, is expired or taken back, or was opened in too many browsers already.
 * @throws when PEOPLE does not answer: the caller must not acknowledge.
 */
export async function openLink(
  people: D1Database,
  site: number,
  token: string,
  opened: { visitor: number; id: string; at: number },
): Promise<boolean> {
  const hash = hashToken(token);
  const agreed = `SELECT 1 FROM opt_ins o WHERE o.person = t.person AND o.site = ?1 AND o.state = 'confirmed' AND o.touchpoint = 'web'
    AND o.link_withdrawn_at IS NULL AND json_extract(o.boxes, '$.link') = 1`;
  const [, , took] = await people.batch<{ took: number }>([
    people
      .prepare(
        `INSERT INTO link_openings (token, visitor) SELECT t.hash, ?3 FROM link_tokens t WHERE t.hash = ?2 AND t.site = ?1 AND t.expires_at >= ?4
           AND (SELECT count(*) FROM link_openings o WHERE o.token = t.hash) < ${BROWSERS} ON CONFLICT DO NOTHING`,
      )
      .bind(site, hash, opened.visitor, opened.at),
    people
      .prepare(
        `INSERT INTO links (site, visitor, id, person, via, since_at) SELECT ?1, ?3, ?5, t.person, 'link', ?4 FROM link_tokens t
         JOIN link_openings p ON p.token = t.hash AND p.visitor = ?3 WHERE t.hash = ?2 AND t.site = ?1 AND t.expires_at >= ?4 AND EXISTS (${agreed})
         ON CONFLICT (site, visitor, id) DO NOTHING`,
      )
      .bind(site, hash, opened.visitor, opened.at, opened.id),
    people
      .prepare(
        `SELECT EXISTS (SELECT 1 FROM link_tokens t JOIN link_openings p ON p.token = t.hash AND p.visitor = ?3
           WHERE t.hash = ?2 AND t.site = ?1 AND t.expires_at >= ?4) AS took`,
      )
      .bind(site, hash, opened.visitor, opened.at),
  ]);
  return took?.results[0]?.took === 1;
}

/** Forgets tokens of which nothing can arrive any more. */
export async function forgetLinkTokens(people: D1Database, nowMs: number): Promise<void> {
  await people
    .prepare('DELETE FROM link_tokens WHERE expires_at < ?1')
    .bind(nowMs - LATE_MS)
    .run();
}
