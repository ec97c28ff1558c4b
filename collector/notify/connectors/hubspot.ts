/**
 * HubSpot: a contact, and the status of one subscription type with the exact wording as its legal basis. Needs the scopes
 * `crm.objects.contacts.write`, `communication_preferences.read_write`, and for erasure `crm.objects.contacts.sensitive.delete` where
 * the account asks for it.
 *
 * @see https://developers.hubspot.com/docs/api-reference/2026-03/crm/objects/contacts/batch/upsert-contacts
 * https://developers.hubspot.com/docs/api-reference/2026-03/communication-preferences/status/update-subscription
 * https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/gdpr/gdpr-delete-contact
 */
import * as v from 'valibot';
import { type Call, type Connector, type Known, NOTHING_TO_SAY, unlessUnknown } from './connector.ts';

const upsertedShape = v.object({ results: v.tupleWithRest([v.object({ id: v.string() })], v.unknown()) });
const definitionsShape = v.object({ results: v.array(v.object({ id: v.union([v.string(), v.number()]) })) });
const EXPLANATION_CHARS = 2_000;

const setStatus = (call: Call, address: string, list: string, state: 'SUBSCRIBED' | 'UNSUBSCRIBED', why: string) =>
  call('POST', `/communication-preferences/2026-03/statuses/${encodeURIComponent(address)}`, {
    channel: 'EMAIL',
    statusState: state,
    subscriptionId: Number(list),
    legalBasis: 'CONSENT_WITH_NOTICE',
    legalBasisExplanation: why.slice(0, EXPLANATION_CHARS),
  });

/** By its own id; by address for a contact that was made before its id was kept. */
const nameOf = ({ remote, address }: Known) =>
  remote !== null ? { objectId: remote } : address !== null ? { objectId: address, idProperty: 'email' } : null;

export const hubspot: Connector = {
  origin: () => 'https://api.hubapi.com',
  headers: (key) => ({ authorization: `Bearer ${key}` }),
  isList: (list) => /^[1-9]\d{0,14}$/.test(list),
  subscribe: async (call, list, c) => {
    const made = await call('POST', '/crm/objects/2026-03/contacts/batch/upsert', {
      inputs: [{ id: c.address, idProperty: 'email', properties: { email: c.address } }],
    });
    if (made.outcome !== 'delivered') return made;
    const read = v.safeParse(upsertedShape, made.json);
    // 207: the request was taken and this contact was not.
    if (!read.success) return { ...made, outcome: 'refused', answer: 'no contact in the answer' };
    const remote = read.output.results[0].id;
    const why = `${c.wordingText} (${c.wording}, sha256 ${c.wordingSha256}, ${new Date(c.confirmedAt).toISOString()}, ${c.touchpoint})`;
    return { ...(await setStatus(call, c.address, list, 'SUBSCRIBED', why)), remote };
  },
  unsubscribe: async (call, list, { address }) =>
    address === null
      ? NOTHING_TO_SAY
      : unlessUnknown(await setStatus(call, address, list, 'UNSUBSCRIBED', 'Withdrawn by the person')),
  forget: async (call, _list, known) => {
    const name = nameOf(known);
    return name === null ? NOTHING_TO_SAY : unlessUnknown(await call('POST', '/crm/v3/objects/contacts/gdpr-delete', name));
  },
  check: async (call, list) => {
    const told = await call('GET', '/communication-preferences/2026-03/definitions');
    if (told.outcome !== 'delivered') return told;
    const read = v.safeParse(definitionsShape, told.json);
    const found = read.success && read.output.results.some(({ id }) => String(id) === list);
    return found ? told : { ...told, outcome: 'refused', answer: 'no such subscription type' };
  },
};
