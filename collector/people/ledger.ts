/** The consent ledger: append-only, one hash chain per person, one row per purpose (docs/decisions/019). */
import * as v from 'valibot';
import { CHAIN_START, hashRow, type LedgerKind, type LedgerRow, type Purpose } from './ledger-chain.ts';
import { sha256 } from './sha256.ts';

export { CHAIN_START, type Purpose };

export type LedgerHead = { sequence: number; rowHash: string };
export type LedgerEntry = {
  person: string;
  site: number;
  /** Id of the opt-in; the person's own for what concerns them as a whole. */
  optIn: string;
  kind: LedgerKind;
  /** What the act is about; without it, everything the opt-in asked for. */
  purpose?: Purpose;
  at: number;
  /** Everything needed as proof; never the address. */
  detail: Record<string, unknown>;
};
type Random = (bytes: number) => Uint8Array;
const anew: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

const boxesShape = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.boolean()));

/** The boxes of a stored opt-in, as the person left them. */
export function readBoxes(json: string): Record<string, boolean> {
  const parsed = v.safeParse(boxesShape, json);
  return parsed.success ? parsed.output : {};
}

/** The purposes a person asked for, out of the boxes as they were left. */
export const purposesOf = (boxes: Readonly<Record<string, unknown>>): Purpose[] =>
  (['news', 'link'] as const).filter((purpose) => boxes[purpose] === true);

/** One entry for each of some purposes. */
export const forEach = (purposes: readonly Purpose[], entry: LedgerEntry): LedgerEntry[] =>
  purposes.map((purpose) => ({ ...entry, purpose }));

/** Last row of a person's chain. */
export async function headOf(people: D1Database, person: string): Promise<LedgerHead> {
  const row = await people
    .prepare('SELECT sequence, row_hash FROM ledger WHERE person = ?1 ORDER BY sequence DESC LIMIT 1')
    .bind(person)
    .first<{ sequence: number; row_hash: string }>();
  return row ? { sequence: row.sequence, rowHash: row.row_hash } : { sequence: 0, rowHash: CHAIN_START };
}

type Row = {
  person: string;
  sequence: number;
  site: number;
  opt_in: string;
  kind: LedgerKind;
  at: number;
  detail: string;
  previous_hash: string;
  row_hash: string;
  purpose: Purpose;
  version: 1 | 2;
  detail_sha256: string;
};
export type StoredRow = LedgerRow & { rowHash: string };

/** A person's whole chain, in its order. */
export async function readRows(people: D1Database, person: string): Promise<StoredRow[]> {
  const { results } = await people.prepare('SELECT * FROM ledger WHERE person = ?1 ORDER BY sequence').bind(person).all<Row>();
  return results.map(({ opt_in, detail_sha256, previous_hash, row_hash, ...row }) => ({
    ...row,
    optIn: opt_in,
    detailSha256: detail_sha256,
    previousHash: previous_hash,
    rowHash: row_hash,
  }));
}

/**
 * What is hashed in place of an address: whoever has the address and this row can check that they belong together; nobody can look
 * addresses up in it. Gone with the row's detail.
 */
export const commitAddress = (salt: string, address: string): string => sha256(`comptoir address ${salt} ${address}`);

/**
 * Statements that append entries one after the other. They skip nothing: when another writer took the chain's next place, or one of
 * these events is written already, the batch fails whole with "UNIQUE constraint failed", and the head must be read again. The
 * table itself refuses a row that does not continue its chain or that cannot follow what was written of its opt-in.
 */
export function appendEntries(
  people: D1Database,
  entries: readonly LedgerEntry[],
  head: LedgerHead,
  random: Random = anew,
): D1PreparedStatement[] {
  let { sequence, rowHash } = head;
  const rows = entries.map(({ person, site, optIn, kind, purpose = 'all', at, detail: told }) => {
    const previous = rowHash;
    // The salt makes the hash of an erased detail worth nothing to whoever guesses what it said.
    const detail = JSON.stringify({ salt: Buffer.from(random(16)).toString('hex'), optIn, ...told });
    const detailSha256 = sha256(detail);
    sequence += 1;
    rowHash = hashRow({
      version: 2,
      person,
      sequence,
      site,
      optIn,
      purpose,
      kind,
      at,
      detail,
      detailSha256,
      previousHash: previous,
    });
    return [person, sequence, site, optIn, purpose, kind, at, 2, detail, detailSha256, previous, rowHash];
  });
  const columns = rows[0]?.map((_, i) => `value->>${i}`).join(', ');
  if (columns === undefined) return [];
  return [
    people
      .prepare(
        `INSERT INTO ledger (person, sequence, site, opt_in, purpose, kind, at, version, detail, detail_sha256, previous_hash, row_hash)
         SELECT ${columns} FROM json_each(?1) ORDER BY key`,
      )
      .bind(JSON.stringify(rows)),
  ];
}

/** Whether a batch failed because somebody else wrote to the chain meanwhile: read the head, and what stands, again. */
export const isChainTaken = (error: unknown): boolean =>
  /UNIQUE constraint failed|cannot follow in the ledger/.test(String(error));
