/**
 * Mailchimp. A member's name there is the MD5 of the lower-case address; the key ends with the data centre it belongs to.
 *
 * @see https://mailchimp.com/developer/marketing/api/list-members/ https://mailchimp.com/developer/marketing/api/list-member-notes/
 */
import { createHash } from 'node:crypto';
import { type Call, type Connector, type Contact, type Known, NOTHING_TO_SAY, unlessUnknown } from './connector.ts';

const KEY = /^[\w-]{10,80}-(us\d{1,3})$/;
const nameOf = ({ address, remote }: Pick<Known, 'address' | 'remote'>): string | null =>
  remote ?? (address === null ? null : createHash('md5').update(address.toLowerCase()).digest('hex'));
const memberOf = (list: string, name: string) => `/3.0/lists/${list}/members/${name}`;

const note = ({ wording, wordingSha256, confirmedAt, touchpoint, optIn }: Contact) =>
  `Comptoir: ${optIn}, ${touchpoint}, wording ${wording} (sha256 ${wordingSha256}), confirmed ${new Date(confirmedAt).toISOString()}`;

const put = (call: Call, list: string, name: string, c: Contact, status: 'subscribed' | 'pending') =>
  call('PUT', `${memberOf(list, name)}?skip_merge_validation=true`, {
    email_address: c.address,
    status_if_new: status,
    status,
    language: c.language,
    timestamp_signup: new Date(c.capturedAt).toISOString(),
    timestamp_opt: new Date(c.confirmedAt).toISOString(),
  });

/** Who once left or bounced there may come back only through Mailchimp's own confirmation: then it sends one. */
const isBarred = ({ status, text }: { status: number | null; text: string }) =>
  status === 400 && text.includes('Member In Compliance State');

export const mailchimp: Connector = {
  origin: (key) => {
    const [, centre] = KEY.exec(key) ?? [];
    return centre ? `https://${centre}.api.mailchimp.com` : null;
  },
  headers: (key) => ({ authorization: `Basic ${Buffer.from(`comptoir:${key}`).toString('base64')}` }),
  isList: (list) => /^[0-9a-f]{6,20}$/i.test(list),
  subscribe: async (call, list, c) => {
    const name = nameOf({ address: c.address, remote: null });
    if (name === null) return NOTHING_TO_SAY;
    const first = await put(call, list, name, c, 'subscribed');
    const told = isBarred({ status: first.status, text: JSON.stringify(first.json) })
      ? await put(call, list, name, c, 'pending')
      : first;
    if (told.outcome !== 'delivered') return told;
    const noted = await call('POST', `${memberOf(list, name)}/notes`, { note: note(c) });
    return noted.outcome === 'delivered' ? { ...told, remote: name } : { ...noted, remote: name };
  },
  unsubscribe: async (call, list, known) => {
    const name = nameOf(known);
    return name === null ? NOTHING_TO_SAY : unlessUnknown(await call('PATCH', memberOf(list, name), { status: 'unsubscribed' }));
  },
  forget: async (call, list, known) => {
    const name = nameOf(known);
    return name === null ? NOTHING_TO_SAY : unlessUnknown(await call('POST', `${memberOf(list, name)}/actions/delete-permanent`));
  },
  check: (call, list) => call('GET', `/3.0/lists/${list}?fields=id,name`),
};
