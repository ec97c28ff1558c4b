/** Checks a proof with nothing but the file: texts, chain, order of acts, digests, signatures. Runs in Node and in workerd alike. */
import * as v from 'valibot';
import { hashOfDigest, leafOfHead, textOfDigest } from './digest-text.ts';
import { rootBy } from './hash-tree.ts';
import { CHAIN_START, hashRow, mayFollow, stateAfter } from './ledger-chain.ts';
import { type Proof, proofShape, textOfProof } from './proof-shape.ts';
import { sha256 } from './sha256.ts';
import { isSigned } from './signing-key.ts';
import { hashWording } from './wording-hash.ts';

/** Sound: nothing contradicts. @property warnings what a reader should know besides; no alteration is among them. */
export type Verdict = { sound: boolean; problems: string[]; warnings: string[]; keys: string[] };

/** A day has its digest two days later at the latest. */
const COVERED_MS = 48 * 3_600_000;
const detailShape = v.looseObject({
  optIn: v.optional(v.string()),
  wording: v.optional(v.string()),
  wordingSha256: v.optional(v.string()),
  addressSalt: v.optional(v.string()),
  addressSha256: v.optional(v.string()),
});
type Say = (problem: string) => void;

function checkWordings(proof: Proof, say: Say): void {
  for (const { sha256: hash, privacySha256: _copy, ...wording } of proof.wordings)
    if (hashWording(wording) !== hash) say(`wording ${wording.id}: the text is not the one that was hashed`);
}

function checkDetail(proof: Proof, entry: Proof['entries'][number], say: Say, warn: Say): void {
  const where = `entry ${entry.sequence}`;
  if (entry.detail === '') {
    if (!proof.entries.some(({ kind, sequence }) => kind === 'erased' && sequence > entry.sequence))
      say(`${where}: the detail is missing, and nobody was erased`);
    else if (entry.version === 1)
      warn(
        `${where}: written before version 2 and erased since: its own hash can no longer be computed, its place in the chain can`,
      );
    return;
  }
  if (entry.version === 2 && sha256(entry.detail) !== entry.detailSha256)
    say(`${where}: the detail is not the one that was hashed`);
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), detailShape), entry.detail);
  if (!read.success) {
    say(`${where}: the detail cannot be read`);
    return;
  }
  const { optIn, wording, wordingSha256, addressSalt, addressSha256 } = read.output;
  if (entry.version === 2 && optIn !== entry.optIn) say(`${where}: it speaks of another opt-in`);
  if (wording !== undefined && proof.wordings.find(({ id }) => id === wording)?.sha256 !== wordingSha256)
    say(`${where}: the text that was shown (${wording}) is not in the proof, or is another one`);
  if (
    proof.address !== null &&
    addressSalt !== undefined &&
    sha256(`comptoir address ${addressSalt} ${proof.address}`) !== addressSha256
  )
    say(`${where}: it was written for another address than the one in the proof`);
}

function checkChain(proof: Proof, say: Say, warn: Say): void {
  let previous = CHAIN_START;
  for (const [i, { rowHash, ...entry }] of proof.entries.entries()) {
    const where = `entry ${entry.sequence}`;
    if (entry.sequence !== i + 1) say(`${where}: entry ${i + 1} is missing`);
    if (entry.person !== proof.person || entry.site !== proof.site.id) say(`${where}: it belongs to another chain`);
    if (entry.previousHash !== previous) say(`${where}: it does not continue the one before`);
    if (!(entry.version === 1 && entry.detail === '') && hashRow(entry) !== rowHash) say(`${where}: it was altered`);
    const state = stateAfter(proof.entries.slice(0, i), entry.optIn, entry.purpose);
    if (entry.detail !== '' && !mayFollow(state, entry.kind))
      say(`${where}: “${entry.kind}” cannot follow “${state ?? 'nothing'}”`);
    checkDetail(proof, { ...entry, rowHash }, say, warn);
    previous = rowHash;
  }
}

async function checkDigests(proof: Proof, say: Say): Promise<number> {
  let covered = 0;
  const before = new Map(proof.digests.map((d) => [d.day, hashOfDigest(proof.site.key, d)]));
  const days = [...before.keys()];
  if (days.some((day, i) => i > 0 && day <= (days[i - 1] ?? ''))) say('digests: they are not in order');
  for (const { head, place, path, signature, publicKey, ...digest } of proof.digests) {
    const where = `digest of ${digest.day}`;
    const leaf = leafOfHead({ person: proof.person, ...head });
    if (rootBy(leaf, place, digest.heads, path) !== digest.root) say(`${where}: the chain is not in it`);
    if (!(await isSigned(publicKey, signature, textOfDigest(proof.site.key, digest)))) say(`${where}: the signature is wrong`);
    if (proof.entries[head.sequence - 1]?.rowHash !== head.rowHash)
      say(`${where}: it vouches for an entry that is missing or was altered`);
    else covered = Math.max(covered, head.sequence);
  }
  return covered;
}

/**
 * Checks a proof.
 *
 * @param trusted public keys that the reader knows to be the brand's; empty = none is known, and the verdict names those used.
 */
export async function verifyProof(file: unknown, trusted: readonly string[] = []): Promise<Verdict> {
  const read = v.safeParse(proofShape, file);
  if (!read.success) {
    const path = read.issues[0]?.path?.map(({ key }) => String(key)).join('.') ?? '';
    return { sound: false, problems: [`not a proof of version 1${path === '' ? '' : `: ${path}`}`], warnings: [], keys: [] };
  }
  const proof = read.output;
  const [problems, warnings]: [string[], string[]] = [[], []];
  const say: Say = (problem) => problems.push(problem);
  const warn: Say = (warning) => warnings.push(warning);
  checkWordings(proof, say);
  checkChain(proof, say, warn);
  const covered = await checkDigests(proof, say);
  const young = proof.madeAt - COVERED_MS;
  for (const { sequence, at } of proof.entries.slice(covered))
    if (at < young) say(`entry ${sequence}: no signed digest covers it, though it is older than two days`);
    else warn(`entry ${sequence}: too young for a signed digest; ask for the proof again in two days`);
  if (proof.searchedUntil < young)
    warn(
      `digests after ${new Date(proof.searchedUntil).toISOString()} were not looked through: the end of the chain may be missing`,
    );
  if (!(await isSigned(proof.signature.publicKey, proof.signature.value, textOfProof(proof))))
    say('the file: its signature is wrong');
  const keys = [...new Set([proof.signature.publicKey, ...proof.digests.map(({ publicKey }) => publicKey)])];
  for (const key of keys) if (trusted.length > 0 && !trusted.includes(key)) say(`the key ${key} is not one that you trust`);
  return { sound: problems.length === 0, problems, warnings, keys };
}
