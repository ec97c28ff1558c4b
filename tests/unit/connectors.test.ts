/** E-mail tools over real HTTP, against the shapes their documentation shows (links in collector/notify/connectors). */
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { brevo } from '../../collector/notify/connectors/brevo.ts';
import { callOf } from '../../collector/notify/connectors/call.ts';
import type { Call, Connector, Contact } from '../../collector/notify/connectors/connector.ts';
import { hubspot } from '../../collector/notify/connectors/hubspot.ts';
import { mailchimp } from '../../collector/notify/connectors/mailchimp.ts';

const ADDRESS = 'Lea+News@example.com';
const MD5 = createHash('md5').update('lea+news@example.com').digest('hex');
const contact: Contact = {
  person: 'p1',
  address: ADDRESS,
  language: 'fr',
  optIn: 'o1',
  wording: 'newsletter-fr-3',
  wordingSha256: 'abc',
  wordingText: "J'accepte de recevoir les nouveautés.",
  touchpoint: 'kiosk',
  capturedAt: Date.parse('2026-10-20T11:00:00Z'),
  confirmedAt: Date.parse('2026-10-20T12:00:00Z'),
};
const known = { person: 'p1', address: ADDRESS, remote: null };
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

type Asked = { line: string; headers: IncomingHttpHeaders; body: unknown };
type Reply = { status: number; json?: unknown; headers?: Record<string, string> };
/** An API that answers in this order, the last one for good. */
async function api(connector: Connector, key: string, replies: Reply[]): Promise<{ call: Call; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { status, json, headers } = replies[Math.min(asked.length, replies.length - 1)] ?? { status: 500 };
      asked.push({
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: body === '' ? null : JSON.parse(body),
      });
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const call = callOf(connector, key, { fetch: (url, init) => fetch(url, init), now: Date.now }, `http://127.0.0.1:${port}`);
  if (!call) throw new Error('not a key');
  return { call, asked };
}
const lines = (asked: Asked[]) => asked.map(({ line }) => line);

test('Brevo: made or changed under our id, ended by it, deleted by it', async () => {
  const { call, asked } = await api(brevo, 'xkeysib-1', [{ status: 201, json: { id: 21 } }, { status: 204 }]);
  expect(await brevo.subscribe(call, '4', contact)).toMatchObject({ outcome: 'delivered', status: 201 });
  expect(await brevo.unsubscribe(call, '4', known)).toMatchObject({ outcome: 'delivered' });
  expect(await brevo.forget(call, '4', { ...known, address: null })).toMatchObject({ outcome: 'delivered' });
  expect(lines(asked)).toEqual([
    'POST /v3/contacts',
    'PUT /v3/contacts/p1?identifierType=ext_id',
    'DELETE /v3/contacts/p1?identifierType=ext_id',
  ]);
  expect(asked[0]?.headers['api-key']).toBe('xkeysib-1');
  expect(asked[0]?.body).toEqual({
    email: ADDRESS,
    ext_id: 'p1',
    updateEnabled: true,
    emailBlacklisted: false,
    listIds: [4],
    attributes: {
      COMPTOIR_CONFIRMED_AT: '2026-10-20T12:00:00.000Z',
      COMPTOIR_WORDING: 'newsletter-fr-3',
      COMPTOIR_WORDING_SHA256: 'abc',
      COMPTOIR_SOURCE: 'kiosk',
      COMPTOIR_OPT_IN: 'o1',
    },
  });
  expect(asked[1]?.body).toEqual({ emailBlacklisted: true, unlinkListIds: [4] });
});

test('Brevo says “too many” in a header of its own; who it does not know need not go', async () => {
  const limited = { status: 429, json: { code: 'too_many_requests' }, headers: { 'x-sib-ratelimit-reset': '42' } };
  const { call } = await api(brevo, 'k', [
    limited,
    { status: 404, json: { code: 'document_not_found', message: 'Contact does not exist' } },
  ]);
  expect(await brevo.subscribe(call, '4', contact)).toMatchObject({ outcome: 'limited', retryAfterMs: 42_000 });
  expect(await brevo.unsubscribe(call, '4', known)).toMatchObject({ outcome: 'delivered', status: 404 });
});

