/** What a daily digest says, in the one form that is hashed and signed. */
import { leafOf } from './hash-tree.ts';
import { sha256 } from './sha256.ts';

export type Digest = {
  /** UTC. */
  day: string;
  fromAt: number;
  untilAt: number;
  /** How many chains grew. */
  heads: number;
  root: string;
  previous: string;
};
export type Head = { person: string; sequence: number; rowHash: string };

/** What the first digest points to. */
export const FIRST_DIGEST = '0'.repeat(64);

export const textOfDigest = (siteKey: string, d: Digest): string =>
  JSON.stringify(['comptoir ledger digest 1', siteKey, d.day, d.fromAt, d.untilAt, d.heads, d.root, d.previous]);
export const hashOfDigest = (siteKey: string, d: Digest): string => sha256(textOfDigest(siteKey, d));
export const leafOfHead = ({ person, sequence, rowHash }: Head): string => leafOf(JSON.stringify([person, sequence, rowHash]));
