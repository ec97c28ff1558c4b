/** Withdrawal: the one way in which consent ends, whoever brings the word of it. */
import { announce } from '../notify/webhooks/announce.ts';
import { appendEntries, forEach, headOf, isChainTaken } from './ledger.ts';
import { unlink } from './links.ts';
import { type RelaySource, relayAgain } from './relay-again.ts';

/** A batch of D1 carries this many with ease; a person with more is worked off in turns. */
const AT_ONCE = 40;
type Row = RelaySource & { state: string; confirmed_at: number | null; linked: number };

/** What is still standing: the opt-ins themselves, or the promise to link visits that some of them carry. */
const STANDING = {
  news: "state IN ('pending', 'held', 'confirmed')",
  link: "state IN ('pending', 'held', 'confirmed') AND link_withdrawn_at IS NULL AND json_extract(boxes, '$.link') = 1",
} as const;

/**
 * Withdraws what a person agreed to at a site. `news`, or no purpose, ends the opt-ins as a whole: linking rests on the same
 * address and cannot stand without it. `link` ends the linking of visits only, and mails may go on. In one transaction: the
 * state, one ledger entry for each opt-in, the links of visitors, the mails that wait, and the fact to relay
 * (`relayOptIns` brings it to EVENTS; cron does so within a minute). An address that was never confirmed is forgotten.
 * A repeat finds nothing left and changes nothing.
 *
 * @param how when, in epoch ms, and through what: `one-click`, `page`, `my-data`, `webhook brevo`, `user ID` …; never an address.
 *   `kind` when it was no decision of the person's: a mail that came back, or was called spam.
 * @returns how many opt-ins were withdrawn by this call.
 * @throws when PEOPLE does not answer: the caller must not say it is done.
 */
export async function withdrawOptIn(
  people: D1Database,
  who: { site: number; person: string; purpose?: 'news' | 'link' },
  how: { at: number; method: string; kind?: 'withdrawn' | 'bounced' | 'complained' },
): Promise<number> {
  let withdrawn = 0;
  for (let collisions = 0; ; ) {
    try {
      const taken = await withdrawSome(people, who, how);
      withdrawn += taken;
      if (taken < AT_ONCE) return withdrawn;
    } catch (error) {
      // Somebody else took the ledger's next place: read again, and see what is still standing.
      collisions += 1;
      if (collisions > 5 || !isChainTaken(error)) throw error;
    }
  }
}

async function withdrawSome(
  people: D1Database,
  { site, person, purpose = 'news' }: Parameters<typeof withdrawOptIn>[1],
  { at, method, kind = 'withdrawn' }: Parameters<typeof withdrawOptIn>[2],
): Promise<number> {
  // The head first: whatever is written between the two readings makes the batch below collide with it.
  const head = await headOf(people, person);
  const { results } = await people
    .prepare(
      `SELECT site, id, state, confirmed_at, captured_at, visitor, kiosk, store, host, path, touchpoint, relay,
         coalesce(json_extract(boxes, '$.link') = 1 AND link_withdrawn_at IS NULL, 0) AS linked FROM opt_ins
       WHERE person = ?1 AND site = ?2 AND ${STANDING[purpose]} ORDER BY received_at, id LIMIT ${AT_ONCE}`,
    )
    .bind(person, site)
    .all<Row>();
  if (results.length === 0) return 0;
  // One entry for each purpose that ends.
  const entries = results.flatMap((row) =>
    forEach(purpose === 'link' ? ['link'] : row.linked ? ['news', 'link'] : ['news'], {
      person,
      site,
      optIn: row.id,
      kind,
      at,
      detail: { method },
    }),
  );
  const end = purpose === 'link' ? endLinks(people, results, at) : endOptIns(people, results, at);
  const about = { site, person, at, left: STANDING.news };
  const told = results.flatMap(({ id }) =>
    announce(people, { site, type: 'optin.withdrawn', data: { opt_in: id, person, reason: kind }, at, id }),
  );
  await people.batch([
    ...appendEntries(people, entries, head),
    end,
    ...endWhatHangsOnIt(people, about),
    // Whoever mails must know; who links visits is ourselves.
    ...(purpose === 'news' ? told : []),
  ]);
  return results.length;
}

function endOptIns(people: D1Database, rows: Row[], at: number): D1PreparedStatement {
  const ended = rows.map((row) => [row.id, relayAgain(row, { confirmedAt: row.confirmed_at, endedAt: at })]);
  return people
    .prepare(
      `UPDATE opt_ins SET state = 'withdrawn', withdrawn_at = ?3, relay = j.value->>1 FROM json_each(?1) j
       WHERE opt_ins.site = ?2 AND opt_ins.id = j.value->>0`,
    )
    .bind(JSON.stringify(ended), rows[0]?.site ?? 0, at);
}

function endLinks(people: D1Database, rows: Row[], at: number): D1PreparedStatement {
  return people
    .prepare(
      'UPDATE opt_ins SET link_withdrawn_at = ?3 WHERE site = ?2 AND id IN (SELECT value FROM json_each(?1)) AND link_withdrawn_at IS NULL',
    )
    .bind(JSON.stringify(rows.map(({ id }) => id)), rows[0]?.site ?? 0, at);
}

/** Links of visitors end now; a mail that waits goes when no opt-in stands any more, and so does an address nobody confirmed. */
function endWhatHangsOnIt(
  people: D1Database,
  { site, person, at, left }: { site: number; person: string; at: number; left: string },
): D1PreparedStatement[] {
  const none = `NOT EXISTS (SELECT 1 FROM opt_ins WHERE opt_ins.person = ?1 AND ${left})`;
  return [
    ...unlink(people, { site, person, at }),
    people
      .prepare(
        `UPDATE mails SET sealed = '', failed_at = ?2, failure = 'withdrawn' WHERE person = ?1 AND kind = 'confirmation' AND sent_at IS NULL AND failed_at IS NULL AND ${none}`,
      )
      .bind(person, at),
    people
      .prepare(
        `UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE id = ?1 AND confirmed_at IS NULL AND ${none}`,
      )
      .bind(person),
  ];
}
