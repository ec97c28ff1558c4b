/** Plays the people of the demo who opened their mail: two in three confirm, within hours; a few withdraw later. */

import { confirmOptIn } from '../collector/people/confirmation.ts';
import { sha256 } from '../collector/people/sha256.ts';
import { withdrawOptIn } from '../collector/people/withdraw.ts';

const AT_ONCE = 50;
const HOUR_MS = 3_600_000;

/** Confirms opt-ins through the real confirmation, each with a token only it knows, at a moment after its submission. */
export async function confirmSome(env: Env, site: number, random: () => number, nowMs: number): Promise<void> {
  const { results } = await env.PEOPLE.prepare(
    "SELECT id, person, received_at FROM opt_ins WHERE site = ?1 AND state = 'pending' ORDER BY received_at",
  )
    .bind(site)
    .all<{ id: string; person: string; received_at: number }>();
  const chosen = results
    .filter(() => random() < 0.66)
    .map((row) => ({ ...row, token: crypto.randomUUID(), at: row.received_at + (0.1 + random() * 20) * HOUR_MS }));
  for (let i = 0; i < chosen.length; i += AT_ONCE) {
    const some = chosen.slice(i, i + AT_ONCE).filter((row) => row.at < nowMs);
    await env.PEOPLE.prepare(
      'UPDATE opt_ins SET confirm_token_hash = j.value->>1 FROM json_each(?2) j WHERE opt_ins.site = ?1 AND opt_ins.id = j.value->>0',
    )
      .bind(site, JSON.stringify(some.map((row) => [row.id, sha256(row.token)])))
      .run();
    for (const row of some) {
      await confirmOptIn(env, row.token, Math.round(row.at));
      // Some change their minds within days.
      const [changes, after] = [random() < 0.06, row.at + random() * 240 * HOUR_MS];
      if (changes && after < nowMs)
        await withdrawOptIn(env.PEOPLE, { site, person: row.person }, { at: Math.round(after), method: 'page' });
    }
  }
  // Nobody waits for the mails of the past: only those of people who join the demo are sent.
  await env.PEOPLE.prepare("UPDATE mails SET sealed = '', sent_at = created_at WHERE site = ?1 AND sent_at IS NULL")
    .bind(site)
    .run();
  await env.PEOPLE.prepare("UPDATE opt_ins SET state = 'expired' WHERE site = ?1 AND state = 'pending' AND received_at < ?2")
    .bind(site, nowMs - 168 * HOUR_MS)
    .run();
}
