/** The consent ledger: append-only, one hash chain per person. */
import { sha256 } from './address.ts';

export type LedgerKind = 'submitted' | 'confirmed' | 'withdrawn' | 'bounced' | 'complained' | 'erased';
export type LedgerHead = { sequence: number; rowHash: string };
export type LedgerEntry = {
  person: string;
  site: number;
  optIn: string;
  kind: LedgerKind;
  at: number;
  detail: Record<string, unknown>;
};

/** Hash that the first row of a chain points to. */
export const CHAIN_START = '0'.repeat(64);

/** Hash of a row over its predecessor's hash and everything in it. */
export function hashEntry(entry: LedgerEntry, sequence: number, previousHash: string, detail: string): string {
  return sha256(JSON.stringify([previousHash, entry.person, sequence, entry.site, entry.optIn, entry.kind, entry.at, detail]));
}

/** Last row of a person's chain. */
export async function headOf(people: D1Database, person: string): Promise<LedgerHead> {
  const row = await people
    .prepare('SELECT sequence, row_hash FROM ledger WHERE person = ?1 ORDER BY sequence DESC LIMIT 1')
    .bind(person)
    .first<{ sequence: number; row_hash: string }>();
  return row ? { sequence: row.sequence, rowHash: row.row_hash } : { sequence: 0, rowHash: CHAIN_START };
}

/**
 * The statement that appends an entry after `head`. Two writers after one head collide on (person, sequence): the batch fails
 * whole and is tried again after the new head. The same event of the same opt-in is written once.
 */
export function appendEntry(people: D1Database, entry: LedgerEntry, head: LedgerHead): D1PreparedStatement {
  const sequence = head.sequence + 1;
  const detail = JSON.stringify(entry.detail);
  return people
    .prepare(
      `INSERT INTO ledger (person, sequence, site, opt_in, kind, at, detail, previous_hash, row_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
       ON CONFLICT (site, opt_in, kind) DO NOTHING`,
    )
    .bind(
      entry.person,
      sequence,
      entry.site,
      entry.optIn,
      entry.kind,
      entry.at,
      detail,
      head.rowHash,
      hashEntry(entry, sequence, head.rowHash, detail),
    );
}

/**
 * Statements that append entries one after the other. Unlike `appendEntry` they skip nothing: when another writer was there
 * first, or one of these events is written already, the batch fails whole.
 */
export function appendEntries(people: D1Database, entries: readonly LedgerEntry[], head: LedgerHead): D1PreparedStatement[] {
  let { sequence, rowHash } = head;
  const rows = entries.map((entry) => {
    const previous = rowHash;
    const detail = JSON.stringify(entry.detail);
    sequence += 1;
    rowHash = hashEntry(entry, sequence, previous, detail);
    return [entry.person, sequence, entry.site, entry.optIn, entry.kind, entry.at, detail, previous, rowHash];
  });
  const columns = rows[0]?.map((_, i) => `value->>${i}`).join(', ');
  if (columns === undefined) return [];
  return [
    people
      .prepare(
        `INSERT INTO ledger (person, sequence, site, opt_in, kind, at, detail, previous_hash, row_hash) SELECT ${columns} FROM json_each(?1)`,
      )
      .bind(JSON.stringify(rows)),
  ];
}
