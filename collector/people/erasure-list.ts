/**
 * The erasure list: who was erased, as keyed hashes only. It lies outside the databases, in R2, one object for each erasure, so that a
 * database that was restored can be told again; and in PEOPLE, where what arrives late is compared with it.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import * as v from 'valibot';
import type { ErasedVisitor } from '../ingest/erase-facts.ts';
import { keysOf } from './keys.ts';

const whole = v.pipe(v.number(), v.integer());
const listed = v.object({
  v: v.literal(1),
  id: v.string(),
  site: v.string(),
  at: whole,
  /** Keyed hashes: of the person, the address, the ids that a site's own systems have. */
  subjects: v.array(v.string()),
  /** The same of visitors, with the span that was erased of each. */
  visitors: v.array(v.tuple([v.string(), whole, whole])),
});
export type ListedErasure = v.InferOutput<typeof listed>;
export type Subject = { what: 'person' | 'address' | 'identity' | 'visitor'; value: string };

const FOLDER = 'erasures/';
/** Objects are named by day, so that those of the last weeks are found without reading the others. */
const nameOf = (at: number, id: string) => `${FOLDER}${new Date(at).toISOString().slice(0, 10)}/${id}.json`;

const hashWith = (secret: string, siteKey: string, { what, value }: Subject) =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', `erasure:${siteKey}`, 32)))
    .update(`${what}\0${value}`)
    .digest('base64url');

/** A subject's hash under the current key. */
export function hashSubject(indexSecret: string, siteKey: string, subject: Subject): string {
  const [current] = keysOf(indexSecret);
  return `${current.id}.${hashWith(current.secret, siteKey, subject)}`;
}

/** The same under every key there is: a list written before a rotation still finds its subject. */
export const hashesOf = (indexSecret: string, siteKey: string, subject: Subject): string[] =>
  keysOf(indexSecret).map((key) => `${key.id}.${hashWith(key.secret, siteKey, subject)}`);

/** What the list says of an erasure. */
export function listErasure(
  indexSecret: string,
  siteKey: string,
  erasure: { id: string; at: number; subjects: readonly Subject[]; visitors: readonly ErasedVisitor[] },
): ListedErasure {
  const hash = (subject: Subject) => hashSubject(indexSecret, siteKey, subject);
  return {
    v: 1,
    id: erasure.id,
    site: siteKey,
    at: erasure.at,
    subjects: erasure.subjects.map(hash),
    visitors: erasure.visitors.map(([visitor, from, until]) => [hash({ what: 'visitor', value: String(visitor) }), from, until]),
  };
}

/** Writes it down outside the databases: before anything is erased, so that no erasure can be forgotten. */
export async function keepErasure(history: R2Bucket, erasure: ListedErasure): Promise<void> {
  await history.put(nameOf(erasure.at, erasure.id), JSON.stringify(erasure), {
    httpMetadata: { contentType: 'application/json' },
  });
}

/** All erasures since a day, oldest first. @param sinceMs epoch ms; 0 reads the whole list. */
export async function* readErasures(history: R2Bucket, sinceMs: number): AsyncGenerator<ListedErasure> {
  // Names of the day itself are longer than this one, and so come after it.
  let startAfter = nameOf(sinceMs, '').slice(0, FOLDER.length + 10);
  for (;;) {
    const page = await history.list({ prefix: FOLDER, startAfter });
    for (const { key } of page.objects) {
      const read = v.safeParse(listed, await (await history.get(key))?.json());
      if (read.success) yield read.output;
      startAfter = key;
    }
    if (!page.truncated) return;
  }
}

/**
 * Whether somebody was erased since they did this: what they asked for before does not come back by a late message.
 *
 * @param doneAt when it was done, epoch ms; what is done after the erasure is a new beginning.
 */
export async function wasErased(
  people: D1Database,
  indexSecret: string,
  site: { id: number; key: string },
  subject: Subject,
  doneAt: number,
): Promise<boolean> {
  const row = await people
    .prepare(
      'SELECT 1 AS found FROM erased_subjects WHERE site = ?1 AND subject IN (SELECT value FROM json_each(?2)) AND at > ?3',
    )
    .bind(site.id, JSON.stringify(hashesOf(indexSecret, site.key, subject)), doneAt)
    .first();
  return row !== null;
}
