/**
 * Brevo. A contact carries our person's id as `ext_id`, so that it is found again without its address.
 *
 * @see https://developers.brevo.com/reference/create-contact https://developers.brevo.com/reference/update-contact
 * https://developers.brevo.com/reference/delete-contact https://developers.brevo.com/reference/get-list
 */
import { type Connector, unlessUnknown } from './connector.ts';

const contactOf = (person: string) => `/v3/contacts/${encodeURIComponent(person)}?identifierType=ext_id`;

export const brevo: Connector = {
  origin: () => 'https://api.brevo.com',
  headers: (key) => ({ 'api-key': key }),
  isList: (list) => /^[1-9]\d{0,9}$/.test(list),
  // 201 with an id for a new contact, 204 for one that was there. Attributes that the account does not have are ignored there.
  subscribe: async (call, list, c) => {
    const told = await call('POST', '/v3/contacts', {
      email: c.address,
      ext_id: c.person,
      updateEnabled: true,
      emailBlacklisted: false,
      listIds: [Number(list)],
      attributes: {
        COMPTOIR_CONFIRMED_AT: new Date(c.confirmedAt).toISOString(),
        COMPTOIR_WORDING: c.wording,
        COMPTOIR_WORDING_SHA256: c.wordingSha256,
        COMPTOIR_SOURCE: c.touchpoint,
        COMPTOIR_OPT_IN: c.optIn,
      },
    });
    return told;
  },
  unsubscribe: async (call, list, { person }) =>
    unlessUnknown(await call('PUT', contactOf(person), { emailBlacklisted: true, unlinkListIds: [Number(list)] })),
  forget: async (call, _list, { person }) => unlessUnknown(await call('DELETE', contactOf(person))),
  check: (call, list) => call('GET', `/v3/contacts/lists/${list}`),
};
