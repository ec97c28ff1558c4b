/** The opt-ins of a site, page by page, for a file: without addresses, or with them for those who may see them. */
import { unseal } from './address.ts';
import { readBoxes } from './ledger.ts';

export type ExportedOptIn = {
  id: string;
  person: string;
  state: string;
  wording: string;
  wordingSha256: string;
  language: string;
  news: boolean;
  link: boolean;
  touchpoint: string;
  store: string | null;
  kiosk: string | null;
  host: string;
  path: string;
  capturedAt: number;
  receivedAt: number;
  confirmedAt: number | null;
  withdrawnAt: number | null;
  /** Null when it was not asked for, or there is none any more. */
  address: string | null;
};
const PAGE = 500;

type Row = {
  id: string;
  person: string;
  state: string;
  wording: string;
  wording_sha256: string;
  language: string;
  boxes: string;
  touchpoint: string;
  store_name: string | null;
  kiosk_name: string | null;
  host: string;
  path: string;
  captured_at: number;
  received_at: number;
  confirmed_at: number | null;
  withdrawn_at: number | null;
  address_sealed: string | null;
};

/**
 * @param secret opens addresses; null leaves them closed.
 * @param after the id the page before ended with; '' for the first. Ids begin with the moment they were made at.
 * @returns a page, oldest first, and what the next comes after; null at the end.
 */
export async function readOptInPage(
  people: D1Database,
  site: number,
  after: string,
  secret: string | null,
): Promise<{ rows: ExportedOptIn[]; next: string | null }> {
  const { results } = await people
    .prepare(
      `SELECT o.id, o.person, o.state, o.wording, o.wording_sha256, o.language, o.boxes, o.touchpoint, s.name AS store_name, k.name AS kiosk_name,
         o.host, o.path, o.captured_at, o.received_at, o.confirmed_at, o.withdrawn_at, p.address_sealed
       FROM opt_ins o JOIN persons p ON p.id = o.person LEFT JOIN stores s ON s.id = o.store LEFT JOIN kiosks k ON k.id = o.kiosk
       WHERE o.site = ?1 AND o.id > ?2 ORDER BY o.id LIMIT ${PAGE}`,
    )
    .bind(site, after)
    .all<Row>();
  const open = async ({ person, address_sealed }: Row) =>
    secret !== null && address_sealed ? unseal(secret, `${site}|person|${person}|address`, address_sealed) : null;
  const rows = await Promise.all(
    results.map(async (row): Promise<ExportedOptIn> => {
      const { news = false, link = false } = readBoxes(row.boxes);
      return {
        id: row.id,
        person: row.person,
        state: row.state,
        wording: row.wording,
        wordingSha256: row.wording_sha256,
        language: row.language,
        news,
        link,
        touchpoint: row.touchpoint,
        store: row.store_name,
        kiosk: row.kiosk_name,
        host: row.host,
        path: row.path,
        capturedAt: row.captured_at,
        receivedAt: row.received_at,
        confirmedAt: row.confirmed_at,
        withdrawnAt: row.withdrawn_at,
        address: await open(row),
      };
    }),
  );
  const last = results.at(-1);
  return { rows, next: last && results.length === PAGE ? last.id : null };
}
