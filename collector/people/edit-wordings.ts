/** The wording editor: what may be registered, and what becomes of a wording that is no longer wanted. A text never changes; a new text is a new id. */
import * as v from 'valibot';
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';
import type { Wording } from './wordings.ts';

export type NewWording = Omit<Wording, 'sha256'>;
/** Languages in which the form and our mails speak. */
export const WORDING_LANGUAGES = ['fr', 'en'] as const;
const line = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cleanText(text, max + 1)),
    v.maxLength(max, `At most ${max} characters.`),
  );
const filled = (max: number) => v.pipe(line(max), v.minLength(1, 'This is empty.'));
const isWebAddress = (text: string): boolean => {
  const url = readUrl(text);
  if (url?.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname));
};

const box = v.pipe(
  v.object({
    name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,29}$/, 'A name is small letters, digits and _; at most 30 of them.')),
    label: filled(1_000),
    // There is no other default: a box that stands ticked is no act of the person (CJEU C-673/17, Planet49).
    default: v.optional(v.literal(false, 'A box is never ticked beforehand.')),
  }),
  v.transform(({ name, label }) => ({ name, label })),
);

/** A wording as somebody wrote it. */
export const wordingShape = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'An id is small letters, digits and -; at most 60 of them.'),
  ),
  language: v.picklist(WORDING_LANGUAGES, 'The language is “fr” or “en”.'),
  title: filled(120),
  boxes: v.pipe(
    v.array(box),
    v.minLength(1, 'At least the box “news”.'),
    v.maxLength(6, 'At most six boxes.'),
    v.check((boxes) => new Set(boxes.map(({ name }) => name)).size === boxes.length, 'Two boxes have the same name.'),
    v.check((boxes) => boxes.some(({ name }) => name === 'news'), 'The box “news” is missing: it is what the person asks for.'),
  ),
  note: v.optional(line(2_000), ''),
  privacyUrl: v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(1_000),
    v.check(isWebAddress, 'The privacy page is an address that begins with https://.'),
  ),
});

/** Takes a wording out of the choice. It stays in the registry, and what pages and kiosks still show is still taken. */
export async function retireWording(people: D1Database, site: number, id: string, nowMs: number): Promise<boolean> {
  const { meta } = await people
    .prepare('UPDATE wordings SET retired_at = coalesce(retired_at, ?3) WHERE site = ?1 AND id = ?2')
    .bind(site, id, nowMs)
    .run();
  return meta.changes > 0;
}

/**
 * Deletes a wording that nobody ever agreed to.
 *
 * @returns `used` when somebody did: then it is part of a proof, and the table itself refuses.
 */
export async function removeWording(people: D1Database, site: number, id: string): Promise<'removed' | 'used' | 'unknown'> {
  try {
    const { meta } = await people.prepare('DELETE FROM wordings WHERE site = ?1 AND id = ?2').bind(site, id).run();
    return meta.changes > 0 ? 'removed' : 'unknown';
  } catch (error) {
    if (/a used wording stays/.test(String(error))) return 'used';
    throw error;
  }
}

/** How often each wording of a site was agreed to, and when last; wordings nobody agreed to are not in it. */
export async function usesOf(people: D1Database, site: number): Promise<Map<string, { optIns: number; lastAt: number }>> {
  const { results } = await people
    .prepare('SELECT wording, count(*) AS opt_ins, max(received_at) AS last_at FROM opt_ins WHERE site = ?1 GROUP BY wording')
    .bind(site)
    .all<{ wording: string; opt_ins: number; last_at: number }>();
  return new Map(results.map(({ wording, opt_ins, last_at }) => [wording, { optIns: opt_ins, lastAt: last_at }]));
}

/** The id of the version after this one: its number grows by one. */
export function nextId(id: string): string {
  const [, stem = id, number] = /^(.*?)-?(\d+)$/.exec(id) ?? [];
  return number === undefined ? `${id}-2` : `${stem}-${Number(number) + 1}`;
}
