/** Takes an opt-in into PEOPLE: person, ledger and mail in one transaction, before it is acknowledged. */
import type { Refusal } from '../wire.ts';
import { indexesOf, normaliseAddress } from './address.ts';
import { hashesOf } from './erasure-list.ts';
import { CHAIN_START, isChainTaken } from './ledger.ts';
import { type HeldFor, useMailQuotas } from './mail-quotas.ts';
import { DEFAULT_HOURLY } from './mail-settings.ts';
import type { OptInReception } from './opt-in-reception.ts';
import type { Before, Checked } from './opt-in-rows.ts';
import { MAIL_EVERY_MS } from './queue-confirmation.ts';
import { storeOptIn } from './store-opt-in.ts';
import { wordingOf } from './wordings.ts';

/** Why an opt-in cannot be taken as it stands, or its checked parts. */
async function check(r: OptInReception, address: string | null, addressIndex: string): Promise<Refusal | Checked> {
  if (!address) return 'bad_address';
  // A box that stood ticked is no act of the person (CJEU C-673/17, Planet49).
  if (r.message.ticked && r.message.ticked.length > 0) return 'box_ticked';
  const wording = await wordingOf(r.people, r.site.id, r.message.wording);
  if (!wording) return 'unknown_wording';
  const known = new Set(wording.boxes.map((box) => box.name));
  const ticked = Object.entries(r.message.boxes).filter(([, value]) => value);
  if (Object.keys(r.message.boxes).some((name) => !known.has(name))) return 'unknown_wording';
  if (!ticked.some(([name]) => name === 'news')) return 'no_box';
  return { address, addressIndex, wordingSha256: wording.sha256, language: wording.language, shown: wording.boxes };
}

/**
 * Stores one opt-in: the sealed address, the ledger's first entry, the confirmation mail to send, and the fact to relay.
 *
 * @returns null when it is stored (now or earlier: the client's id makes a repeat harmless), or the reason it was refused. The
 * answer is the same whether the address is known or not, and whether a mail goes out or somebody decides first; `erased` is one
 * that was given before its person was erased and arrives after: it is not stored, and the sender is told nothing else.
 * @throws when PEOPLE does not answer: the caller must not acknowledge.
 */
export async function receiveOptIn(r: OptInReception): Promise<Refusal | 'erased' | null> {
  const address = normaliseAddress(r.message.email);
  const indexes = indexesOf(r.secrets.INDEX_SECRET, r.site.key, address ?? '');
  let heldFor: HeldFor | null | undefined;
  for (let attempt = 0; ; attempt += 1) {
    const before = await readBefore(r, address ?? '', indexes);
    if (before.known) return null;
    if (before.erased) return 'erased';
    const checked = await check(r, address, indexes[0]);
    if (typeof checked === 'string') return checked;
    heldFor ??= await decide(r, before);
    try {
      await r.people.batch(await storeOptIn(r, checked, before, heldFor));
      return null;
    } catch (error) {
      // Another opt-in of the same person took the ledger's next place: read the head again.
      if (attempt >= 20 || !isChainTaken(error)) throw error;
    }
  }
}

/** Whether it waits for a decision. Only what would be mailed uses the quotas: many sign-ups of one address leave the others theirs. */
async function decide(r: OptInReception, before: Before): Promise<HeldFor | null> {
  if (r.heldFor !== null || (before.confirmedBy === 'mail' && before.mailed)) return r.heldFor;
  const { receivedAt, capturedAt } = r;
  return useMailQuotas(r.people, { site: r.site.id, kiosk: r.fact.kiosk, capturedAt, receivedAt, hourly: before.hourly });
}

type BeforeRow = {
  known: number;
  erased: number;
  person: string | null;
  sequence: number | null;
  row_hash: string | null;
  mailed: number;
  confirmed_by: string | null;
  hourly: number | null;
  store_name: string | null;
  store_zone: string | null;
};

/** What PEOPLE already has, in one reading. */
async function readBefore(r: OptInReception, address: string, indexes: readonly string[]): Promise<Before> {
  const erased = hashesOf(r.secrets.INDEX_SECRET, r.site.key, { what: 'address', value: address });
  const row = await r.people
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM opt_ins WHERE site = ?1 AND id = ?2) AS known, p.id AS person, l.sequence AS sequence, l.row_hash AS row_hash,
         (EXISTS (SELECT 1 FROM mailed_addresses WHERE site = ?1 AND address_index IN (SELECT value FROM json_each(?3)) AND at > ?4)
           OR EXISTS (SELECT 1 FROM mails WHERE person = p.id AND kind = 'confirmation' AND sent_at IS NULL AND failed_at IS NULL)) AS mailed,
         EXISTS (SELECT 1 FROM erased_subjects WHERE site = ?1 AND subject IN (SELECT value FROM json_each(?6)) AND at > ?7) AS erased,
         m.confirmed_by, m.hourly, s.name AS store_name, s.zone AS store_zone
       FROM (SELECT 1) LEFT JOIN persons p ON p.site = ?1 AND p.address_index IN (SELECT value FROM json_each(?3))
       LEFT JOIN ledger l ON l.person = p.id AND l.sequence = (SELECT max(sequence) FROM ledger WHERE person = p.id)
       LEFT JOIN mail_settings m ON m.site = ?1 LEFT JOIN stores s ON s.id = ?5 AND s.site = ?1`,
    )
    .bind(
      ...[r.site.id, r.message.id, JSON.stringify(indexes), r.takenAt - MAIL_EVERY_MS, r.fact.store],
      ...[JSON.stringify(erased), r.capturedAt],
    )
    .first<BeforeRow>();
  return {
    known: row?.known === 1,
    erased: row?.erased === 1,
    person: row?.person ?? null,
    head: { sequence: row?.sequence ?? 0, rowHash: row?.row_hash ?? CHAIN_START },
    mailed: row?.mailed === 1,
    confirmedBy: row?.confirmed_by === 'tool' ? 'tool' : 'mail',
    hourly: row?.hourly ?? DEFAULT_HOURLY,
    store: row?.store_name != null && row.store_zone != null ? { name: row.store_name, zone: row.store_zone } : null,
  };
}

/** Whether an opt-in was stored before, whatever became of it. */
export async function isOptInStored(people: D1Database, site: number, id: string): Promise<boolean> {
  return (await people.prepare('SELECT 1 AS is_there FROM opt_ins WHERE site = ?1 AND id = ?2').bind(site, id).first()) !== null;
}
