/** What a row of the consent ledger says, how it is hashed, and what may follow what. Pure: the verifier of proofs runs it without a database. */
import { sha256 } from './sha256.ts';

export const KINDS = ['submitted', 'pending', 'confirmed', 'withdrawn', 'bounced', 'complained', 'erased'] as const;
export type LedgerKind = (typeof KINDS)[number];
/** `all`: whatever the opt-in asked for; acts on a person as a whole, and rows of version 1. */
export type Purpose = 'news' | 'link' | 'all';
export type LedgerRow = {
  /** 2 hashes the hash of the detail, so that the detail can go; 1 hashed the detail itself. */
  version: 1 | 2;
  person: string;
  sequence: number;
  site: number;
  optIn: string;
  purpose: Purpose;
  kind: LedgerKind;
  at: number;
  /** JSON; '' once it was erased. */
  detail: string;
  detailSha256: string;
  previousHash: string;
};

/** Hash that the first row of a chain points to. */
export const CHAIN_START = '0'.repeat(64);

/** Hash of a row over its predecessor's hash and everything in it. */
export function hashRow(row: LedgerRow): string {
  const { version, previousHash, person, sequence, site, optIn, purpose, kind, at, detail, detailSha256 } = row;
  return sha256(
    version === 1
      ? JSON.stringify([previousHash, person, sequence, site, optIn, kind, at, detail])
      : JSON.stringify([2, previousHash, person, sequence, site, purpose, kind, at, detailSha256]),
  );
}

/** States of a purpose of an opt-in: kinds of acts are what leads there. */
export type LedgerState = LedgerKind | null;
const FOLLOWS: Record<LedgerKind, readonly LedgerState[]> = {
  submitted: [null],
  pending: ['submitted'],
  confirmed: ['submitted', 'pending'],
  withdrawn: ['submitted', 'pending', 'confirmed', 'bounced', 'complained'],
  bounced: ['submitted', 'pending', 'confirmed', 'withdrawn', 'complained'],
  complained: ['submitted', 'pending', 'confirmed', 'withdrawn', 'bounced'],
  erased: [null, 'submitted', 'pending', 'confirmed', 'withdrawn', 'bounced', 'complained'],
};

/** Whether an act may be written where a purpose of an opt-in stands like this. The table has the same rule as a trigger. */
export const mayFollow = (state: LedgerState, kind: LedgerKind): boolean => FOLLOWS[kind].includes(state);

const covers = (purpose: Purpose, of: Purpose) => purpose === of || purpose === 'all' || of === 'all';

/** Where a purpose of an opt-in stands after some rows, in their order. */
export function stateAfter(
  rows: readonly Pick<LedgerRow, 'optIn' | 'purpose' | 'kind'>[],
  optIn: string,
  of: Purpose,
): LedgerState {
  let state: LedgerState = null;
  for (const row of rows) if (row.optIn === optIn && covers(row.purpose, of)) state = row.kind;
  return state;
}
