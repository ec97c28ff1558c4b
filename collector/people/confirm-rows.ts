/** Confirms opt-ins of one person: state, ledger, links and the relayed fact in one transaction. */
import { announce } from '../notify/webhooks/announce.ts';
import { appendEntries, forEach, type LedgerHead } from './ledger.ts';
import { linkOptIn } from './links.ts';
import { type OptInRow, standingOf } from './opt-in-row.ts';
import { relayAgain } from './relay-again.ts';

/** What programs are told of an opt-in: never the address. On the web there is no store and no kiosk. */
export const announcedOf = (row: Pick<OptInRow, 'id' | 'person' | 'wording' | 'touchpoint' | 'store' | 'kiosk'>) => ({
  opt_in: row.id,
  person: row.person,
  touchpoint: row.touchpoint,
  store: row.store || null,
  kiosk: row.kiosk || null,
  wording: row.wording,
});

/**
 * @param rows pending ones of one person, read after `head`.
 * @param how what the ledger says of the act.
 * @param links whether the visits of a row are linked where its box says so: whoever confirms an address may not have been there.
 * @throws "UNIQUE constraint failed" when somebody else wrote to the person's chain meanwhile: read all of it again.
 */
export async function confirmRows(
  people: D1Database,
  rows: readonly OptInRow[],
  head: LedgerHead,
  how: Record<string, unknown>,
  nowMs: number,
  links: (row: OptInRow) => boolean = () => true,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { site, person } = first;
  const facts = rows.map((row) => [row.id, relayAgain(row, { confirmedAt: nowMs, endedAt: null })]);
  const isUnclaimed = (row: OptInRow) => standingOf(row).includes('link') && !links(row);
  const unclaimed = rows.filter(isUnclaimed);
  const entries = rows.flatMap((row) => {
    const about = { person, site, optIn: row.id, at: nowMs };
    const purposes = standingOf(row).filter((purpose) => purpose !== 'link' || links(row));
    const confirmed = forEach(purposes, { ...about, kind: 'confirmed', detail: how });
    return isUnclaimed(row)
      ? [...confirmed, ...forEach(['link'], { ...about, kind: 'withdrawn', detail: { method: 'not claimed on the page' } })]
      : confirmed;
  });
  await people.batch([
    people
      .prepare(
        `UPDATE opt_ins SET state = 'confirmed', confirmed_at = ?3, relay = j.value->>1 FROM json_each(?1) j
         WHERE opt_ins.site = ?2 AND opt_ins.id = j.value->>0 AND opt_ins.state = 'pending'`,
      )
      .bind(JSON.stringify(facts), site, nowMs),
    people.prepare('UPDATE persons SET confirmed_at = coalesce(confirmed_at, ?2) WHERE id = ?1').bind(person, nowMs),
    people
      .prepare('UPDATE opt_ins SET link_withdrawn_at = ?3 WHERE site = ?2 AND id IN (SELECT value FROM json_each(?1))')
      .bind(JSON.stringify(unclaimed.map(({ id }) => id)), site, nowMs),
    ...rows.filter((row) => !unclaimed.includes(row)).map((row) => linkOptIn(people, site, row.id)),
    ...appendEntries(people, entries, head),
    ...rows.flatMap((row) => announce(people, { site, type: 'optin.confirmed', data: announcedOf(row), at: nowMs, id: row.id })),
  ]);
}
