/** Opt-ins that nobody confirmed within seven days: the address goes, the count stays. */

const VALID_MS = 7 * 86_400_000;

/** Expires what is due; safe to run at any time. */
export async function expireOptIns(people: D1Database, nowMs: number): Promise<void> {
  await people.batch([
    people
      .prepare("UPDATE opt_ins SET state = 'expired', confirm_token_hash = NULL WHERE state = 'pending' AND received_at < ?1")
      .bind(nowMs - VALID_MS),
    // Only persons whose every opt-in is over: another one may still wait.
    people
      .prepare(
        `UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE confirmed_at IS NULL AND address_sealed IS NOT NULL AND created_at < ?1
           AND NOT EXISTS (SELECT 1 FROM opt_ins WHERE opt_ins.person = persons.id AND opt_ins.state IN ('pending', 'held', 'confirmed'))`,
      )
      .bind(nowMs - VALID_MS),
  ]);
}
