/** The brand's own e-mail tool owns the double opt-in: it asked the person, and says so by the API. */
import { relayOptIns } from '../ingest/relay-opt-ins.ts';
import type { Shards } from '../store/shards.ts';
import { confirmRows } from './confirm-rows.ts';
import { headOf, isChainTaken } from './ledger.ts';
import { type OptInRow, stateOf } from './opt-in-row.ts';

const RELAY_AT_ONCE = 50;
export type ToolAnswer = 'confirmed' | 'withdrawn' | 'expired' | 'held' | 'unknown' | 'not_the_tools';

/**
 * Confirms one opt-in that the tool was to confirm; again is a success. One that our own mail is to confirm is not the tool's: nobody
 * but the mailbox proves that.
 *
 * @param by `token ID`: the ledger says who called.
 */
export async function confirmByTool(
  env: Shards & { PEOPLE: D1Database },
  sites: readonly number[],
  id: string,
  by: string,
  nowMs: number,
): Promise<ToolAnswer> {
  const people = env.PEOPLE;
  const read = () =>
    people
      .prepare('SELECT * FROM opt_ins WHERE id = ?1 AND site IN (SELECT value FROM json_each(?2)) LIMIT 1')
      .bind(id, JSON.stringify(sites))
      .first<OptInRow>();
  for (let attempt = 0; ; attempt += 1) {
    const named = await read();
    if (!named) return 'unknown';
    const head = await headOf(people, named.person);
    const row = await read();
    if (!row) return 'unknown';
    if (row.confirmed_by !== 'tool') return 'not_the_tools';
    if (row.state === 'held') return 'held';
    const state = stateOf(row, nowMs);
    if (state !== 'pending') return state;
    try {
      await confirmRows(people, [row], head, { method: "the brand's e-mail tool", by }, nowMs);
      await relayOptIns(people, env, RELAY_AT_ONCE).catch(() => 0);
      return 'confirmed';
    } catch (error) {
      if (attempt >= 3 || !isChainTaken(error)) throw error;
    }
  }
}
