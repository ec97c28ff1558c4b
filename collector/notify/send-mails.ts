/** Sends the mails that wait: claimed first, so that two runs send none twice, and tried again when the mailer failed. */
import * as v from 'valibot';
import { unseal } from '../people/address.ts';
import { writeConfirmation } from './confirmation-mail.ts';
import type { Mailer } from './mailer.ts';

const CLAIM_MS = 120_000;
const MAX_ATTEMPTS = 8;
const sealedShape = v.pipe(v.string(), v.parseJson(), v.object({ to: v.string(), token: v.string(), capturedAt: v.number() }));
type Row = { id: string; site: number; language: string; sealed: string; brand: string; zone: string };

/**
 * @param linkBase origin of the confirmation pages.
 * @returns how many mails were sent.
 */
export async function sendMails(
  people: D1Database,
  addressSecret: string,
  mailer: Mailer,
  linkBase: string,
  nowMs: number,
  limit: number,
): Promise<number> {
  const { results } = await people
    .prepare(
      `UPDATE mails SET claimed_at = ?1, attempts = attempts + 1 WHERE id IN (SELECT id FROM mails WHERE sent_at IS NULL AND attempts < ${MAX_ATTEMPTS}
         AND (claimed_at IS NULL OR claimed_at < ?1 - ${CLAIM_MS}) ORDER BY created_at LIMIT ?2)
       RETURNING id, site, language, sealed, (SELECT name FROM sites WHERE sites.id = mails.site) AS brand, (SELECT zone FROM sites WHERE sites.id = mails.site) AS zone`,
    )
    .bind(nowMs, limit)
    .all<Row>();
  let sent = 0;
  for (const row of results) {
    const opened = v.safeParse(sealedShape, await unseal(addressSecret, `${row.site}|mail|${row.id}`, row.sealed));
    if (!opened.success) continue;
    const written = await writeConfirmation(row.language, {
      brand: row.brand,
      link: `${linkBase}/confirm/${opened.output.token}`,
      capturedAt: opened.output.capturedAt,
      zone: row.zone,
    });
    try {
      await mailer.send({ id: row.id, site: row.site, to: opened.output.to, ...written }, nowMs);
    } catch (error) {
      console.error('mail: not sent', error instanceof Error ? error.name : 'unknown');
      continue;
    }
    // What was sent need not be opened again: the sealed recipient goes, the fact that a mail left stays.
    await people.prepare("UPDATE mails SET sent_at = ?2, sealed = '' WHERE id = ?1").bind(row.id, nowMs).run();
    sent += 1;
  }
  return sent;
}
