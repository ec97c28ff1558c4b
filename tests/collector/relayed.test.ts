/** POST /api/v1/events: hits from a server go the tag's way; nothing of the server itself is counted. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { BROWSER, idAt, makeSite, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T15:00:00Z');
const { ask, withToken } = openDoor({ now: NOW });
const random = seeded(21);
let site: Site;
let other: Site;
let token: string;

beforeAll(async () => {
  site = await makeSite(NOW - 5 * 86_400_000);
  other = await makeSite(NOW - 5 * 86_400_000);
  token = (await newToken([site], ['write'], NOW)).token;
});

const view = (more: object = {}) => ({
  kind: 'pageview',
  id: idAt(NOW - 1_000, random),
  url: 'https://shop.example/from-server',
  mode: 'audience',
  visitor: idAt(NOW, random),
  ...more,
});
const post = (messages: unknown[], more: object = {}, headers: Record<string, string> = {}) =>
  ask(
    '/events',
    withToken(token, {
      method: 'POST',
      body: JSON.stringify({ sentAt: NOW, messages, ...more }),
      headers: { 'content-type': 'application/json', 'user-agent': 'curl/8.5.0', 'cf-connecting-ip': '198.51.100.9', ...headers },
    }),
  );
const rows = async () =>
  (
    await env.EVENTS.prepare(
      'SELECT visitor, kind, device, browser, place, language FROM pageviews WHERE site = ?1 ORDER BY born, rand',
    )
      .bind(site.id)
      .all<Record<string, number>>()
  ).results;

test("a hit with a visitor of its own is counted; the server's user agent is neither a bot nor a browser", async () => {
  const answered = await post([view()]);
  expect([answered.status, await answered.json()]).toEqual([202, { ok: 1, rej: [] }]);
  expect((await rows()).at(-1)).toMatchObject({ kind: 0, device: 0, browser: 0, place: 0, language: 0 });
});

test("the visitor's network and browser are taken where they are said, and only there", async () => {
  const sender = { ip: '203.0.113.9', userAgent: BROWSER, language: 'fr-FR,fr;q=0.9', country: 'FR', city: 'Lyon' };
  const idless = () => view({ visitor: undefined });
  const answered = await post([idless(), idless()], { sender });
  expect(await answered.json()).toEqual({ ok: 2, rej: [] });
  const again = await post([idless()], { sender: { ...sender, ip: '203.0.113.10' } });
  expect(again.status).toBe(202);
  const counted = (await rows()).filter(({ kind }) => kind === 1);
  expect(counted).toHaveLength(3);
  expect(new Set(counted.map(({ visitor }) => visitor)).size).toBe(2);
  for (const row of counted) expect([row.device, row.browser, row.place !== 0, row.language !== 0]).toEqual([1, 1, true, true]);
  const { results } = await env.EVENTS.prepare('SELECT country, city FROM places WHERE site = ?1').bind(site.id).all();
  expect(results).toEqual([{ country: 'FR', city: 'Lyon' }]);
});

test('a hit that could be anybody is refused, alone; so is one of another host, or none at all', async () => {
  const answered = await post([
    view({ visitor: undefined }),
    view({ url: 'https://evil.example/' }),
    { kind: 'x', id: 'y', url: 'z' },
    view(),
  ]);
  expect(await answered.json()).toEqual({
    ok: 1,
    rej: [
      [0, 'bad_message'],
      [1, 'wrong_host'],
      [2, 'bad_message'],
    ],
  });
  const bot = await post([view()], { sender: { userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' } });
  expect(await bot.json()).toEqual({ ok: 0, rej: [[0, 'bot']] });
  expect(await (await post([{ ...view(), kind: 'exposure' }])).json()).toEqual({ ok: 0, rej: [[0, 'needs_kiosk']] });
});

test('a message sent again changes nothing', async () => {
  const message = view();
  for (let i = 0; i < 2; i += 1) expect(await (await post([message])).json()).toEqual({ ok: 1, rej: [] });
  const found = await env.EVENTS.prepare('SELECT count(*) AS n FROM pageviews WHERE site = ?1 AND born = ?2 AND rand = ?3')
    .bind(site.id, Number.parseInt(message.id.slice(0, 12), 16), Number.parseInt(message.id.slice(12), 16))
    .first();
  expect(found).toEqual({ n: 1 });
});

test('only with a token that may write, for its own site; nonsense names its field', async () => {
  const { token: reader } = await newToken([site], ['read'], NOW);
  const body = JSON.stringify({ sentAt: NOW, messages: [view()] });
  await expectProblem(await ask('/events', withToken(reader, { method: 'POST', body })), 403, 'missing_scope');
  await expectProblem(await ask('/events', { method: 'POST', body }), 401, 'not_signed_in');
  await expectProblem(await post([view()], { site: other.key }), 404, 'unknown_site', 'site');
  expect((await post([view()], { site: site.key })).status).toBe(202);
  await expectProblem(await post([]), 400, 'bad_body', 'messages');
  await expectProblem(await post(Array.from({ length: 51 }, () => view())), 400, 'bad_body', 'messages');
  await expectProblem(await post([view()], { sentAt: 'now' }), 400, 'bad_body', 'sentAt');
  await expectProblem(await post([view()], { sender: { ip: 'here' } }), 400, 'bad_body', 'sender');
  await expectProblem(await post([view()], { sender: { cookie: 'x' } }), 400, 'bad_body', 'sender');
});
