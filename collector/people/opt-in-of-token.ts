/** What a mailed link names: its own opt-in, and those of the same address that its page confirms with it. */
import { LINK_VALID_MS, type OptInRow } from './opt-in-row.ts';
import { sha256 } from './sha256.ts';

/** One link may confirm what was asked for several times; nobody reads a longer list. */
const TOGETHER = 10;

export async function optInOfToken(people: D1Database, token: string): Promise<OptInRow | null> {
  return people.prepare('SELECT * FROM opt_ins WHERE confirm_token_hash = ?1').bind(sha256(token)).first<OptInRow>();
}

/**
 * The sign-up a link was mailed for, and those of the same address that came until a moment and wait too: only one mail a day goes
 * to an address, so its link answers for all of them.
 */
export async function readTogether(
  people: D1Database,
  own: OptInRow,
  nowMs: number,
  until: number,
): Promise<(OptInRow & { store_name: string | null })[]> {
  const { results } = await people
    .prepare(
      `SELECT o.*, (SELECT name FROM stores WHERE stores.id = o.store) AS store_name FROM opt_ins o WHERE o.person = ?1 AND o.site = ?2 AND (o.id = ?3
         OR (o.state = 'pending' AND o.confirmed_by = 'mail' AND coalesce(o.asked_at, o.received_at) >= ?4 AND o.received_at <= ?5))
       ORDER BY o.id = ?3 DESC, o.received_at DESC LIMIT ${TOGETHER}`,
    )
    .bind(own.person, own.site, own.id, nowMs - LINK_VALID_MS, until)
    .all<OptInRow & { store_name: string | null }>();
  return results;
}
