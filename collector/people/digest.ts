/** Signs the heads of the chains that grew on a day: into PEOPLE, and with all leaves into the history (R2), outside the database it vouches for. */
import * as v from 'valibot';
import { DAY_MS } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { type Digest, FIRST_DIGEST, type Head, hashOfDigest, leafOfHead, textOfDigest } from './digest-text.ts';
import { rootOf } from './hash-tree.ts';
import { signingKey } from './signing-key.ts';

export type DigestEnv = { PEOPLE: D1Database; HISTORY?: R2Bucket; LEDGER_SECRET: string };
/** Acts under way at midnight are through by then. */
const GRACE_MS = 600_000;
/** A chain is 150 bytes in the file: some 30 MB at this number, which is more sign-ups a day than a mailer sends. */
const MAX_HEADS = 200_000;
type Last = { until_at: number; last_row: number; sha256: string };

/** Where the leaves of a digest lie. */
export const digestFile = (siteKey: string, day: string): string => `digests/site=${siteKey}/${day}.json`;

/** The next day (UTC) with entries that no digest covers; null when it is not over yet, or nothing was written. */
async function nextDay(people: D1Database, site: number, last: Last | null, nowMs: number): Promise<number | null> {
  const row = await people
    // By the rows' own order: only what was written since is read. A site without a digest yet asks its index.
    .prepare(`SELECT min(at) AS at FROM ledger ${last ? 'NOT INDEXED' : ''} WHERE site = ?1 AND rowid > ?2`)
    .bind(site, last?.last_row ?? 0)
    .first<{ at: number | null }>();
  if (typeof row?.at !== 'number') return null;
  // An entry may say an earlier time than it was written at: what a kiosk brought is dated when we received it, and may wait for a decision.
  const from = Math.max(row.at - (row.at % DAY_MS), last?.until_at ?? 0);
  return from + DAY_MS + GRACE_MS <= nowMs ? from : null;
}

async function makeDigest(env: DigestEnv, site: Site, last: Last | null, fromAt: number, nowMs: number): Promise<void> {
  const untilAt = fromAt + DAY_MS;
  const [heads, left] = await env.PEOPLE.batch<Head & { row: number | null }>([
    env.PEOPLE.prepare(
      `SELECT person, max(sequence) AS sequence, row_hash AS rowHash FROM ledger NOT INDEXED WHERE site = ?1 AND rowid > ?2 AND at < ?3 GROUP BY person ORDER BY person LIMIT ${MAX_HEADS}`,
    ).bind(site.id, last?.last_row ?? 0, untilAt),
    // Up to here everything is covered: the first entry of a later day, or the end.
    env.PEOPLE.prepare(
      `SELECT coalesce((SELECT min(rowid) - 1 FROM ledger NOT INDEXED WHERE site = ?1 AND rowid > ?2 AND at >= ?3), (SELECT max(rowid) FROM ledger)) AS row`,
    ).bind(site.id, last?.last_row ?? 0, untilAt),
  ]);
  const list = (heads?.results ?? []).map(({ person, sequence, rowHash }): Head => ({ person, sequence, rowHash }));
  const digest: Digest = {
    day: new Date(fromAt).toISOString().slice(0, 10),
    ...{ fromAt, untilAt, heads: list.length, root: rootOf(list.map(leafOfHead)), previous: last?.sha256 ?? FIRST_DIGEST },
  };
  const key = await signingKey(env.LEDGER_SECRET);
  const signature = await key.sign(textOfDigest(site.key, digest));
  const [sha256, publicKey] = [hashOfDigest(site.key, digest), key.publicKey];
  const file = {
    v: 1,
    site: site.key,
    ...digest,
    sha256,
    signature,
    publicKey,
    list: list.map((h) => [h.person, h.sequence, h.rowHash]),
  };
  // The file first: a digest that stands in the table has its leaves.
  await env.HISTORY?.put(digestFile(site.key, digest.day), JSON.stringify(file), {
    httpMetadata: { contentType: 'application/json' },
  });
  await env.PEOPLE.prepare(
    `INSERT INTO ledger_digests (site, day, from_at, until_at, heads, root, previous, sha256, signature, public_key, made_at, last_row)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (site, day) DO NOTHING`,
  )
    .bind(
      ...[site.id, digest.day, fromAt, untilAt, digest.heads, digest.root, digest.previous],
      ...[sha256, signature, publicKey, nowMs, left?.results[0]?.row ?? 0],
    )
    .run();
}

/**
 * Makes the digests that are due, at most `limit` of them: a day of history each. Days on which nothing was written have none.
 *
 * @returns how many were made.
 */
export async function makeDigests(env: DigestEnv, site: Site, nowMs: number, limit: number): Promise<number> {
  for (let made = 0; made < limit; made += 1) {
    const last = await env.PEOPLE.prepare(
      'SELECT until_at, last_row, sha256 FROM ledger_digests WHERE site = ?1 ORDER BY day DESC LIMIT 1',
    )
      .bind(site.id)
      .first<Last>();
    const day = await nextDay(env.PEOPLE, site.id, last, nowMs);
    if (day === null) return made;
    await makeDigest(env, site, last, day, nowMs);
  }
  return limit;
}

const fileShape = v.object({ list: v.array(v.tuple([v.string(), v.number(), v.string()])) });

/** The leaves of a digest; null without a history, or when its file is gone. */
export async function readLeaves(history: R2Bucket | undefined, siteKey: string, day: string): Promise<Head[] | null> {
  const read = v.safeParse(fileShape, await (await history?.get(digestFile(siteKey, day)))?.json());
  return read.success ? read.output.list.map(([person, sequence, rowHash]) => ({ person, sequence, rowHash })) : null;
}
