/** Opt-ins that nobody confirmed, or decided about, in their time: the address goes, the count stays. */
import { LINK_VALID_MS, WAIT_VALID_MS } from './opt-in-row.ts';

/** Expires what is due; safe to run at any time. */
export async function expireOptIns(people: D1Database, nowMs: number): Promise<void> {
  await people.batch([
    people
      .prepare(
        `UPDATE opt_ins SET state = 'expired', confirm_token_hash = NULL WHERE state IN ('pending', 'held')
           AND coalesce(asked_at, received_at) < CASE WHEN state = 'pending' AND confirmed_by = 'mail' THEN ?1 ELSE ?2 END`,
      )
      .bind(nowMs - LINK_VALID_MS, nowMs - WAIT_VALID_MS),
    // A mail that could not leave in all that time would bring a dead link.
    people
      .prepare(
        "UPDATE mails SET sealed = '', failed_at = ?2, failure = 'expired' WHERE kind = 'confirmation' AND sent_at IS NULL AND failed_at IS NULL AND created_at < ?1",
      )
      .bind(nowMs - LINK_VALID_MS, nowMs),
    // Only persons whose every opt-in is over: another one may still wait.
    people
      .prepare(
        `UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE confirmed_at IS NULL AND address_sealed IS NOT NULL AND created_at < ?1
           AND NOT EXISTS (SELECT 1 FROM opt_ins WHERE opt_ins.person = persons.id AND opt_ins.state IN ('pending', 'held', 'confirmed'))`,
      )
      .bind(nowMs - LINK_VALID_MS),
  ]);
}
