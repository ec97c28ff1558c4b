/** The rows of one opt-in that was checked: person, opt-in, ledger, announcement and mail, for one transaction. */
import { announce } from '../notify/webhooks/announce.ts';
import { seal } from './address.ts';
import { announcedOf } from './confirm-rows.ts';
import type { HeldFor } from './mail-quotas.ts';
import type { OptInReception } from './opt-in-reception.ts';
import { type Before, type Checked, insertOptIn, touchpointOf, writeSubmitted } from './opt-in-rows.ts';
import { queueConfirmation } from './queue-confirmation.ts';
import { sha256 } from './sha256.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** @param heldFor why it waits for somebody's decision; null = it does not. */
export async function storeOptIn(
  r: OptInReception,
  checked: Checked,
  before: Before,
  heldFor: HeldFor | null,
): Promise<D1PreparedStatement[]> {
  const { people, site, message, secrets, random } = r;
  const person = before.person ?? hex(random(16));
  const token = Buffer.from(random(32)).toString('base64url');
  const list: D1PreparedStatement[] = [];
  if (!before.person) {
    const sealed = await seal(secrets.ADDRESS_SECRET, `${site.id}|person|${person}|address`, checked.address, random);
    list.push(
      people
        .prepare('INSERT INTO persons (id, site, address_index, address_sealed, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
        .bind(person, site.id, checked.addressIndex, sealed, r.receivedAt),
    );
  }
  list.push(insertOptIn(r, checked, before, { person, heldFor, tokenHash: sha256(token) }));
  list.push(...writeSubmitted(r, checked, before, { person, heldFor }));
  if (heldFor !== null) return list;
  list.push(
    ...announce(people, {
      site: site.id,
      type: 'optin.submitted',
      data: dataOf(r, person),
      at: r.receivedAt,
      id: message.id,
    }),
  );
  // The brand's tool sends its own mail; and to an address that was mailed today nothing goes, whatever is asked.
  if (before.confirmedBy === 'tool' || before.mailed) return list;
  const { address, language } = checked;
  const wanted = { site, person, address, language, token, capturedAt: r.capturedAt, store: before.store, askedAt: r.takenAt };
  return [...list, ...(await queueConfirmation(people, secrets, wanted, random))];
}

const dataOf = (r: OptInReception, person: string) =>
  announcedOf({
    id: r.message.id,
    person,
    wording: r.message.wording,
    touchpoint: touchpointOf(r),
    store: r.fact.store,
    kiosk: r.fact.kiosk,
  });
