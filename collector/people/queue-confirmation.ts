/** A confirmation mail to send: sealed, dated, and at most one a day for each address, whatever it was asked through. */
import type { Site } from '../store/sites.ts';
import { indexesOf, seal } from './address.ts';
import { nextMailAt } from './mail-window.ts';

/** No address is mailed twice within it. */
export const MAIL_EVERY_MS = 86_400_000;

export type ConfirmationWanted = {
  site: Pick<Site, 'id' | 'key'>;
  person: string;
  address: string;
  language: string;
  /** The secret of the link; the opt-in's row has its hash. */
  token: string;
  capturedAt: number;
  /** The store it was asked for in, whose night it keeps; null on the web. */
  store: { name: string; zone: string } | null;
  askedAt: number;
};
type Secrets = { ADDRESS_SECRET: string; INDEX_SECRET: string };

/**
 * The statements that queue it. They write nothing when the address was mailed within a day, or has a mail that still waits, whose link
 * will answer for this one too: the condition is part of the insert, so that two at once cannot both pass. The day counts from the moment a mail may leave, not from the sign-up.
 */
export async function queueConfirmation(
  people: D1Database,
  secrets: Secrets,
  w: ConfirmationWanted,
  random: (bytes: number) => Uint8Array,
): Promise<D1PreparedStatement[]> {
  const id = Buffer.from(random(16)).toString('hex');
  const indexes = indexesOf(secrets.INDEX_SECRET, w.site.key, w.address);
  const [index] = indexes;
  const zone = w.store?.zone ?? null;
  const dueAt = nextMailAt(zone, w.capturedAt, w.askedAt);
  const told = { to: w.address, token: w.token, capturedAt: w.capturedAt, store: w.store?.name ?? null, index };
  const sealed = await seal(secrets.ADDRESS_SECRET, `${w.site.id}|mail|${id}`, JSON.stringify(told), random);
  return [
    people
      .prepare(
        `INSERT INTO mails (id, site, person, kind, language, sealed, created_at, due_at, zone) SELECT ?1, ?2, ?3, 'confirmation', ?4, ?5, ?6, ?7, ?8
         WHERE NOT EXISTS (SELECT 1 FROM mailed_addresses WHERE site = ?2 AND address_index IN (SELECT value FROM json_each(?9)) AND at > ?6 - ${MAIL_EVERY_MS})
           AND NOT EXISTS (SELECT 1 FROM mails WHERE person = ?3 AND kind = 'confirmation' AND sent_at IS NULL AND failed_at IS NULL)`,
      )
      .bind(id, w.site.id, w.person, w.language, sealed, w.askedAt, dueAt, zone, JSON.stringify(indexes)),
    people
      .prepare(
        `INSERT INTO mailed_addresses (site, address_index, at) SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM mails WHERE id = ?4)
         ON CONFLICT (site, address_index) DO UPDATE SET at = excluded.at`,
      )
      .bind(w.site.id, index, dueAt, id),
  ];
}
