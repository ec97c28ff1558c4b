/** Gives parked messages back to the queue: what could not be committed then is committed now, by the same consumer. */

/** The reason under which the dead-letter consumer parks: nothing was wrong with these messages but the moment. */
export const DEAD_LETTER = 'dead letter';

/**
 * Sends parked messages to the queue, oldest first. Sent before it is marked, so a crash in between sends it twice, which
 * changes nothing; one that fails again is parked again, under a new id.
 *
 * @param reason only messages parked for it; null takes all of them, e.g. after a release that mended what they broke on.
 * @returns how many were sent.
 * @throws when the database or the queue fails: what was not marked is sent by the next run.
 */
export async function replayParked(
  events: D1Database,
  spillway: Pick<Queue, 'send'>,
  nowMs: number,
  limit: number,
  reason: string | null = DEAD_LETTER,
): Promise<number> {
  const { results } = await events
    .prepare(
      'SELECT id, body FROM parked WHERE replayed_at IS NULL AND (?1 IS NULL OR reason = ?1) ORDER BY at, id LIMIT cast(?2 AS INTEGER)',
    )
    .bind(reason, limit)
    .all<{ id: string; body: string }>();
  for (const { id, body } of results) {
    await spillway.send(JSON.parse(body), { contentType: 'json' });
    await events.prepare('UPDATE parked SET replayed_at = ?2 WHERE id = ?1').bind(id, nowMs).run();
  }
  return results.length;
}
