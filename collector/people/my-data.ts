/** The door to one's own data: a mailed link, good once and for half an hour, opens a visit of a quarter of an hour. No password, no account. */
import { DAY_MS } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { indexesOf, normaliseAddress, seal } from './address.ts';
import { sha256 } from './sha256.ts';

const LINK_MS = 30 * 60_000;
export const VISIT_MS = 15 * 60_000;
/** Whoever asks again at once is sent nothing more; nobody is sent more than this a day. */
const AGAIN_MS = 5 * 60_000;
const A_DAY = 4;
type Random = (bytes: number) => Uint8Array;
export type MyDataEnv = { PEOPLE: D1Database; ADDRESS_SECRET: string; INDEX_SECRET: string };
export type MyVisit = { site: number; person: string; until: number };

const secretOf = (random: Random) => Buffer.from(random(32)).toString('base64url');

/**
 * Queues the mail with the link, if somebody of the site has this address. The caller answers before, and the same to everybody.
 *
 * @returns whether a mail waits now; for tests, never for the person who asked.
 */
export async function askForMyData(
  env: MyDataEnv,
  site: Site,
  asked: { address: string; language: string },
  nowMs: number,
  random: Random,
): Promise<boolean> {
  const address = normaliseAddress(asked.address);
  if (address === null) return false;
  const row = await env.PEOPLE.prepare(
    'SELECT id FROM persons WHERE site = ?1 AND address_index IN (SELECT value FROM json_each(?2)) AND address_sealed IS NOT NULL',
  )
    .bind(site.id, JSON.stringify(indexesOf(env.INDEX_SECRET, site.key, address)))
    .first<{ id: string }>();
  if (!row) return false;
  const [token, mail] = [secretOf(random), Buffer.from(random(16)).toString('hex')];
  const told = JSON.stringify({ to: address, token, capturedAt: nowMs });
  const sealed = await seal(env.ADDRESS_SECRET, `${site.id}|mail|${mail}`, told, random);
  const [queued] = await env.PEOPLE.batch([
    // The condition is part of the insert: two at once cannot both pass.
    env.PEOPLE.prepare(
      `INSERT INTO mails (id, site, person, kind, language, sealed, created_at, due_at) SELECT ?1, ?2, ?3, 'my-data', ?4, ?5, ?6, ?6
       WHERE NOT EXISTS (SELECT 1 FROM mails WHERE person = ?3 AND kind = 'my-data' AND created_at > ?6 - ${AGAIN_MS})
         AND (SELECT count(*) FROM mails WHERE person = ?3 AND kind = 'my-data' AND created_at > ?6 - ${DAY_MS}) < ${A_DAY}`,
    ).bind(mail, site.id, row.id, asked.language, sealed, nowMs),
    env.PEOPLE.prepare(
      'INSERT INTO my_data_links (hash, site, person, made_at) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM mails WHERE id = ?5)',
    ).bind(sha256(token), site.id, row.id, nowMs, mail),
  ]);
  return (queued?.meta.changes ?? 0) > 0;
}

/** Whether a link still opens; reading changes nothing: mail scanners open every link. @returns its site. */
export async function readMyDataLink(people: D1Database, token: string, nowMs: number): Promise<number | null> {
  const row = await people
    .prepare('SELECT site FROM my_data_links WHERE hash = ?1 AND used_at IS NULL AND made_at > ?2')
    .bind(sha256(token), nowMs - LINK_MS)
    .first<{ site: number }>();
  return row?.site ?? null;
}

/** Turns a link into a visit, once. @returns the secret of the visit, for the browser's cookie. */
export async function openMyVisit(people: D1Database, token: string, nowMs: number, random: Random): Promise<string | null> {
  const secret = secretOf(random);
  const { meta } = await people
    .prepare(
      'UPDATE my_data_links SET used_at = ?2, visit_hash = ?3, visit_until = ?4 WHERE hash = ?1 AND used_at IS NULL AND made_at > ?5',
    )
    .bind(sha256(token), nowMs, sha256(`visit ${secret}`), nowMs + VISIT_MS, nowMs - LINK_MS)
    .run();
  return meta.changes > 0 ? secret : null;
}

/** Whose visit this is; null when it is over, or never was. */
export async function myVisitOf(people: D1Database, secret: string, nowMs: number): Promise<MyVisit | null> {
  return people
    .prepare('SELECT site, person, visit_until AS until FROM my_data_links WHERE visit_hash = ?1 AND visit_until > ?2')
    .bind(sha256(`visit ${secret}`), nowMs)
    .first<MyVisit>();
}

/** Ends a visit. */
export async function endMyVisit(people: D1Database, secret: string): Promise<void> {
  await people
    .prepare('DELETE FROM my_data_links WHERE visit_hash = ?1')
    .bind(sha256(`visit ${secret}`))
    .run();
}

/** Forgets links and visits that are over. */
export async function forgetMyData(people: D1Database, nowMs: number): Promise<void> {
  await people
    .prepare('DELETE FROM my_data_links WHERE made_at < ?1')
    .bind(nowMs - DAY_MS)
    .run();
}
