/** Sends kiosk alerts to a member who chose them. */
import { createHash } from 'node:crypto';
import { can, isRole } from '../../access/roles.ts';
import { cleanText } from '../../store/clean-text.ts';
import { type KioskChange, writeAlert } from '../alert-mail.ts';
import type { Attempt as MailAttempt } from '../mailer.ts';
import type { Attempt } from './attempt.ts';
import type { Delivering, Due } from './delivering.ts';

const hash = (text: string, chars: number) => createHash('sha256').update(text).digest('hex').slice(0, chars);

type Reader = {
  email: string;
  language: string | null;
  role: string;
  store: number | null;
  brand: string;
  zone: string;
  key: string;
};
async function readerOf(people: D1Database, outlet: string): Promise<Reader | null> {
  const reader = await people
    .prepare(
      `SELECT u.email, u.language, m.role, m.store, s.name AS brand, s.zone, s.key FROM outlets o JOIN members m ON m.user_id = o.created_by AND m.site = o.site
         JOIN user u ON u.id = m.user_id JOIN sites s ON s.id = o.site WHERE o.id = ?1`,
    )
    .bind(outlet)
    .first<Reader>();
  return reader && isRole(reader.role) && can(reader.role, 'see_fleet') ? reader : null;
}

/** What changed, by the names of today; of a kiosk that is gone nothing is left to say. */
async function readChanges(people: D1Database, due: readonly Due[], store: number | null): Promise<KioskChange[]> {
  const { results } = await people
    .prepare(
      'SELECT k.id, k.name, s.id AS store, s.name AS store_name FROM json_each(?1) j JOIN kiosks k ON k.id = j.value JOIN stores s ON s.id = k.store',
    )
    .bind(JSON.stringify(due.map(({ message }) => message.data.kiosk)))
    .all<{ id: number; name: string; store: number; store_name: string }>();
  const kiosks = new Map(results.filter((one) => store === null || one.store === store).map((one) => [one.id, one]));
  return due.flatMap(({ message: { type, at, data } }) => {
    const kiosk = kiosks.get(Number(data.kiosk));
    return kiosk
      ? [
          {
            kind: type === 'kiosk.offline' ? 'offline' : 'online',
            kiosk: cleanText(kiosk.name, 80),
            store: cleanText(kiosk.store_name, 80),
            at,
          },
        ]
      : [];
  });
}

function toAttempt(sent: MailAttempt, durationMs: number): Attempt {
  const rest = { status: null, durationMs, retryAfterMs: null };
  if (sent.outcome === 'sent') return { ...rest, outcome: 'delivered', answer: '' };
  if (sent.outcome === 'later') return { ...rest, outcome: 'refused', answer: sent.why, retryAfterMs: sent.afterMs ?? null };
  return { ...rest, outcome: sent.outcome === 'never' ? 'refused' : 'network', answer: sent.why };
}

/** One mail for everything that is due. Somebody who is no member any more, or may not see kiosks, is sent nothing more. */
export async function sendAlertMail(d: Delivering, outlet: { id: string; site: number }, due: readonly Due[]): Promise<Attempt> {
  const startMs = d.now();
  const done = (outcome: 'delivered' | 'gone' | 'broken', answer = ''): Attempt => ({
    outcome,
    status: null,
    durationMs: d.now() - startMs,
    answer,
    retryAfterMs: null,
  });
  const reader = await readerOf(d.people, outlet.id);
  if (!reader) return done('gone');
  if (!d.mail) return done('broken', 'no mailer');
  const changes = await readChanges(d.people, due, reader.store);
  if (changes.length === 0) return done('delivered');
  const { mailer, from, linkBase } = d.mail;
  const link = `${linkBase}/s/${encodeURIComponent(reader.key)}/kiosks`;
  const written = await writeAlert(reader.language === 'en' ? 'en' : 'fr', {
    brand: reader.brand,
    link,
    zone: reader.zone,
    changes,
  });
  const sent = await mailer
    .send(
      {
        id: hash(due.map(({ id }) => id).join(' '), 32),
        site: outlet.site,
        from: { name: cleanText(reader.brand, 80), address: from },
        to: reader.email,
        ...written,
        headers: {},
      },
      d.now(),
    )
    .catch((): MailAttempt => ({ outcome: 'unknown', why: 'no_answer' }));
  return toAttempt(sent, d.now() - startMs);
}
