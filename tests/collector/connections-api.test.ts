/** Webhooks by API and connections on the dashboard: who may, what is refused, what is shown once. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Role } from '../../collector/access/roles.ts';
import type { Site } from '../../collector/store/sites.ts';
import worker from '../../collector/worker.ts';
import { expectProblem, newToken, ORIGIN, openDoor } from './api-door.ts';
import { openDashboard } from './dashboard-door.ts';
import { dump } from './door.ts';
import { makeSite } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const DEMO = { ...env, STAGE: 'demo' };
const { ask, withToken } = openDoor({ now: NOW });
let site: Site;
let other: Site;
let token: string;
beforeAll(async () => {
  // No test leaves this machine.
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.reject(new Error('no network')));
  [site, other] = [await makeSite(NOW - 86_400_000), await makeSite(NOW - 86_400_000)];
  token = (await newToken([site], ['admin'], NOW)).token;
});

const post = (body: unknown, by = token): RequestInit =>
  withToken(by, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const LOCAL = { url: 'http://localhost:9/hook', types: ['optin.confirmed'] };
const make = async (): Promise<{ id: string; secret: string }> => (await ask('/webhooks', post(LOCAL), DEMO)).json();

test.each([
  ['https://127.0.0.1/', 'address'],
  ['https://2130706433/', 'address'],
  ['https://0x7f.1/', 'address'],
  ['https://0177.0.0.1/', 'address'],
  ['https://[::ffff:169.254.169.254]/', 'address'],
  ['http://hooks.brand.com/', 'not_https'],
  ['https://a:b@hooks.brand.com/', 'credentials'],
  ['https://hooks.brand.com:6379/', 'port'],
  ['https://metadata.google.internal/', 'private_name'],
  ['http://localhost:9/hook', 'not_https'],
  ['gopher://hooks.brand.com/', 'not_https'],
])('%s is not taken: %s', async (url, reason) => {
  const answered = await ask('/webhooks', post({ url, types: ['optin.confirmed'] }));
  expect(await answered.clone().json()).toMatchObject({ reason });
  await expectProblem(answered, 422, 'bad_webhook', 'url');
  const page = await dashboard('admin');
  const shown = await page.post('/connections', { act: 'hook', url, type: 'optin.confirmed' }, env);
  expect([shown.status, (await shown.text()).includes('role="alert"')]).toEqual([422, true]);
});

test('types that do not exist, or are reserved, are refused', async () => {
  for (const types of [[], ['stage.changed'], ['alert.fired'], ['optin.*']])
    await expectProblem(await ask('/webhooks', post({ ...LOCAL, types }), DEMO), 400, 'bad_body');
});

test('the secret is in one answer only; whoever does not manage the site, or manages another, finds nothing', async () => {
  const { id, secret } = await make();
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const listed = await (await ask('/webhooks', withToken(token))).text();
  expect(listed).toContain(id);
  expect(listed + (await dump(env.PEOPLE))).not.toContain(secret);
  const theirs = (await newToken([other], ['admin'], NOW)).token;
  const weak = (await newToken([site], ['read', 'write', 'export'], NOW)).token;
  for (const [path, method] of [
    [`/webhooks/${id}`, 'DELETE'],
    [`/webhooks/${id}/rotate`, 'POST'],
    [`/webhooks/${id}/pause`, 'POST'],
    [`/webhooks/${id}/test`, 'POST'],
    [`/webhooks/${id}/deliveries`, 'GET'],
  ] as const) {
    await expectProblem(await ask(path, withToken(theirs, { method })), 404, 'unknown_webhook');
    await expectProblem(await ask(path, withToken(weak, { method })), 403, 'missing_scope');
  }
  const path = `/webhooks/${id}/deliveries/x/replay`;
  await expectProblem(await ask(path, withToken(theirs, { method: 'POST' })), 404, 'unknown_delivery');
  const { results } = await env.PEOPLE.prepare('SELECT action FROM audit WHERE reason = ?1').bind(id).all();
  expect(results).toEqual([{ action: 'make_outlet' }]);
});

test('a site has at most twenty', async () => {
  const own = await makeSite(NOW - 86_400_000);
  const by = (await newToken([own], ['admin'], NOW)).token;
  const statuses: number[] = [];
  for (let i = 0; i < 21; i += 1) statuses.push((await ask('/webhooks', post(LOCAL, by), DEMO)).status);
  expect(statuses).toEqual([...Array<number>(20).fill(201), 422]);
});

test('a receiver that is not there: the log says so', async () => {
  const { id } = await make();
  await ask(`/webhooks/${id}/test`, withToken(token, { method: 'POST' }));
  const page = await dashboard('admin');
  // Any act on the canonical host sends what waits.
  await page.post(`/connections/${id}`, { act: 'test' }, DEMO);
  const { results } = await (await ask(`/webhooks/${id}/deliveries`, withToken(token))).json<{
    results: { attempts: { outcome: string }[] }[];
  }>();
  expect(results.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome))).toContain('network');
  const html = await (await page.get(`/connections/${id}`)).text();
  expect(html).toMatch(/injoignable/);
});

const opened = new Map<Role, ReturnType<typeof openDashboard>>();
/** The real Worker around somebody's dashboard. Signing in is slow on purpose: once for each role. */
async function dashboard(role: Role) {
  const opening = opened.get(role) ?? openDashboard(site, role);
  opened.set(role, opening);
  const { get, cookie } = await opening;
  return {
    get: (path: string) => get(`/s/${site.key}${path}`),
    post: async (path: string, fields: Record<string, string>, bindings: object) => {
      const context = createExecutionContext();
      const request = new Request(`${ORIGIN}/s/${site.key}${path}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(fields).toString(),
        headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      });
      const answered = await worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings as Env, context);
      await waitOnExecutionContext(context);
      return answered;
    },
  };
}

test('on the dashboard a webhook is made, its secret changed, paused, let go on and removed', async () => {
  const page = await dashboard('admin');
  const made = await (
    await page.post('/connections', { act: 'hook', url: LOCAL.url, type: 'person.erased', name: 'CRM' }, DEMO)
  ).text();
  const [, secret = ''] = /class="secret">(whsec_[^<]+)</.exec(made) ?? [];
  const [, id = ''] = /connections\/(out_[0-9a-f]+)"/.exec(made) ?? [];
  expect([secret.length, id.length]).toEqual([50, 28]);
  expect(await (await page.get(`/connections/${id}`)).text()).not.toContain('whsec_');
  const rotated = await (await page.post(`/connections/${id}`, { act: 'rotate' }, env)).text();
  expect(rotated).toMatch(/whsec_/);
  expect(rotated).not.toContain(secret);
  expect(rotated).toMatch(/ancien secret signe encore/);
  for (const [act, says] of [
    ['pause', 'en pause'],
    ['resume', 'en service'],
  ] as const) {
    expect((await page.post(`/connections/${id}`, { act }, env)).status).toBe(303);
    expect(await (await page.get(`/connections/${id}`)).text()).toContain(says);
  }
  expect((await page.post(`/connections/${id}`, { act: 'explode' }, env)).status).toBe(404);
  expect((await page.post(`/connections/${id}`, { act: 'remove' }, env)).headers.get('location')).toContain('said=removed');
  expect((await page.get(`/connections/${id}`)).status).toBe(404);
});

test('an e-mail tool is connected with a key that no page shows; Mailchimp gets an address of its own', async () => {
  const page = await dashboard('admin');
  const key = '0123456789abcdef0123456789abcdef-us21';
  const wrong = await (await page.post('/connections', { act: 'tool', kind: 'mailchimp', key, list: 'not a list' }, env)).text();
  expect(wrong).toMatch(/Cette liste/);
  expect(wrong).not.toContain(key);
  const made = await page.post('/connections', { act: 'tool', kind: 'mailchimp', key, list: 'a6b5da1054' }, env);
  const path = (made.headers.get('location') ?? '').replace(`/s/${site.key}`, '').replace(/\?.*/, '');
  const html = await (await page.get(path)).text();
  expect(html).toMatch(/\/hooks\/mailchimp\/out_[0-9a-f]{24}\?key=[\w-]{43}/);
  expect(html + (await dump(env.PEOPLE))).not.toContain(key);
});

test.each(['viewer', 'steward'] as const)('a %s has no connections', async (role) => {
  const page = await dashboard(role);
  expect((await page.get('/connections')).status).toBe(404);
  expect((await page.post('/connections', { act: 'hook', url: LOCAL.url, type: 'person.erased' }, DEMO)).status).toBe(404);
});
