/** Writes into the ledger that the confirmation was mailed: to the address itself, and to nobody else. */
import { appendEntries, forEach, headOf } from './ledger.ts';
import { type OptInRow, standingOf } from './opt-in-row.ts';
import { sha256 } from './sha256.ts';

/** @param token of the link that was mailed. What was confirmed or withdrawn meanwhile has its own entries, and needs none of this. */
export async function notePending(people: D1Database, token: string, at: number): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const row = await people.prepare('SELECT * FROM opt_ins WHERE confirm_token_hash = ?1').bind(sha256(token)).first<OptInRow>();
    if (row?.state !== 'pending') return;
    const { person, site, id: optIn } = row;
    const entry = { person, site, optIn, kind: 'pending' as const, at, detail: { method: 'mail', sentTo: 'the address itself' } };
    try {
      await people.batch(appendEntries(people, forEach(standingOf(row), entry), await headOf(people, person)));
      return;
    } catch (error) {
      // Confirmed, withdrawn or mailed again at the same moment: what stands says more than this.
      if (/cannot follow/.test(String(error))) return;
      if (!/UNIQUE constraint failed/.test(String(error))) throw error;
    }
  }
}
