/** Every address answers as the OpenAPI document says; the document itself is open to anybody. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { SCOPES } from '../../collector/access/tokens.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { keepMailSettings } from '../../collector/people/mail-settings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { newToken, openDoor } from './api-door.ts';
import { openDashboard } from './dashboard-door.ts';
import { expectDocumented, unseen } from './documented.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { plausibleTables, zipOf } from './import-files.ts';
import { optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T15:00:00Z');
const { ask, withToken } = openDoor({ now: NOW });
let site: Site;
let token: string;
let spare: string;

beforeAll(async () => {
  site = await makeSite(NOW - 5 * 86_400_000);
  const store = await addStore(env.PEOPLE, site.id, 'Paris', 'Europe/Paris', NOW);
  const kiosk = await addKiosk(env.PEOPLE, site.id, store, 'Entrance', NOW);
  await env.PEOPLE.prepare('UPDATE kiosks SET last_seen_at = ?2, enrolled_at = ?2 WHERE id = ?1')
    .bind(kiosk, NOW - 60_000)
    .run();
  token = (await newToken([site], SCOPES, NOW)).token;
  spare = (await newToken([site], ['read'], NOW)).id;
});

const json = (method: string, body: unknown): RequestInit =>
  withToken(token, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

test('realtime: who is there now, minute by minute, opt-ins without addresses, kiosks that are on', async () => {
  const clock = { now: NOW };
  const random = seeded(8);
  const [early, late] = [idAt(NOW, random), idAt(NOW, random)];
  const view = (minutesAgo: number, visitor: string, more: object = {}) => ({
    kind: 'pageview',
    id: idAt(NOW - minutesAgo * 60_000, random),
    url: 'https://shop.example/live',
    mode: 'audience',
    visitor,
    ...more,
  });
  await send(makeCollector(clock), site, NOW, [
    // Began 20 minutes ago and is still being looked at; another one left after a minute.
    view(20, early, { activeMs: 60_000, foregroundMs: 18 * 60_000 }),
    view(25, idAt(NOW, random), { activeMs: 1_000, foregroundMs: 60_000 }),
    view(2, late),
    view(90, idAt(NOW, random)),
    { ...view(1, late), kind: 'opt-in', email: 'lea@example.com', boxes: { news: true }, wording: 'newsletter-fr-1' },
  ]);
  const answered = await ask('/realtime', withToken(token));
  const text = await answered.text();
  const now: {
    visitors: number;
    minutes: { at: string; visitors: number; pageviews: number }[];
    opt_ins: object[];
    kiosks: object[];
  } = JSON.parse(text);
  expect(now.visitors).toBe(2);
  expect(now.minutes).toHaveLength(30);
  const at = (minutesAgo: number) =>
    now.minutes.find((minute) => minute.at === new Date(NOW - minutesAgo * 60_000).toISOString());
  expect(at(20)).toMatchObject({ visitors: 1, pageviews: 1 });
  expect(at(10)).toMatchObject({ visitors: 1, pageviews: 0 });
  expect(at(2)).toMatchObject({ visitors: 2, pageviews: 1 });
  expect(at(25)).toMatchObject({ visitors: 1, pageviews: 1 });
  expect(at(22)).toMatchObject({ visitors: 0, pageviews: 0 });
  expect(now.opt_ins).toEqual([expect.objectContaining({ path: '/live', touchpoint: 'web', store: null, state: 'pending' })]);
  expect(text).not.toMatch(/lea|example\.com/);
  expect(now.kiosks).toEqual([expect.objectContaining({ name: 'Entrance', store: 'Paris' })]);
});

/** Webhooks, and opt-ins out and back in. Only the demo tells a program on its own machine. */
async function askConnections() {
  const demo = { ...env, STAGE: 'demo' };
  const hook = { url: 'http://localhost:9/hook', types: ['optin.confirmed'] };
  const { id } = await (await ask('/webhooks', json('POST', hook), demo)).json<{ id: string }>();
  const post = withToken(token, { method: 'POST' });
  for (const act of ['test', 'rotate', 'pause', 'resume']) expect((await ask(`/webhooks/${id}/${act}`, post)).ok, act).toBe(true);
  const listed = await (await ask(`/webhooks/${id}/deliveries`, withToken(token))).json<{ results: { id: string }[] }>();
  const replayed = await ask(`/webhooks/${id}/deliveries/${listed.results[0]?.id}/replay`, post);
  const { cookie } = await openDashboard(site, 'steward');
  const form = {
    method: 'POST',
    body: new URLSearchParams({ site: site.key, reason: 'an audit' }).toString(),
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  };
  const csv = withToken(token, { method: 'POST', body: 'email\nx@example.com', headers: { 'content-type': 'text/csv' } });
  const answers = [
    replayed,
    await ask('/webhooks', withToken(token)),
    await ask(`/webhooks/${id}`, withToken(token, { method: 'DELETE' })),
    await ask('/opt-ins.csv', withToken(token)),
    await ask('/opt-ins.csv', form),
    await ask('/opt-ins/returns', json('POST', { returns: [{ email: 'x@example.com', kind: 'bounced' }] })),
    await ask('/opt-ins/returns.csv?kind=withdrawn', csv),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 200, 200, 200, 200, 200]);
}

