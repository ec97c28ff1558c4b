/** What was sent to an outlet, how each attempt went, and sending it again. */
import { OUTCOMES, type Outcome } from './attempt.ts';

export type LoggedAttempt = { at: number; status: number | null; durationMs: number; outcome: Outcome; answer: string };
export type LoggedDelivery = {
  id: string;
  message: string;
  type: string;
  at: number;
  state: 'waiting' | 'delivered' | 'failed';
  /** When it is tried next; null when it is over. */
  nextAt: number | null;
  /** Oldest first; those before a replay are among them. */
  attempts: LoggedAttempt[];
};
type Row = { id: string; announcement: string; type: string; at: number; state: string; next_at: number };
type AttemptRow = { delivery: string; at: number; status: number | null; duration_ms: number; outcome: string; answer: string };

const outcomeOf = (text: string): Outcome => OUTCOMES.find((one) => one === text) ?? 'broken';
const stateOf = (text: string): LoggedDelivery['state'] => (text === 'waiting' || text === 'delivered' ? text : 'failed');

/** The last deliveries of an outlet, the newest act first. */
export async function readDeliveries(people: D1Database, outlet: string, limit: number): Promise<LoggedDelivery[]> {
  const { results } = await people
    .prepare(
      `SELECT d.id, d.announcement, a.type, d.at, d.state, d.next_at FROM deliveries d JOIN announcements a ON a.id = d.announcement
       WHERE d.outlet = ?1 ORDER BY d.at DESC, d.id LIMIT ?2`,
    )
    .bind(outlet, limit)
    .all<Row>();
  const { results: tried } = await people
    .prepare('SELECT t.* FROM json_each(?1) j CROSS JOIN delivery_attempts t ON t.delivery = j.value ORDER BY t.at')
    .bind(JSON.stringify(results.map(({ id }) => id)))
    .all<AttemptRow>();
  return results.map((row) => ({
    id: row.id,
    message: row.announcement,
    type: row.type,
    at: row.at,
    state: stateOf(row.state),
    nextAt: row.state === 'waiting' ? row.next_at : null,
    attempts: tried
      .filter(({ delivery }) => delivery === row.id)
      .map(({ at, status, duration_ms, outcome, answer }) => ({
        at,
        status,
        durationMs: duration_ms,
        outcome: outcomeOf(outcome),
        answer,
      })),
  }));
}

/** Sends a delivery again, under the id it had: a receiver that has seen it may drop it. @returns false when there is none to send. */
export async function replayDelivery(
  people: D1Database,
  site: number,
  outlet: string,
  delivery: string,
  nowMs: number,
): Promise<boolean> {
  const { meta } = await people
    .prepare(
      `UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = ?4, claimed_until = NULL WHERE id = ?3 AND outlet = ?2
         AND EXISTS (SELECT 1 FROM outlets WHERE id = ?2 AND site = ?1 AND ended_at IS NULL)`,
    )
    .bind(site, outlet, delivery, nowMs)
    .run();
  return meta.changes > 0;
}

/** Asks for a test message to one outlet. @returns false when the site has no such outlet, or it has ended. */
export async function askForTest(people: D1Database, site: number, outlet: string, nowMs: number, id: string): Promise<boolean> {
  const found = 'FROM outlets o WHERE o.id = ?3 AND o.site = ?2 AND o.ended_at IS NULL';
  const [, delivery] = await people.batch([
    people
      .prepare(
        `INSERT INTO announcements (id, site, type, data, at) SELECT ?1, ?2, 'test', json_object('webhook', ?3), ?4 ${found}`,
      )
      .bind(id, site, outlet, nowMs),
    people
      .prepare(`INSERT INTO deliveries (id, announcement, outlet, at, next_at) SELECT ?1 || '.' || ?3, ?1, ?3, ?4, ?4 ${found}`)
      .bind(id, site, outlet, nowMs),
  ]);
  return (delivery?.meta.changes ?? 0) > 0;
}

/** What was announced so long ago is no news: message, deliveries and log go together. */
const KEEP_MS = 30 * 86_400_000;
const AT_ONCE = 500;

/** Forgets old announcements, some of them each time. */
export async function forgetAnnouncements(people: D1Database, nowMs: number): Promise<void> {
  const old = `SELECT id FROM announcements WHERE at < ?1 ORDER BY at LIMIT ${AT_ONCE}`;
  const before = nowMs - KEEP_MS;
  await people.batch([
    people
      .prepare(`DELETE FROM delivery_attempts WHERE delivery IN (SELECT id FROM deliveries WHERE announcement IN (${old}))`)
      .bind(before),
    people.prepare(`DELETE FROM deliveries WHERE announcement IN (${old})`).bind(before),
    people.prepare(`DELETE FROM announcements WHERE id IN (${old})`).bind(before),
  ]);
}
