/** Tokens of mailed links: through the API for confirmed opt-ins, kept as hashes, a few browsers, thirty days, no data. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { relayLinkEnds } from '../../collector/ingest/relay-link-ends.ts';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { forgetLinkTokens } from '../../collector/people/link-tokens.ts';
import { forgetOldLinks, isLinkPurgeDue, spansOfPerson } from '../../collector/people/links.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { dump, envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(190);
const clock = { now: NOW };
const { ask, withToken } = openDoor(clock);
let site: Site;
let other: Site;
let writer: string;
beforeAll(async () => {
  site = await makeSite(NOW - 10 * DAY);
  other = await makeSite(NOW - 10 * DAY);
  writer = (await newToken([site], ['write'], NOW)).token;
});

let confirmed = 0;
async function subscriber(more: Record<string, unknown> = {}) {
  const message = optInAt(NOW - 2 * DAY, fresh(), { boxes: { news: true, link: true }, mode: 'engagement', ...more });
  expect((await submitAt(NOW - 2 * DAY, site, [message])).json).toEqual({ ok: 1, rej: [] });
  confirmed += 1;
  await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1')
    .bind(message.id, sha256(`mailed ${confirmed}`))
    .run();
  expect(await confirmOptIn(env, `mailed ${confirmed}`, NOW - DAY)).toBe('confirmed');
  return { optIn: String(message.id), person: String((await personOf(message.id))?.person) };
}
const mint = (body: unknown, token = writer) =>
  ask(
    '/link-tokens',
    withToken(token, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  );
async function tokenFor(person: string): Promise<string> {
  const { results } = (await (await mint({ persons: [person] })).json()) as { results: { token: string }[] };
  return results[0]?.token ?? '';
}
const opening = (token: string, visitor: string, more: Record<string, unknown> = {}, at = clock.now - 1_000) => ({
  kind: 'link',
  id: idAt(at, random),
  url: 'https://shop.example/news',
  mode: 'engagement',
  visitor,
  token,
  ...more,
});
const send = (messages: unknown[], now = clock.now, where = site) =>
  knock(envelope(where, now, messages), { now, collector: {} });
const browser = () => idAt(NOW, random);

test('a confirmed opt-in gets a token by the id of the opt-in or of the person; nothing but its hash is stored', async () => {
  const { optIn, person } = await subscriber();
  const answered = await mint({ persons: [person, 'nobody'], opt_ins: [optIn] });
  expect(answered.status).toBe(201);
  const { results } = (await answered.json()) as { results: Record<string, string>[] };
  expect(results.map(({ id, person: of, error }) => [id, of, error])).toEqual([
    [person, person, undefined],
    ['nobody', undefined, 'unknown'],
    [optIn, person, undefined],
  ]);
  const tokens = [results[0]?.token, results[2]?.token];
  expect(new Set(tokens).size).toBe(2);
  const stored = await dump(env.PEOPLE);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(stored).not.toContain(token);
  }
  expect(results[0]).toMatchObject({ fragment: `#k=${tokens[0]}`, expires_at: new Date(NOW + 30 * DAY).toISOString() });
});

test('nobody who did not confirm, nobody of another site, no other scope, no empty and no endless list', async () => {
  const pending = optInAt(NOW, fresh(), { boxes: { news: true, link: true } });
  await submitAt(NOW, site, [pending]);
  expect(await (await mint({ opt_ins: [pending.id] })).json()).toEqual({ results: [{ id: pending.id, error: 'not_confirmed' }] });
  const { person } = await subscriber();
  const foreign = (await newToken([other], ['write'], NOW)).token;
  expect(await (await mint({ persons: [person] }, foreign)).json()).toEqual({ results: [{ id: person, error: 'unknown' }] });
  await expectProblem(
    await mint({ persons: [person] }, (await newToken([site], ['read', 'export', 'admin'], NOW)).token),
    403,
    'missing_scope',
  );
  await expectProblem(await mint({}), 400, 'bad_body', 'persons');
  await expectProblem(await mint({ persons: Array.from({ length: 501 }, (_, i) => `p${i}`) }), 400, 'bad_body');
  await expectProblem(await mint({ persons: [7] }), 400, 'bad_body', 'persons');
});

test('an opened link makes the visitor known and the person, from the opening on; again changes nothing', async () => {
  const { person } = await subscriber();
  const token = await tokenFor(person);
  const visitor = browser();
  const message = opening(`${token}&utm_term=x`, visitor);
  for (let i = 0; i < 3; i += 1) expect((await send([message])).json).toEqual({ ok: 1, rej: [] });
  const spans = (await spansOfPerson(env.PEOPLE, site.id, person)).filter(({ via }) => via === 'link');
  expect(spans).toMatchObject([{ from: clock.now - 1_000, until: null, reachesBack: false }]);
  expect(
    await env.EVENTS.prepare('SELECT act, ended_at FROM identifications WHERE visitor = ?1').bind(spans[0]?.visitor).all(),
  ).toMatchObject({ results: [{ act: 2, ended_at: null }] });
});

test.each([
  ['an invented token', (token: string) => opening(`${token.slice(1)}A`, browser()), 'bad_code'],
  ['an empty one', () => opening('', browser()), 'bad_code'],
  ['audience mode', (token: string) => opening(token, browser(), { mode: 'audience' }), 'needs_engagement'],
  ['a token of another site', (token: string) => ({ ...opening(token, browser()), elsewhere: true }), 'bad_code'],
])('%s opens nothing', async (_name, make, reason) => {
  const { person } = await subscriber();
  const { elsewhere, ...message } = make(await tokenFor(person)) as Record<string, unknown>;
  const before = await dump(env.PEOPLE);
  expect((await send([message], clock.now, elsewhere ? other : site)).json).toEqual({ ok: 0, rej: [[0, reason]] });
  expect(await dump(env.PEOPLE)).toBe(before);
});

test('a link is dead after thirty days, but one opened before may arrive late; then it is forgotten', async () => {
  const { person } = await subscriber();
  const token = await tokenFor(person);
  const kept = opening(token, browser(), {}, NOW + 29 * DAY);
  expect((await send([opening(token, browser(), {}, NOW + 31 * DAY)], NOW + 31 * DAY)).json.rej).toEqual([[0, 'bad_code']]);
  expect((await send([kept], NOW + 40 * DAY)).json).toEqual({ ok: 1, rej: [] });
  await forgetLinkTokens(env.PEOPLE, NOW + 59 * DAY);
  expect(await one('SELECT count(*) AS n FROM link_tokens WHERE hash = ?1', sha256(`link ${token}`))).toEqual({ n: 1 });
  await forgetLinkTokens(env.PEOPLE, NOW + 61 * DAY);
  expect(await one('SELECT count(*) AS n FROM link_openings WHERE token = ?1', sha256(`link ${token}`))).toEqual({ n: 0 });
});

test('a mail that is forwarded to many makes nobody known after the fifth browser', async () => {
  const { person } = await subscriber();
  const token = await tokenFor(person);
  const browsers = Array.from({ length: 8 }, browser);
  const answers = [];
  for (const visitor of browsers) answers.push((await send([opening(token, visitor)])).json.ok);
  expect(answers).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
  expect((await send([opening(token, browsers[2] ?? '')])).json.ok).toBe(1);
});

test('a link never takes a browser from anybody, and opens no past', async () => {
  const [ada, ben] = [await subscriber(), await subscriber()];
  const visitor = browser();
  await send([opening(await tokenFor(ada.person), visitor, {}, NOW - 5_000)]);
  await send([opening(await tokenFor(ben.person), visitor, {}, NOW - 4_000)]);
  await send([{ ...opening('', visitor, {}, NOW - 3_000), kind: 'identify', user: 'customer-9' }]);
  await send([opening(await tokenFor(ada.person), visitor, {}, NOW - 2_000)]);
  const linked = async (person: string) =>
    (await spansOfPerson(env.PEOPLE, site.id, person))
      .filter(({ via }) => via === 'link')
      .map(({ from, until }) => [from, until]);
  expect(await linked(ada.person)).toEqual([[NOW - 5_000, NOW - 3_000]]);
  expect(await linked(ben.person)).toEqual([]);
});

test('without the purpose on the web a link makes known and joins nothing', async () => {
  const { person } = await subscriber({ boxes: { news: true, link: false } });
  expect((await send([opening(await tokenFor(person), browser())])).json.ok).toBe(1);
  expect(await spansOfPerson(env.PEOPLE, site.id, person)).toEqual([]);
});

test('who withdraws the linking is in no browser any more, known no longer, and old links are dead', async () => {
  const { person, optIn } = await subscriber();
  const token = await tokenFor(person);
  const visitor = browser();
  await send([opening(token, visitor)]);
  const opened = (await spansOfPerson(env.PEOPLE, site.id, person)).find(({ via }) => via === 'link');
  expect(await withdrawOptIn(env.PEOPLE, { site: site.id, person, purpose: 'link' }, { at: NOW + DAY, method: 'page' })).toBe(1);
  expect(await spansOfPerson(env.PEOPLE, site.id, person)).toEqual([]);
  expect(await one('SELECT state FROM opt_ins WHERE id = ?1', optIn)).toEqual({ state: 'confirmed' });
  expect((await send([opening(token, browser())])).json.rej).toEqual([[0, 'bad_code']]);
  const known = () =>
    env.EVENTS.prepare('SELECT act, ended_at FROM identifications WHERE visitor = ?1').bind(opened?.visitor).first();
  expect(await known()).toEqual({ act: 2, ended_at: null });
  expect(await relayLinkEnds(env.PEOPLE, env, NOW + DAY, 50)).toBe(1);
  expect(await known()).toEqual({ act: 2, ended_at: NOW + DAY });
  expect(await relayLinkEnds(env.PEOPLE, env, NOW + DAY, 50)).toBe(0);
  await relayOptIns(env.PEOPLE, env, 50);
});

test('who a visitor was is forgotten with the visitor: after thirteen months and thirty days, once a night', async () => {
  const { person } = await subscriber();
  const given = NOW - 2 * DAY;
  await forgetOldLinks(env.PEOPLE, given + 426 * DAY);
  expect(await spansOfPerson(env.PEOPLE, site.id, person)).toHaveLength(1);
  await forgetOldLinks(env.PEOPLE, given + 428 * DAY);
  expect(await spansOfPerson(env.PEOPLE, site.id, person)).toEqual([]);
  const minutes = Array.from({ length: 1_440 }, (_, i) => NOW + i * 60_000);
  expect(minutes.filter(isLinkPurgeDue)).toHaveLength(1);
});