test('every other address has a good answer, as documented', async () => {
  const asked: [string, RequestInit][] = [
    ['/query', json('POST', { metrics: ['visits', 'opt_in_rate'], dimensions: ['page'], compare: 'year' })],
    ['/export.csv?metrics=visits', withToken(token)],
    ['/export.json?metrics=visits&dimensions=time:day', withToken(token)],
    ['/export.zip', withToken(token)],
    ['/export.ndjson', withToken(token)],
    ['/events', json('POST', { sentAt: NOW, messages: [{ kind: 'pageview', id: idAt(NOW, seeded(2)), url: 'x' }] })],
    ['/sites', withToken(token)],
    ['/stores', withToken(token)],
    ['/kiosks', withToken(token)],
    ['/members', withToken(token)],
    ['/tokens', withToken(token)],
    ['/tokens', json('POST', { name: 'x', scopes: ['read'], sites: [site.key] })],
    [`/tokens/${spare}`, withToken(token, { method: 'DELETE' })],
  ];
  for (const [path, init] of asked) expect((await ask(path, init)).ok, path).toBe(true);
  const body = zipOf(plausibleTables());
  const uploaded = await ask(
    '/imports?name=p.zip',
    withToken(token, { method: 'POST', body, headers: { 'content-type': 'application/zip' } }),
  );
  const { id } = await uploaded.json<{ id: string }>();
  expect((await ask(`/imports/${id}/confirm`, withToken(token, { method: 'POST' }))).ok).toBe(true);
  expect((await ask('/imports', withToken(token))).ok).toBe(true);
  expect((await ask(`/imports/${id}`, withToken(token, { method: 'DELETE' }))).ok).toBe(true);
  const wording = {
    id: 'api-1',
    language: 'fr',
    title: 'T',
    boxes: [{ name: 'news', label: 'Oui' }],
    privacy_url: 'https://shop.test/p',
  };
  for (const [path, init] of [
    ['/wordings', json('POST', wording)],
    ['/wordings', withToken(token)],
    ['/wordings/api-1/retire', withToken(token, { method: 'POST' })],
    ['/wordings/api-1', withToken(token, { method: 'DELETE' })],
  ] as const)
    expect((await ask(path, init)).ok, path).toBe(true);
  const optIn = optInAt(NOW, 'people@example.com');
  expect((await submitAt(NOW, site, [optIn])).json).toEqual({ ok: 1, rej: [] });
  const person = (await personOf(optIn.id))?.person;
  for (const [path, init] of [
    ['/link-tokens', json('POST', { persons: [person] })],
    ['/opt-ins?state=pending&limit=5', withToken(token)],
    ['/persons?known_by=opt-in', withToken(token)],
    [`/persons/${person}`, withToken(token)],
  ] as const)
    expect((await ask(path, init)).ok, path).toBe(true);
  await keepMailSettings(env.PEOPLE, site.id, { confirmedBy: 'tool', hourly: 100 });
  const theirs = optInAt(NOW, 'tool@example.com');
  await submitAt(NOW, site, [theirs]);
  expect((await ask(`/opt-ins/${theirs.id}/confirm`, withToken(token, { method: 'POST' }))).ok).toBe(true);
  await askConnections();
  expect(unseen()).toEqual([]);
});

test('an answer that is not as documented would be seen', () => {
  const wrong = Response.json({ results: [{ key: 7 }] });
  expect(() => expectDocumented('GET', '/sites', wrong, '{"results":[{"key":7}]}')).toThrow(/not what the document says/);
  expect(() => expectDocumented('GET', '/sites', new Response('x', { status: 418 }), 'x')).toThrow(/documented nowhere/);
});

test('the document is open to anybody, without a token', async () => {
  const answered = await ask('/openapi.json');
  expect([answered.status, answered.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  expect(Object.keys((await answered.json<{ paths: object }>()).paths)).toContain('/query');
});
