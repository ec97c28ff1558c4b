/** Sends the mails that wait, one after the other, each claimed first: no two senders have the same one, and none is sent twice. */
import * as v from 'valibot';
import { unseal } from '../people/address.ts';
import { nextMailAt } from '../people/mail-window.ts';
import { notePending } from '../people/note-pending.ts';
import { makeWithdrawalToken } from '../people/withdrawal-link.ts';
import { cleanText } from '../store/clean-text.ts';
import { writeConfirmation } from './confirmation-mail.ts';
import { type Claimed, claimMail, type Outcome, settle } from './mail-queue.ts';
import type { Mail, Mailer } from './mailer.ts';
import { writeMyDataMail } from './my-data-mail.ts';

export type Sending = {
  people: D1Database;
  secrets: { ADDRESS_SECRET: string; INDEX_SECRET: string };
  mailer: Mailer;
  /** The address that mails come from. */
  from: string;
  /** Origin of the pages that mails link to. */
  linkBase: string;
};

/** What lies sealed in a mail's row; `index` is the address's blind index. */
const sealedShape = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    to: v.string(),
    token: v.string(),
    capturedAt: v.number(),
    store: v.optional(v.nullable(v.string()), null),
    index: v.optional(v.string()),
  }),
);
type Sealed = v.InferOutput<typeof sealedShape>;

/** The mail of a row: written when it is sent, so that a link is in no table. */
async function writeMail(s: Sending, row: Claimed, { to, token, capturedAt, store }: Sealed): Promise<Mail> {
  const about = { id: row.id, site: row.site, from: { name: cleanText(row.brand, 80), address: s.from }, to };
  if (row.kind === 'my-data')
    return {
      ...about,
      headers: {},
      ...(await writeMyDataMail(row.language, { brand: row.brand, link: `${s.linkBase}/my-data/open/${token}` })),
    };
  const withdrawal = `${s.linkBase}/unsubscribe/${makeWithdrawalToken(s.secrets.INDEX_SECRET, row.site, row.person)}`;
  const written = await writeConfirmation(row.language, {
    brand: row.brand,
    link: `${s.linkBase}/confirm/${token}`,
    withdrawal,
    capturedAt,
    zone: row.zone ?? row.siteZone,
    store,
  });
  return {
    ...about,
    ...written,
    // https://www.rfc-editor.org/rfc/rfc8058#section-3.1
    headers: { 'List-Unsubscribe': `<${withdrawal}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}

const UNREADABLE = { outcome: 'never', why: 'unreadable' } as const;
const UNANSWERED = { outcome: 'unknown', why: 'no_answer' } as const;

async function attemptOne(s: Sending, row: Claimed, sealed: Sealed, isNight: boolean, nowMs: number): Promise<Outcome> {
  // Cron may come late, and the night before it.
  if (isNight) return { outcome: 'night' };
  // It was handed over once, and by now the way would not know it again: better none than two.
  if (row.unknownForMs > s.mailer.repeatableMs) return { outcome: 'never', why: 'unknown' };
  return s.mailer.send(await writeMail(s, row, sealed), nowMs).catch(() => UNANSWERED);
}

async function sendOne(s: Sending, row: Claimed, nowMs: number): Promise<boolean> {
  const opened = v.safeParse(sealedShape, await unseal(s.secrets.ADDRESS_SECRET, `${row.site}|mail|${row.id}`, row.sealed));
  const { capturedAt = nowMs, index } = opened.success ? opened.output : {};
  const openAt = (at: number) => nextMailAt(row.zone, capturedAt, at);
  const attempt = opened.success ? await attemptOne(s, row, opened.output, openAt(nowMs) > nowMs, nowMs) : UNREADABLE;
  if (attempt.outcome !== 'sent' && attempt.outcome !== 'night') console.error('mail: not sent', attempt.outcome, attempt.why);
  await settle(s.people, row, attempt, { nowMs, openAt, index });
  if (attempt.outcome === 'sent' && row.kind === 'confirmation' && opened.success)
    await notePending(s.people, opened.output.token, nowMs).catch(() => console.error('mail: not in the ledger'));
  return attempt.outcome === 'sent';
}

/** @returns how many mails were sent. */
export async function sendMails(s: Sending, nowMs: number, limit: number): Promise<number> {
  let sent = 0;
  for (let i = 0; i < limit; i += 1) {
    const row = await claimMail(s.people, nowMs);
    if (!row) break;
    if (await sendOne(s, row, nowMs)) sent += 1;
  }
  return sent;
}
