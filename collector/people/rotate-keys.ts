/**
 * Rotation: seals anew, under the current key, whatever still lies under an older one, and indexes addresses anew. Runs while a secret has
 * more than one key; when nothing is left the old key may be taken out of the secret (docs/keys.md).
 */
import { indexesOf, seal, unseal } from './address.ts';
import { keysOf } from './keys.ts';

export type RotationEnv = { PEOPLE: D1Database; ADDRESS_SECRET: string; INDEX_SECRET: string };
/** @property renewed rows that lie under the current keys now; @property stuck rows that no key opens. */
export type Rotated = { renewed: number; stuck: number };
type Row = { place: string; sealed: string; a: string; b: string };
type Random = (bytes: number) => Uint8Array;
const PAGE_ROWS = 200;

/** Every column that `seal` wrote: how its rows are bound, and how one is written back; `?1` old text, `?2` new, `?3` and `?4` the key. */
const SEALED: readonly { from: string; column: string; place: string; key: string; update: string }[] = [
  {
    from: 'kiosk_quarantine',
    ...{ column: 'sealed', place: "'kiosk_quarantine|' || id", key: "id, ''" },
    update: "UPDATE kiosk_quarantine SET sealed = ?2 WHERE sealed = ?1 AND id = ?3 AND ?4 = ''",
  },
  {
    from: 'mails',
    ...{ column: 'sealed', place: "site || '|mail|' || id", key: "id, ''" },
    update: "UPDATE mails SET sealed = ?2 WHERE sealed = ?1 AND id = ?3 AND ?4 = ''",
  },
  ...['sealed', 'old_sealed'].map((column) => ({
    from: 'outlets',
    ...{ column, place: "site || '|outlet|' || id || '|secret'", key: "id, ''" },
    update: `UPDATE outlets SET ${column} = ?2 WHERE ${column} = ?1 AND id = ?3 AND ?4 = ''`,
  })),
  {
    from: 'outlet_contacts c JOIN outlets o ON o.id = c.outlet',
    ...{ column: 'c.sealed', place: "o.site || '|outlet|' || o.id || '|contact|' || c.person", key: 'c.outlet, c.person' },
    update: 'UPDATE outlet_contacts SET sealed = ?2 WHERE sealed = ?1 AND outlet = ?3 AND person = ?4',
  },
];

/** Whether cron looks now: reading every row to find none is not worth doing every minute. */
export const isRotationDue = (env: Pick<RotationEnv, 'ADDRESS_SECRET' | 'INDEX_SECRET'>, nowMs: number): boolean =>
  (keysOf(env.ADDRESS_SECRET).length > 1 || keysOf(env.INDEX_SECRET).length > 1) && Math.floor(nowMs / 60_000) % 5 === 3;

/** Goes through what lies under older keys, a page at a time; rows that no key opens stay in front and are stepped over. */
async function renewAll<R>(
  read: (offset: number) => Promise<R[]>,
  renew: (row: R) => Promise<D1PreparedStatement | null>,
  people: D1Database,
  limit: number,
): Promise<Rotated> {
  const sum: Rotated = { renewed: 0, stuck: 0 };
  while (sum.renewed < limit) {
    const rows = await read(sum.stuck);
    const statements = (await Promise.all(rows.map(renew))).filter((statement) => statement !== null);
    if (statements.length > 0) await people.batch(statements);
    sum.renewed += statements.length;
    sum.stuck += rows.length - statements.length;
    if (rows.length < PAGE_ROWS) break;
  }
  return sum;
}

async function resealTable(env: RotationEnv, table: (typeof SEALED)[number], limit: number, random: Random): Promise<Rotated> {
  const [current] = keysOf(env.ADDRESS_SECRET);
  const [a, b] = table.key.split(', ');
  const read = async (offset: number) => {
    const { results } = await env.PEOPLE.prepare(
      `SELECT ${table.place} AS place, ${table.column} AS sealed, ${a} AS a, ${b} AS b FROM ${table.from}
       WHERE ${table.column} <> '' AND ${table.column} NOT LIKE ?1 || '.%' LIMIT ${PAGE_ROWS} OFFSET ?2`,
    )
      .bind(current.id, offset)
      .all<Row>();
    return results;
  };
  const renew = async (row: Row) => {
    const opened = await unseal(env.ADDRESS_SECRET, row.place, row.sealed);
    if (opened === null) return null;
    // Only what is there as it was read: what was written meanwhile lies under the current key already.
    const sealed = await seal(env.ADDRESS_SECRET, row.place, opened, random);
    return env.PEOPLE.prepare(table.update).bind(row.sealed, sealed, row.a, row.b);
  };
  return renewAll(read, renew, env.PEOPLE, limit);
}

type PersonRow = { id: string; site: number; key: string; address_sealed: string; address_index: string };

async function renewPersons(env: RotationEnv, limit: number, random: Random): Promise<Rotated> {
  const [[sealing], [indexing]] = [keysOf(env.ADDRESS_SECRET), keysOf(env.INDEX_SECRET)];
  // The first key's indexes have no name in front.
  const isOld = indexing.id === '1' ? "p.address_index LIKE '%.%'" : "p.address_index NOT LIKE ?2 || '.%'";
  const read = async (offset: number) => {
    const { results } = await env.PEOPLE.prepare(
      `SELECT p.id, p.site, s.key, p.address_sealed, p.address_index FROM persons p JOIN sites s ON s.id = p.site
       WHERE p.address_sealed IS NOT NULL AND (p.address_sealed NOT LIKE ?1 || '.%' OR ${isOld}) AND ?2 = ?2 LIMIT ${PAGE_ROWS} OFFSET ?3`,
    )
      .bind(sealing.id, indexing.id, offset)
      .all<PersonRow>();
    return results;
  };
  const renew = async ({ id, site, key, address_sealed, address_index }: PersonRow) => {
    const place = `${site}|person|${id}|address`;
    const address = await unseal(env.ADDRESS_SECRET, place, address_sealed);
    if (address === null) return null;
    const [index] = indexesOf(env.INDEX_SECRET, key, address);
    return env.PEOPLE.prepare(
      'UPDATE persons SET address_sealed = ?3, address_index = ?4 WHERE id = ?1 AND address_sealed = ?2 AND address_index = ?5',
    ).bind(id, address_sealed, await seal(env.ADDRESS_SECRET, place, address, random), index, address_index);
  };
  return renewAll(read, renew, env.PEOPLE, limit);
}

/** Renews some `limit` rows of each kind. Safe to break off, to repeat, and to run beside everything else. */
export async function rotateKeys(env: RotationEnv, limit: number, random: Random): Promise<Rotated> {
  const all = [await renewPersons(env, limit, random)];
  for (const table of SEALED) all.push(await resealTable(env, table, limit, random));
  return all.reduce((sum, { renewed, stuck }) => ({ renewed: sum.renewed + renewed, stuck: sum.stuck + stuck }), {
    renewed: 0,
    stuck: 0,
  });
}
