/** Persons without their addresses: the list, and one with everything that hangs on it. */
import { readRows, type StoredRow } from './ledger.ts';
import { type PersonSpan, spansOfPerson } from './links.ts';
import { type ListedOptIn, OPT_IN_COLUMNS, type OptInRow, toListed } from './list-opt-ins.ts';

/** How a person is known: by a confirmed or waiting opt-in, or by an id of the site's own, signed or not. */
export const KNOWN_BY = ['opt-in', 'signed', 'unsigned'] as const;
export type KnownBy = (typeof KNOWN_BY)[number];
export type ListedPerson = {
  id: string;
  createdAt: number;
  /** Null while the only trace is an opt-in that waits. */
  confirmedAt: number | null;
  knownBy: KnownBy;
  optIns: number;
  /** Browsers and kiosk visits that were ever linked. */
  visitors: number;
  /** The last act that named the person, epoch ms. */
  lastAt: number;
};
export type Person = ListedPerson & {
  hasAddress: boolean;
  list: ListedOptIn[];
  ledger: StoredRow[];
  spans: PersonSpan[];
};
type Row = {
  id: string;
  created_at: number;
  confirmed_at: number | null;
  space: 'signed' | 'unsigned' | null;
  opt_ins: number;
  visitors: number;
  last_at: number;
  has_address: number;
};

const COLUMNS = `p.id, p.created_at, p.confirmed_at, p.address_sealed IS NOT NULL AS has_address,
  (SELECT min(i.space) FROM identities i WHERE i.person = p.id) AS space,
  (SELECT count(*) FROM opt_ins o WHERE o.person = p.id) AS opt_ins,
  (SELECT count(DISTINCT l.visitor) FROM links l WHERE l.person = p.id) AS visitors,
  max(p.created_at, coalesce((SELECT max(l.since_at) FROM links l WHERE l.person = p.id), 0),
    coalesce((SELECT max(o.captured_at) FROM opt_ins o WHERE o.person = p.id), 0)) AS last_at`;

const toPerson = (row: Row): ListedPerson => ({
  id: row.id,
  createdAt: row.created_at,
  confirmedAt: row.confirmed_at,
  knownBy: row.space ?? 'opt-in',
  optIns: row.opt_ins,
  visitors: row.visitors,
  lastAt: row.last_at,
});

const WANTED: Record<KnownBy | 'any', string> = {
  any: '1',
  'opt-in': 'NOT EXISTS (SELECT 1 FROM identities i WHERE i.person = p.id)',
  signed: "EXISTS (SELECT 1 FROM identities i WHERE i.person = p.id AND i.space = 'signed')",
  unsigned: "EXISTS (SELECT 1 FROM identities i WHERE i.person = p.id AND i.space = 'unsigned')",
};

/** @returns the newest first, and how many there are in all. */
export async function listPersons(
  people: D1Database,
  site: number,
  knownBy: KnownBy | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: ListedPerson[]; total: number }> {
  const where = `FROM persons p WHERE p.site = ?1 AND ${WANTED[knownBy ?? 'any']}`;
  const [rows, total] = await people.batch<Row & { n: number }>([
    people.prepare(`SELECT ${COLUMNS} ${where} ORDER BY p.created_at DESC, p.id LIMIT ?2 OFFSET ?3`).bind(site, limit, offset),
    people.prepare(`SELECT count(*) AS n ${where}`).bind(site),
  ]);
  return { rows: (rows?.results ?? []).map(toPerson), total: total?.results[0]?.n ?? 0 };
}

/** @returns null where the site has no such person. */
export async function readPerson(people: D1Database, site: number, id: string): Promise<Person | null> {
  const [row, optIns] = await people.batch<Row & OptInRow>([
    people.prepare(`SELECT ${COLUMNS} FROM persons p WHERE p.site = ?1 AND p.id = ?2`).bind(site, id),
    people
      .prepare(`SELECT ${OPT_IN_COLUMNS} FROM opt_ins o WHERE o.site = ?1 AND o.person = ?2 ORDER BY o.captured_at DESC`)
      .bind(site, id),
  ]);
  const [found] = row?.results ?? [];
  if (!found) return null;
  const [ledger, spans] = await Promise.all([readRows(people, id), spansOfPerson(people, site, id)]);
  return {
    ...toPerson(found),
    hasAddress: found.has_address === 1,
    list: (optIns?.results ?? []).map(toListed),
    ledger,
    spans,
  };
}
