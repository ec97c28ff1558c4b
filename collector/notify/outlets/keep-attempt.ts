/** What an attempt changes: the delivery, its log, and the outlet when it worked, asked for rest, or will not be tried again. */
import { type Attempt, nextAttemptAt } from './attempt.ts';
import type { Delivering, Due } from './delivering.ts';

export async function keepAttempt(
  { people, now, random }: Delivering,
  outlet: { id: string },
  due: Due,
  attempt: Attempt,
): Promise<void> {
  const nowMs = now();
  // Who is limited is not failing: such an attempt is in the log and does not count.
  const attempts = due.attempts + (attempt.outcome === 'limited' ? 0 : 1);
  const next = nextAttemptAt(Math.max(attempts, 1), nowMs, random, attempt.retryAfterMs);
  const state =
    attempt.outcome === 'delivered' ? 'delivered' : attempt.outcome === 'gone' || next === null ? 'failed' : 'waiting';
  const list = [
    people
      .prepare(
        'INSERT INTO delivery_attempts (delivery, at, status, duration_ms, outcome, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
      )
      .bind(due.id, nowMs, attempt.status, attempt.durationMs, attempt.outcome, attempt.answer),
    people
      .prepare('UPDATE deliveries SET state = ?2, attempts = ?3, next_at = ?4, claimed_until = NULL WHERE id = ?1')
      .bind(due.id, state, attempts, next ?? nowMs),
  ];
  if (state === 'delivered') list.push(people.prepare('UPDATE outlets SET worked_at = ?2 WHERE id = ?1').bind(outlet.id, nowMs));
  if (state === 'waiting' && attempt.retryAfterMs !== null)
    list.push(people.prepare('UPDATE outlets SET rest_until = ?2 WHERE id = ?1').bind(outlet.id, nowMs + attempt.retryAfterMs));
  if (state === 'failed') {
    // Gone is said at once. Failing is: a message was tried for days, and not one other arrived in all that time.
    const whole = attempt.outcome === 'gone' ? 'true' : 'coalesce(worked_at, 0) <= (SELECT at FROM deliveries WHERE id = ?4)';
    const why = attempt.outcome === 'gone' ? 'gone' : 'failing';
    list.push(
      people
        .prepare(
          `UPDATE outlets SET ended_at = ?2, ended_why = ?3 WHERE id = ?1 AND ended_at IS NULL AND ${whole} AND ?4 IS NOT NULL`,
        )
        .bind(outlet.id, nowMs, why, due.id),
      people
        .prepare(
          `UPDATE deliveries SET state = 'failed', claimed_until = NULL WHERE outlet = ?1 AND state = 'waiting'
             AND EXISTS (SELECT 1 FROM outlets WHERE id = ?1 AND ended_at IS NOT NULL)`,
        )
        .bind(outlet.id),
    );
  }
  await people.batch(list);
}