const KEY = '0123456789abcdef0123456789abcdef-us21';
test('Mailchimp: a member by the MD5 of the lower-case address, and a note of what was agreed to', async () => {
  expect(mailchimp.origin(KEY)).toBe('https://us21.api.mailchimp.com');
  expect(['', 'abc', '0123456789abcdef-evil.com', `${KEY}/x`].map(mailchimp.origin)).toEqual([null, null, null, null]);
  const { call, asked } = await api(mailchimp, KEY, [{ status: 200, json: { id: MD5, status: 'subscribed' } }]);
  expect(await mailchimp.subscribe(call, 'a6b5da1054', contact)).toMatchObject({ outcome: 'delivered', remote: MD5 });
  expect(lines(asked)).toEqual([
    `PUT /3.0/lists/a6b5da1054/members/${MD5}?skip_merge_validation=true`,
    `POST /3.0/lists/a6b5da1054/members/${MD5}/notes`,
  ]);
  expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from(`comptoir:${KEY}`).toString('base64')}`);
  expect(asked[0]?.body).toEqual({
    email_address: ADDRESS,
    status_if_new: 'subscribed',
    status: 'subscribed',
    language: 'fr',
    timestamp_signup: '2026-10-20T11:00:00.000Z',
    timestamp_opt: '2026-10-20T12:00:00.000Z',
  });
  expect(asked[1]?.body).toEqual({ note: expect.stringContaining('newsletter-fr-3 (sha256 abc)') });
});

test('Mailchimp: who once left comes back by its own confirmation only; without an address the old name is enough', async () => {
  const barred = { status: 400, json: { title: 'Member In Compliance State', detail: `${ADDRESS} is in a compliance state` } };
  const { call, asked } = await api(mailchimp, KEY, [
    barred,
    { status: 200, json: { id: MD5, status: 'pending' } },
    { status: 204 },
  ]);
  expect(await mailchimp.subscribe(call, 'a6b5da1054', contact)).toMatchObject({ outcome: 'delivered' });
  expect(asked[1]?.body).toMatchObject({ status: 'pending', status_if_new: 'pending' });
  const before = asked.length;
  const erased = { person: 'p1', address: null, remote: MD5 };
  await mailchimp.unsubscribe(call, 'a6b5da1054', erased);
  await mailchimp.forget(call, 'a6b5da1054', erased);
  expect(await mailchimp.forget(call, 'a6b5da1054', { ...erased, remote: null })).toMatchObject({ outcome: 'delivered' });
  expect(lines(asked.slice(before))).toEqual([
    `PATCH /3.0/lists/a6b5da1054/members/${MD5}`,
    `POST /3.0/lists/a6b5da1054/members/${MD5}/actions/delete-permanent`,
  ]);
});

test('Mailchimp gives no time when it is too many: a minute', async () => {
  const { call } = await api(mailchimp, KEY, [{ status: 429, json: { title: 'Too Many Requests' } }]);
  expect(await mailchimp.subscribe(call, 'a6b5da1054', contact)).toMatchObject({ outcome: 'limited', retryAfterMs: 60_000 });
});

test('HubSpot: a contact, and the status of a subscription with the wording word for word', async () => {
  const made = { status: 201, json: { status: 'COMPLETE', results: [{ id: '512', new: true, properties: {} }] } };
  const { call, asked } = await api(hubspot, 'pat-eu1-x', [made, { status: 200, json: { status: 'COMPLETE', results: [] } }]);
  expect(await hubspot.subscribe(call, '123', contact)).toMatchObject({ outcome: 'delivered', remote: '512' });
  expect(await hubspot.unsubscribe(call, '123', known)).toMatchObject({ outcome: 'delivered' });
  expect(await hubspot.forget(call, '123', { person: 'p1', address: null, remote: '512' })).toMatchObject({
    outcome: 'delivered',
  });
  expect(lines(asked)).toEqual([
    'POST /crm/objects/2026-03/contacts/batch/upsert',
    `POST /communication-preferences/2026-03/statuses/${encodeURIComponent(ADDRESS)}`,
    `POST /communication-preferences/2026-03/statuses/${encodeURIComponent(ADDRESS)}`,
    'POST /crm/v3/objects/contacts/gdpr-delete',
  ]);
  expect(asked[0]?.headers.authorization).toBe('Bearer pat-eu1-x');
  expect(asked[0]?.body).toEqual({ inputs: [{ id: ADDRESS, idProperty: 'email', properties: { email: ADDRESS } }] });
  expect(asked[1]?.body).toEqual({
    channel: 'EMAIL',
    statusState: 'SUBSCRIBED',
    subscriptionId: 123,
    legalBasis: 'CONSENT_WITH_NOTICE',
    legalBasisExplanation: expect.stringContaining(contact.wordingText),
  });
  expect(asked[2]?.body).toMatchObject({ statusState: 'UNSUBSCRIBED' });
  expect(asked[3]?.body).toEqual({ objectId: '512' });
});

test('HubSpot: a contact that was not taken is a failure, also in a good answer', async () => {
  const { call, asked } = await api(hubspot, 'k', [{ status: 207, json: { status: 'COMPLETE', results: [], numErrors: 1 } }]);
  expect(await hubspot.subscribe(call, '123', contact)).toMatchObject({ outcome: 'refused', status: 207 });
  expect(asked).toHaveLength(1);
});

test('a test changes nothing and finds a wrong key or list', async () => {
  const definitions = { status: 200, json: { results: [{ id: '123', name: 'News' }] } };
  const spot = await api(hubspot, 'k', [definitions]);
  expect(await hubspot.check(spot.call, '123')).toMatchObject({ outcome: 'delivered' });
  expect(await hubspot.check(spot.call, '124')).toMatchObject({ outcome: 'refused' });
  const wrong = { status: 401, json: { message: 'Key not found', code: 'unauthorized' } };
  for (const [connector, list] of [
    [brevo, '4'],
    [mailchimp, 'a6b5da1054'],
  ] as const) {
    const { call, asked } = await api(connector, KEY, [wrong]);
    expect(await connector.check(call, list)).toMatchObject({ outcome: 'refused', status: 401 });
    expect(asked[0]?.line).toMatch(/^GET /);
  }
});

test('lists are of the kind that a tool has', () => {
  expect(['4', '0', '', '4 ', '../4', '1e9'].map(brevo.isList)).toEqual([true, false, false, false, false, false]);
  expect(['a6b5da1054', '', 'x/y', '../a6b5'].map(mailchimp.isList)).toEqual([true, false, false, false]);
  expect(['123', 'abc', ''].map(hubspot.isList)).toEqual([true, false, false]);
});
