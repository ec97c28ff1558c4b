/** The HTTP provider, met as it is: a real server that speaks Brevo's API, and everything that goes wrong between it and us. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpMailer } from '../../collector/notify/http-mailer.ts';
import type { Mail } from '../../collector/notify/mailer.ts';

type Got = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
let got: Got[] = [];
let reply: (response: ServerResponse) => void = () => {};
let url = '';
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    got.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    reply(response);
  });
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v3/smtp/email`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  got = [];
});

const mail: Mail = {
  id: '0123456789abcdef0123456789abcdef',
  site: 1,
  from: { name: 'Maison « Amarante »', address: 'bonjour@brand.example' },
  to: 'lea@example.com',
  subject: 'Confirmez – été',
  text: 'Bonjour,\n',
  html: '<p>Bonjour</p>',
  headers: { 'List-Unsubscribe': '<https://c.example/unsubscribe/x>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
};
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  reply = (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const send = (timeoutMs?: number) => httpMailer(url, 'xkeysib-secret', timeoutMs).send(mail, 0);

test('one POST in the shape of the API, with the key in its header and the same idempotency key every time', async () => {
  json(201, { messageId: '<1@relay>' });
  expect([await send(), await send()]).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }]);
  const [one, two] = got.map(({ body }): Record<string, unknown> => JSON.parse(body));
  expect(got[0]).toMatchObject({
    method: 'POST',
    path: '/v3/smtp/email',
    headers: { 'api-key': 'xkeysib-secret', 'content-type': 'application/json', accept: 'application/json' },
  });
  expect(one).toEqual({
    sender: { name: mail.from.name, email: mail.from.address },
    to: [{ email: mail.to }],
    subject: mail.subject,
    textContent: mail.text,
    htmlContent: mail.html,
    headers: { ...mail.headers, idempotencyKey: '01234567-89ab-cdef-0123-456789abcdef' },
  });
  expect(two).toEqual(one);
});

test.each([
  [
    400,
    { code: 'invalid_parameter', message: 'lea@example.com is not valid' },
    { outcome: 'never', why: 'http 400 invalid_parameter' },
  ],
  [400, { code: 'duplicate_parameter', message: 'idempotencyKey' }, { outcome: 'sent' }],
  [401, { code: 'unauthorized', message: 'Key not found' }, { outcome: 'later', why: 'http 401 unauthorized' }],
  [402, { code: 'not_enough_credits' }, { outcome: 'later', why: 'http 402 not_enough_credits' }],
  [413, {}, { outcome: 'never', why: 'http 413' }],
  [500, 'no json object', { outcome: 'later', why: 'http 500' }],
  [502, {}, { outcome: 'unknown', why: 'http 502' }],
  [504, { code: 'LEA@example.com <script>' }, { outcome: 'unknown', why: 'http 504' }],
] as const)('%d %j', async (status, body, attempt) => {
  json(status, body);
  expect(await send()).toEqual(attempt);
});

test('as long to wait as the provider says, an hour at most', async () => {
  json(429, { code: 'too_many_requests' }, { 'retry-after': '90' });
  expect(await send()).toEqual({ outcome: 'later', why: 'http 429 too_many_requests', afterMs: 90_000 });
  json(429, {}, { 'x-sib-ratelimit-reset': '999999' });
  expect(await send()).toMatchObject({ outcome: 'later', afterMs: 3_600_000 });
  json(503, {}, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
  expect(await send()).toEqual({ outcome: 'later', why: 'http 503' });
});

test('a redirect is not followed: neither the key nor the address goes elsewhere', async () => {
  json(307, {}, { location: '/elsewhere' });
  expect(await send()).toEqual({ outcome: 'later', why: 'http 307' });
  expect(got.map(({ path }) => path)).toEqual(['/v3/smtp/email']);
});

test('an answer that does not come, or is cut, is of unknown outcome', async () => {
  reply = () => {};
  expect(await send(150)).toEqual({ outcome: 'unknown', why: 'timeout' });
  reply = (response) => response.destroy();
  expect(await send()).toEqual({ outcome: 'unknown', why: 'no_answer' });
  expect(await httpMailer('http://127.0.0.1:9/', 'k').send(mail, 0)).toEqual({ outcome: 'unknown', why: 'no_answer' });
});
