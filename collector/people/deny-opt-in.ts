/** "Not me": what was asked for in somebody's name ends, and with it the address, unless its owner has subscribed before. */
import { announce } from '../notify/webhooks/announce.ts';
import { appendEntries, forEach, headOf, isChainTaken, type LedgerEntry } from './ledger.ts';
import { optInOfToken } from './opt-in-of-token.ts';
import { type OptInRow, standingOf, stateOf } from './opt-in-row.ts';

/** As many of one person's waiting sign-ups end in one batch; the address is gone in any case, and the rest expires. */
const AT_ONCE = 40;

/**
 * Ends every sign-up of the address that waits. Its link is dead afterwards.
 *
 * @returns `erased`: the address is gone; `dropped`: it stays, because its owner confirmed an earlier sign-up; null: nothing waited.
 */
export async function denyOptIn(env: { PEOPLE: D1Database }, token: string, nowMs: number): Promise<'erased' | 'dropped' | null> {
  const people = env.PEOPLE;
  for (let attempt = 0; ; attempt += 1) {
    const own = await optInOfToken(people, token);
    if (!own || stateOf(own, nowMs) !== 'pending') return null;
    const head = await headOf(people, own.person);
    const { results } = await people
      .prepare(
        `SELECT o.*, p.confirmed_at IS NOT NULL AS subscribed FROM opt_ins o JOIN persons p ON p.id = o.person
         WHERE o.person = ?1 AND o.site = ?2 AND o.state IN ('pending', 'held') ORDER BY o.id = ?3 DESC, o.received_at LIMIT ${AT_ONCE}`,
      )
      .bind(own.person, own.site, own.id)
      .all<OptInRow & { subscribed: number }>();
    const subscribed = results[0]?.subscribed === 1;
    try {
      await people.batch(endAll(people, results, subscribed, head, nowMs));
      return subscribed ? 'dropped' : 'erased';
    } catch (error) {
      // It was confirmed at the same moment, or asked for once more: see what stands now.
      if (attempt >= 3 || !isChainTaken(error)) throw error;
    }
  }
}

function endAll(
  people: D1Database,
  rows: readonly OptInRow[],
  subscribed: boolean,
  head: Parameters<typeof appendEntries>[2],
  nowMs: number,
): D1PreparedStatement[] {
  const { person, site } = rows[0] ?? { person: '', site: 0 };
  // Who has subscribed is not erased: only this asking ends.
  const entries = rows.flatMap((row): LedgerEntry[] => {
    const about = { person, site, optIn: row.id, at: nowMs, detail: { method: 'not me' } };
    return subscribed ? forEach(standingOf(row), { ...about, kind: 'withdrawn' }) : [{ ...about, kind: 'erased' }];
  });
  return [
    people
      .prepare(
        `UPDATE opt_ins SET state = 'withdrawn', withdrawn_at = ?2, confirm_token_hash = NULL
         WHERE site = ?1 AND person = ?3 AND state IN ('pending', 'held')`,
      )
      .bind(site, nowMs, person),
    people
      .prepare('UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE id = ?1 AND confirmed_at IS NULL')
      .bind(person),
    people
      .prepare(
        "UPDATE mails SET sealed = '', failed_at = CASE WHEN sent_at IS NULL THEN coalesce(failed_at, ?2) END, failure = CASE WHEN sent_at IS NULL THEN coalesce(failure, 'withdrawn') END WHERE person = ?1 AND kind = 'confirmation'",
      )
      .bind(person, nowMs),
    ...appendEntries(people, entries, head),
    ...rows.flatMap(({ id }) =>
      announce(people, { site, type: 'optin.withdrawn', data: { opt_in: id, person, reason: 'denied' }, at: nowMs, id }),
    ),
  ];
}
