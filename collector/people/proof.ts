/** Makes the proof of a person's consents: chain, texts and signatures in one file. Whoever asks for it is written down by the caller, before. */
import type { Site } from '../store/sites.ts';
import { unseal } from './address.ts';
import { readLeaves } from './digest.ts';
import { type Head, leafOfHead } from './digest-text.ts';
import { pathOf } from './hash-tree.ts';
import { readRows, type StoredRow } from './ledger.ts';
import { type Proof, textOfProof } from './proof-shape.ts';
import { signingKey } from './signing-key.ts';
import { wordingsOf } from './wordings.ts';

export type ProofEnv = { PEOPLE: D1Database; HISTORY?: R2Bucket; ADDRESS_SECRET: string; LEDGER_SECRET: string };
type DigestRow = {
  day: string;
  from_at: number;
  until_at: number;
  heads: number;
  root: string;
  previous: string;
  signature: string;
  public_key: string;
};

async function addressOf(env: ProofEnv, site: number, person: string): Promise<string | null> {
  const row = await env.PEOPLE.prepare('SELECT address_sealed FROM persons WHERE id = ?1 AND site = ?2')
    .bind(person, site)
    .first<{ address_sealed: string | null }>();
  return row?.address_sealed ? unseal(env.ADDRESS_SECRET, `${site}|person|${person}|address`, row.address_sealed) : null;
}

/** Heads that are read for one proof: some 50 MB of files. */
const MAX_HEADS = 300_000;

/**
 * The digests that vouch for the chain, each with its path: of every day on which it grew, the days after its last entry included. A
 * head further than the chain goes says that its end was cut off. Where leaves are gone the digest vouches for nothing.
 *
 * @returns with up to when was looked, epoch ms: a very large site's digests are not all read.
 */
async function digestsFor(env: ProofEnv, site: Site, rows: readonly StoredRow[], nowMs: number) {
  const found: Proof['digests'] = [];
  const [first] = rows;
  if (!first) return { digests: found, searchedUntil: nowMs };
  const { results } = await env.PEOPLE.prepare(
    'SELECT day, from_at, until_at, heads, root, previous, signature, public_key FROM ledger_digests WHERE site = ?1 AND until_at > ?2 ORDER BY day',
  )
    .bind(site.id, first.at)
    .all<DigestRow>();
  let [covered, read] = [0, 0];
  for (const d of results) {
    read += d.heads;
    if (read > MAX_HEADS) return { digests: found, searchedUntil: d.from_at };
    const leaves = (await readLeaves(env.HISTORY, site.key, d.day)) ?? [];
    const place = leaves.findIndex(({ person }) => person === first.person);
    const head: Head | undefined = leaves[place];
    if (!head || head.sequence <= covered) continue;
    covered = head.sequence;
    found.push({
      ...{ day: d.day, fromAt: d.from_at, untilAt: d.until_at, heads: d.heads, root: d.root, previous: d.previous },
      ...{ signature: d.signature, publicKey: d.public_key, head: { sequence: head.sequence, rowHash: head.rowHash } },
      ...{ place, path: pathOf(leaves.map(leafOfHead), place) },
    });
  }
  return { digests: found, searchedUntil: nowMs };
}

/** The wordings a chain speaks of. */
function wordingsIn(rows: readonly StoredRow[]): Set<string> {
  const ids = rows.flatMap(({ detail }) => [...detail.matchAll(/"wording":"([^"]+)"/g)].map(([, id]) => id ?? ''));
  return new Set(ids);
}

/** Whether anything was ever written of a person at a site. */
export async function hasChain(people: D1Database, site: number, person: string): Promise<boolean> {
  const row = await people
    .prepare('SELECT 1 AS found FROM ledger WHERE person = ?1 AND site = ?2 LIMIT 1')
    .bind(person, site)
    .first();
  return row !== null;
}

/** @returns null when nothing was ever written of such a person at this site. */
export async function makeProof(env: ProofEnv, site: Site, person: string, nowMs: number): Promise<Proof | null> {
  const rows = (await readRows(env.PEOPLE, person)).filter((row) => row.site === site.id);
  if (rows.length === 0) return null;
  const used = wordingsIn(rows);
  const wordings = (await wordingsOf(env.PEOPLE, site.id)).filter(({ id }) => used.has(id));
  const key = await signingKey(env.LEDGER_SECRET);
  const proof: Proof = {
    v: 1,
    kind: 'comptoir consent proof',
    madeAt: nowMs,
    site: { id: site.id, key: site.key, name: site.name },
    person,
    address: await addressOf(env, site.id, person),
    wordings: wordings.map(({ id, language, title, boxes, note, privacyUrl, sha256, privacySha256 }) => ({
      ...{
        id,
        language,
        title,
        boxes: boxes.map(({ name, label }) => ({ name, label })),
        note,
        privacyUrl,
        sha256,
        privacySha256,
      },
    })),
    entries: rows.map((row) => ({
      ...{
        version: row.version,
        person: row.person,
        sequence: row.sequence,
        site: row.site,
        optIn: row.optIn,
        purpose: row.purpose,
      },
      ...{ kind: row.kind, at: row.at, detail: row.detail, detailSha256: row.detailSha256 },
      ...{ previousHash: row.previousHash, rowHash: row.rowHash },
    })),
    ...(await digestsFor(env, site, rows, nowMs)),
    signature: { publicKey: key.publicKey, value: '' },
  };
  return { ...proof, signature: { publicKey: key.publicKey, value: await key.sign(textOfProof(proof)) } };
}
