/** A person's decision about an opt-in that was held: the confirmation mail goes after all, or the address is forgotten. */
import { announce } from '../notify/webhooks/announce.ts';
import type { Site } from '../store/sites.ts';
import { unseal } from './address.ts';
import { announcedOf } from './confirm-rows.ts';
import { appendEntries, forEach, headOf, isChainTaken } from './ledger.ts';
import { type OptInRow, standingOf } from './opt-in-row.ts';
import { queueConfirmation } from './queue-confirmation.ts';
import { sha256 } from './sha256.ts';

type Env = { PEOPLE: D1Database; ADDRESS_SECRET: string; INDEX_SECRET: string };
type HeldRow = OptInRow & { address_sealed: string | null; store_name: string | null; store_zone: string | null };
export type Decision = { site: Site; id: string; by: string; nowMs: number; random: (bytes: number) => Uint8Array };

const HELD = `SELECT o.*, p.address_sealed, s.name AS store_name, s.zone AS store_zone FROM opt_ins o JOIN persons p ON p.id = o.person
  LEFT JOIN stores s ON s.id = o.store WHERE o.site = ?1 AND o.id = ?2 AND o.state = 'held'`;

async function addressOf(env: Env, row: HeldRow): Promise<string | null> {
  return row.address_sealed === null
    ? null
    : unseal(env.ADDRESS_SECRET, `${row.site}|person|${row.person}|address`, row.address_sealed);
}

/**
 * Lets the confirmation mail go, by the rules of every other: one a day for an address, no night in the store. The link's seven days
 * begin now.
 *
 * @param d `by` is `user ID`.
 * @returns false when it is not held any more, or its address is gone.
 */
export async function sendHeld(env: Env, { site, id, by, nowMs, random }: Decision): Promise<boolean> {
  const people = env.PEOPLE;
  for (let attempt = 0; ; attempt += 1) {
    const named = await people.prepare(HELD).bind(site.id, id).first<HeldRow>();
    if (!named) return false;
    const head = await headOf(people, named.person);
    const row = await people.prepare(HELD).bind(site.id, id).first<HeldRow>();
    const address = row && (await addressOf(env, row));
    if (!row || address === null) return false;
    const token = Buffer.from(random(32)).toString('base64url');
    const { person, language, captured_at: capturedAt, store_name: name, store_zone: zone } = row;
    const store = name !== null && zone !== null ? { name, zone } : null;
    const wanted = { site, person, address, language, token, capturedAt, store, askedAt: nowMs };
    const about = { person, site: site.id, optIn: id, at: nowMs, detail: { method: 'released', by } };
    try {
      await people.batch([
        people
          .prepare(
            "UPDATE opt_ins SET state = 'pending', asked_at = ?3, confirm_token_hash = ?4 WHERE site = ?1 AND id = ?2 AND state = 'held'",
          )
          .bind(site.id, id, nowMs, sha256(token)),
        ...appendEntries(people, forEach(standingOf(row), { ...about, kind: 'pending' }), head, random),
        ...announce(people, { site: site.id, type: 'optin.submitted', data: announcedOf(row), at: nowMs, id }),
        ...(row.confirmed_by === 'mail' ? await queueConfirmation(people, env, wanted, random) : []),
      ]);
      return true;
    } catch (error) {
      if (attempt >= 3 || !isChainTaken(error)) throw error;
    }
  }
}

/**
 * Drops it: no mail, and the address goes unless the person has another sign-up that stands. The count stays.
 *
 * @returns false when it is not held any more.
 */
export async function dropHeld(people: D1Database, site: number, id: string): Promise<boolean> {
  const [dropped] = await people.batch([
    people
      .prepare(
        "UPDATE opt_ins SET state = 'expired', confirm_token_hash = NULL WHERE site = ?1 AND id = ?2 AND state = 'held' RETURNING id",
      )
      .bind(site, id),
    people
      .prepare(
        `UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE confirmed_at IS NULL
           AND id = (SELECT person FROM opt_ins WHERE site = ?1 AND id = ?2 AND state = 'expired')
           AND NOT EXISTS (SELECT 1 FROM opt_ins WHERE opt_ins.person = persons.id AND opt_ins.state IN ('pending', 'held', 'confirmed'))`,
      )
      .bind(site, id),
  ]);
  return (dropped?.results.length ?? 0) > 0;
}
