/** The wording registry: what was shown, word for word, immutable once written. */
import * as v from 'valibot';
import { hashWording } from './wording-hash.ts';

export type WordingBox = { name: string; label: string };
export type Wording = {
  id: string;
  language: string;
  title: string;
  boxes: WordingBox[];
  note: string;
  privacyUrl: string;
  sha256: string;
};
/** What a registered wording is, besides its text. */
export type RegisteredWording = Wording & {
  createdAt: number;
  /** No longer offered since then; what still arrives under it is taken, as it was shown. */
  retiredAt: number | null;
  /** The first opt-in under it: it can no longer be deleted. */
  usedAt: number | null;
  /** Hash of the privacy page as it was then; null = it could not be read. */
  privacySha256: string | null;
};
type Row = {
  id: string;
  language: string;
  title: string;
  boxes: string;
  note: string;
  privacy_url: string;
  sha256: string;
  created_at: number;
  retired_at: number | null;
  used_at: number | null;
  privacy_sha256: string | null;
};

const boxesShape = v.array(v.object({ name: v.string(), label: v.string() }));

function toWording(row: Row): Wording {
  const parsed = v.safeParse(boxesShape, JSON.parse(row.boxes));
  return {
    id: row.id,
    language: row.language,
    title: row.title,
    boxes: parsed.success ? parsed.output : [],
    note: row.note,
    privacyUrl: row.privacy_url,
    sha256: row.sha256,
  };
}

/** Wordings never change once written, so an isolate may keep them for good. */
const known = new Map<string, Wording>();

export async function wordingOf(people: D1Database, site: number, id: string): Promise<Wording | null> {
  const found = known.get(`${site} ${id}`);
  if (found) return found;
  const row = await people.prepare('SELECT * FROM wordings WHERE site = ?1 AND id = ?2').bind(site, id).first<Row>();
  if (!row) return null;
  const wording = toWording(row);
  if (known.size > 1_000) known.clear();
  known.set(`${site} ${id}`, wording);
  return wording;
}

/** All wordings of a site, oldest first. */
export async function wordingsOf(people: D1Database, site: number): Promise<RegisteredWording[]> {
  const { results } = await people
    .prepare('SELECT * FROM wordings WHERE site = ?1 ORDER BY created_at, id')
    .bind(site)
    .all<Row>();
  return results.map((row) => ({
    ...toWording(row),
    createdAt: row.created_at,
    retiredAt: row.retired_at,
    usedAt: row.used_at,
    privacySha256: row.privacy_sha256,
  }));
}

/**
 * Registers a wording.
 *
 * @returns false when the id exists with another text: a new text is a new id. The same text again is fine.
 */
export async function addWording(
  people: D1Database,
  site: number,
  wording: Omit<Wording, 'sha256'>,
  nowMs: number,
  privacySha256: string | null = null,
): Promise<boolean> {
  const hash = hashWording(wording);
  const [, stored] = await people.batch<{ sha256: string }>([
    people
      .prepare(
        `INSERT INTO wordings (site, id, language, title, boxes, note, privacy_url, sha256, created_at, privacy_sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (site, id) DO NOTHING`,
      )
      .bind(
        site,
        wording.id,
        wording.language,
        wording.title,
        JSON.stringify(wording.boxes),
        wording.note,
        wording.privacyUrl,
        hash,
        nowMs,
        privacySha256,
      ),
    people.prepare('SELECT sha256 FROM wordings WHERE site = ?1 AND id = ?2').bind(site, wording.id),
  ]);
  return stored?.results[0]?.sha256 === hash;
}
