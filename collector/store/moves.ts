/** Sites on their way from one database of facts to another: the states of both sides (docs/decisions/009). */

/** Of the side that is left: 1 changes are noted, 2 nothing is written, 3 the site lives elsewhere. Of the other: 9 receives. */
export const NOTING = 1;
export const FENCED = 2;
export const GONE = 3;
export const RECEIVING = 9;
/** An isolate may read for a minute, and a cron run for some more, where a site was: what it left stays that long. */
export const STAY_MS = 15 * 60_000;

export type Move = { site: number; state: number; other: string; cursor: string; at: number };

export async function moveOf(db: D1Database, site: number): Promise<Move | null> {
  return db.prepare('SELECT site, state, other, cursor, at FROM moves WHERE site = ?1').bind(site).first<Move>();
}

/** All moves that a database takes part in, those long over excepted. */
export async function openMoves(db: D1Database): Promise<Move[]> {
  const { results } = await db
    .prepare("SELECT site, state, other, cursor, at FROM moves WHERE NOT (state = ?1 AND cursor = 'done')")
    .bind(GONE)
    .all<Move>();
  return results;
}

/** Makes the row of one side unless there is one. */
export async function enterMove(db: D1Database, move: Move): Promise<void> {
  await db
    .prepare('INSERT INTO moves (site, state, other, cursor, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (site) DO NOTHING')
    .bind(move.site, move.state, move.other, move.cursor, move.at)
    .run();
}

/** Goes from one state to the next; nothing happens when somebody else did. */
export async function passTo(db: D1Database, from: Move, state: number, cursor: string, nowMs: number): Promise<void> {
  await db
    .prepare('UPDATE moves SET state = ?4, cursor = ?5, at = ?6 WHERE site = ?1 AND state = ?2 AND cursor = ?3')
    .bind(from.site, from.state, from.cursor, state, cursor, nowMs)
    .run();
}

/** Moves the cursor on, in the transaction of what it stands for. */
export const advance = (db: D1Database, from: Move, cursor: string): D1PreparedStatement =>
  db
    .prepare('UPDATE moves SET cursor = ?4 WHERE site = ?1 AND state = ?2 AND cursor = ?3')
    .bind(from.site, from.state, from.cursor, cursor);

/** Fails the transaction unless the move stands where it was read: for steps that must not be done twice. */
export const onlyFrom = (db: D1Database, from: Move): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO moves (site, state, other, cursor, at) SELECT NULL, 0, '', '', 0
       WHERE NOT EXISTS (SELECT 1 FROM moves WHERE site = ?1 AND state = ?2 AND cursor = ?3)`,
    )
    .bind(from.site, from.state, from.cursor);

/** Ends the move on one side. What was noted meanwhile goes with it: nobody reads it any more. */
export async function leaveMove(db: D1Database, move: Move): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM moves WHERE site = ?1 AND state = ?2').bind(move.site, move.state),
    db.prepare('DELETE FROM moved_rows WHERE site = ?1 AND NOT EXISTS (SELECT 1 FROM moves WHERE site = ?1)').bind(move.site),
  ]);
}
