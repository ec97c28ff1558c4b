/** Mails that wait, as rows: claimed by one sender at a time, and settled by what became of the attempt. */
import type { Attempt } from './mailer.ts';

/** A sender that says nothing for so long is gone. Longer than any attempt may take. */
const CLAIM_MS = 120_000;
/** How long to wait after the first, second … failure: all within a day, so that the next day's mail cannot meet this one. */
export const RETRIES_MS = [60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000] as const;
/** An attempt that nobody heard of is repeated soon, while the provider still knows the mail's id. */
const UNHEARD_MS = 60_000;

export type Claimed = {
  id: string;
  site: number;
  person: string;
  kind: string;
  language: string;
  sealed: string;
  brand: string;
  siteZone: string;
  /** Zone of the store whose night it keeps. */
  zone: string | null;
  attempts: number;
  /** How long ago it was first handed over without an answer; 0 = never. */
  unknownForMs: number;
};
type Row = Omit<Claimed, 'unknownForMs'> & { unknownAt: number };

/** Claims the mail that is due longest, or null when none is. It counts as handed over until `settle` says otherwise. */
export async function claimMail(people: D1Database, nowMs: number): Promise<Claimed | null> {
  const row = await people
    .prepare(
      `UPDATE mails SET claimed_at = ?1, attempts = attempts + 1, unknown_at = coalesce(unknown_at, ?1) WHERE id = (SELECT id FROM mails
         WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= ?1 AND (claimed_at IS NULL OR claimed_at < ?1 - ${CLAIM_MS}) ORDER BY due_at LIMIT 1)
       RETURNING id, site, person, kind, language, sealed, zone, attempts, unknown_at AS unknownAt,
         (SELECT name FROM sites WHERE sites.id = mails.site) AS brand, (SELECT zone FROM sites WHERE sites.id = mails.site) AS siteZone`,
    )
    .bind(nowMs)
    .first<Row>();
  return row ? { ...row, unknownForMs: nowMs - row.unknownAt } : null;
}

/** `night`: it was not even tried, the store sleeps. */
export type Outcome = Attempt | { outcome: 'night' };

/** What a row says after an outcome: given up, or due again. */
function nextOf(row: Claimed, outcome: Exclude<Outcome, { outcome: 'sent' }>, nowMs: number): { due: number } | { why: string } {
  switch (outcome.outcome) {
    case 'never':
      return { why: outcome.why };
    case 'night':
      return { due: nowMs };
    case 'unknown':
      return { due: nowMs + UNHEARD_MS };
    case 'later': {
      const wait = RETRIES_MS[row.attempts - 1];
      return wait === undefined ? { why: outcome.why } : { due: nowMs + Math.max(wait, outcome.afterMs ?? 0) };
    }
  }
}

/**
 * Writes down what became of a claimed mail.
 *
 * @param openAt the first moment from another on at which this mail may leave.
 * @param index blind index of the address that was mailed: none other goes there within a day.
 */
export async function settle(
  people: D1Database,
  row: Claimed,
  outcome: Outcome,
  { nowMs, openAt, index }: { nowMs: number; openAt: (at: number) => number; index?: string | undefined },
): Promise<void> {
  if (outcome.outcome === 'sent') {
    // What was sent need not be opened again: the sealed recipient goes, the fact that a mail left stays.
    const sent = people
      .prepare("UPDATE mails SET sent_at = ?2, sealed = '', failure = NULL, unknown_at = NULL WHERE id = ?1")
      .bind(row.id, nowMs);
    const mailed = people
      // The row may be gone: a mail that is tried for a day outlives the day that counted from its sign-up.
      .prepare(
        `INSERT INTO mailed_addresses (site, address_index, at) SELECT ?1, ?2, ?3 WHERE ?2 <> '' AND EXISTS (SELECT 1 FROM mails WHERE id = ?4)
         ON CONFLICT (site, address_index) DO UPDATE SET at = max(at, excluded.at)`,
      )
      .bind(row.site, index ?? '', nowMs, row.id);
    await people.batch([sent, mailed]);
    return;
  }
  const next = nextOf(row, outcome, nowMs);
  if ('why' in next) {
    await people
      .prepare("UPDATE mails SET failed_at = ?2, failure = ?3, sealed = '', unknown_at = NULL WHERE id = ?1")
      .bind(row.id, nowMs, next.why)
      .run();
    return;
  }
  const tried = outcome.outcome !== 'night';
  await people
    .prepare(
      'UPDATE mails SET due_at = ?2, claimed_at = NULL, attempts = ?3, failure = coalesce(?4, failure), unknown_at = ?5 WHERE id = ?1',
    )
    .bind(
      row.id,
      openAt(next.due),
      tried ? row.attempts : row.attempts - 1,
      tried ? outcome.why : null,
      outcome.outcome === 'later' || (row.unknownForMs === 0 && !tried) ? null : nowMs - row.unknownForMs,
    )
    .run();
}
