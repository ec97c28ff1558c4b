/** Webhooks over real HTTP: a receiver that checks signatures with the Standard Webhooks library, and receivers that misbehave. */
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, expect, test } from 'vitest';
import { nextAttemptAt, RETRY_AFTER_MS, readRetryAfter } from '../../collector/notify/outlets/attempt.ts';
import type { Message } from '../../collector/notify/webhooks/message.ts';
import { sendWebhook } from '../../collector/notify/webhooks/send-webhook.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OLD = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const message: Message = {
  id: 'msg_0123456789abcdef',
  type: 'optin.confirmed',
  at: Date.parse('2026-10-20T12:00:00Z'),
  data: { opt_in: 'f'.repeat(24), person: 'p1' },
  siteKey: 'site-key',
};
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

type Seen = { headers: IncomingHttpHeaders; body: string; method: string; url: string };
/** A receiver on this machine. @returns its address, and what it was sent. */
async function listen(answer: RequestListener): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, body, method: request.method ?? '', url: request.url ?? '' });
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, seen };
}
const tools = (timeoutMs = 2_000) => ({
  fetch: (url: URL, init: RequestInit) => fetch(url, init),
  now: Date.now,
  timeoutMs,
  rules: { allowsLocal: true, ownHost: 'comptoir.example', resolve: async () => [] },
});
const ok: RequestListener = (_, response) => response.writeHead(204).end();
const headersOf = ({ headers }: Seen) => headers as Record<string, string>;

test('the library of the receiver takes the signature, the body says what happened and nobody by name', async () => {
  const { url, seen } = await listen(ok);
  expect(await sendWebhook(url, [SECRET], message, tools())).toMatchObject({ outcome: 'delivered', status: 204, answer: '' });
  const [one] = seen;
  if (!one) throw new Error('nothing arrived');
  expect(one).toMatchObject({ method: 'POST', url: '/hook' });
  expect(new Webhook(SECRET).verify(one.body, headersOf(one))).toEqual({
    type: 'optin.confirmed',
    timestamp: '2026-10-20T12:00:00.000Z',
    data: { site: 'site-key', opt_in: 'f'.repeat(24), person: 'p1' },
  });
  expect(one.headers['webhook-id']).toBe(message.id);
  expect(() => new Webhook(OLD).verify(one.body, headersOf(one))).toThrow('No matching signature');
  expect(() => new Webhook(SECRET).verify(one.body.replace('p1', 'p2'), headersOf(one))).toThrow();
});

test('while a secret is changed, the old one and the new one both open the message', async () => {
  const { url, seen } = await listen(ok);
  await sendWebhook(url, [SECRET, OLD], message, tools());
  const [one] = seen;
  if (!one) throw new Error('nothing arrived');
  for (const secret of [SECRET, OLD])
    expect(new Webhook(secret).verify(one.body, headersOf(one))).toMatchObject({ type: 'optin.confirmed' });
});

test('a redirect is not followed, wherever it leads', async () => {
  const inside = await listen(ok);
  for (const status of [301, 302, 303, 307, 308]) {
    const { url, seen } = await listen((_, response) => response.writeHead(status, { location: inside.url }).end());
    expect(await sendWebhook(url, [SECRET], message, tools())).toMatchObject({ outcome: 'redirected', status });
    expect(seen).toHaveLength(1);
  }
  expect(inside.seen).toEqual([]);
});

test('a forbidden address is refused before anything is sent', async () => {
  const { url, seen } = await listen(ok);
  const strict = { ...tools(), rules: { ...tools().rules, allowsLocal: false } };
  expect(await sendWebhook(url, [SECRET], message, strict)).toMatchObject({
    outcome: 'bad_target',
    answer: 'not_https',
    status: null,
  });
  const rebound = { ...strict, rules: { ...strict.rules, resolve: async () => ['127.0.0.1'] } };
  expect(await sendWebhook('https://rebind.brand.com/', [SECRET], message, rebound)).toMatchObject({
    outcome: 'bad_target',
    answer: 'private_address',
  });
  expect(seen).toEqual([]);
});

test.each([
  [410, 'gone'],
  [429, 'limited'],
  [400, 'refused'],
  [404, 'refused'],
  [500, 'refused'],
])('%i is %s', async (status, outcome) => {
  const { url } = await listen((_, response) => response.writeHead(status).end('no, lea@example.com\n\u0007 is unknown'));
  expect(await sendWebhook(url, [SECRET], message, tools())).toMatchObject({ outcome, status, answer: 'no, *** is unknown' });
});

test('of a long answer only a beginning is read, and 200 characters are kept', async () => {
  let written = 0;
  const { url } = await listen((_, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' });
    const more = () => {
      if (response.destroyed || written > 8_000_000) return;
      written += 65_536;
      if (response.write('x'.repeat(65_536))) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  const attempt = await sendWebhook(url, [SECRET], message, tools());
  expect(attempt).toMatchObject({ outcome: 'refused', answer: 'x'.repeat(200) });
  expect(written).toBeLessThan(8_000_000);
});

test('a receiver that never ends its answer, or never begins it, is left', async () => {
  const silent = await listen(() => {});
  const endless = await listen((_, response) => response.writeHead(200).write('…'));
  for (const { url } of [silent, endless])
    expect(await sendWebhook(url, [SECRET], message, tools(150))).toMatchObject({ outcome: 'timeout', status: null });
  expect(await sendWebhook('http://127.0.0.1:9/', [SECRET], message, tools())).toMatchObject({ outcome: 'network' });
});

test('without a secret nothing is sent', async () => {
  const { url, seen } = await listen(ok);
  expect(await sendWebhook(url, [], message, tools())).toMatchObject({ outcome: 'no_secret' });
  expect(seen).toEqual([]);
});

test('the schedule is the one of the specification, spread by a tenth, and Retry-After is a minimum', () => {
  const hours = RETRY_AFTER_MS.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect([RETRY_AFTER_MS.length, Math.round(hours)]).toEqual([9, 76]);
  for (const [i, wait] of RETRY_AFTER_MS.entries()) {
    expect(nextAttemptAt(i + 1, 0, () => 0)).toBe(Math.round(wait * 0.9));
    expect(nextAttemptAt(i + 1, 0, () => 0.5)).toBe(wait);
    expect(nextAttemptAt(i + 1, 0, () => 0.999_999)).toBeLessThanOrEqual(Math.round(wait * 1.1));
  }
  expect(nextAttemptAt(10, 0, () => 0)).toBeNull();
  expect(nextAttemptAt(1, 1_000, () => 0, 90_000)).toBe(91_000);
});

test('Retry-After is read as seconds or as a date, never more than a day', () => {
  const now = Date.parse('2026-10-20T12:00:00Z');
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter('Tue, 20 Oct 2026 12:01:00 GMT', now)).toBe(60_000);
  expect(readRetryAfter('Tue, 20 Oct 2026 11:01:00 GMT', now)).toBe(0);
  expect(readRetryAfter('999999999', now)).toBe(24 * 3_600_000);
  expect([readRetryAfter(null, now), readRetryAfter('soon', now)]).toEqual([null, null]);
});
