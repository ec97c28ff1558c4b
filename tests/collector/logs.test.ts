/** What requests leave behind outside the facts: no address, IP or token in any log, whatever fails; and counted refusals. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test, vi } from 'vitest';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { sendMails } from '../../collector/notify/send-mails.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump, envelope, knock } from './door.ts';
import { BROWSER, idAt, makeSite, seeded } from './fixture.ts';
import { failing, optInAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(18);
let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});
const view = (more: Record<string, unknown> = {}) => ({
  kind: 'pageview',
  id: idAt(NOW, random),
  url: 'https://shop.example/',
  mode: 'audience',
  ...more,
});

test('failing requests log which step failed, never what was sent or by whom', async () => {
  const canaries = [
    'canary.address',
    'canary-token',
    'canary-user',
    'canary-path',
    '203.0.113.7',
    'canary-ua',
    'canary-cookie',
    env.ADDRESS_SECRET,
  ];
  const logged: unknown[] = [];
  for (const level of ['error', 'warn', 'log', 'info', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation(
      (...said: unknown[]) => void logged.push(...said.map((s) => (s instanceof Error ? `${s} ${s.stack}` : s))),
    );
  const headers = { 'user-agent': `${BROWSER} canary-ua`, cookie: 'a=canary-cookie', authorization: 'Bearer canary-token' };
  const url = 'https://shop.example/canary-path';
  const messages = [
    optInAt(NOW, 'canary.address@example.com', { url }),
    view({ kind: 'identify', user: 'canary-user', mode: 'engagement', url, visitor: idAt(NOW, random) }),
    view({ kind: 'link', token: 'canary-token', mode: 'engagement', url }),
    view({ url: `${url}?email=canary.address@example.com` }),
  ];
  const words = (what: string) => `${what}: canary.address@example.com 203.0.113.7 canary-token`;
  const answers = [];
  for (const collector of [
    { people: failing(env.PEOPLE, words('D1_ERROR')) },
    { events: failing(env.EVENTS, words('D1_ERROR')) },
    {
      events: failing(env.EVENTS, words('D1_ERROR')),
      spillway: new Proxy(env.SPILLWAY, { get: () => async () => Promise.reject(new TypeError(words('queue'))) }),
    },
    { sendMails: async () => Promise.reject(new Error('mail')).catch(() => {}) },
    {},
  ])
    for (const body of [envelope(site, NOW, messages), envelope(site, -1, messages), `${JSON.stringify(messages)}{canary-token`])
      answers.push(await knock(body, { now: NOW, collector, headers }));
  await relayOptIns(env.PEOPLE, failing(env.EVENTS), 10).catch(() => {});
  const mailer = { repeatableMs: 0, send: async () => Promise.reject(new Error(words('SMTP 550'))) };
  const from = 'canary.address@example.com';
  await sendMails({ people: env.PEOPLE, secrets: env, mailer, from, linkBase: 'https://c.example' }, NOW, 10);
  vi.restoreAllMocks();
  expect(answers.map((a) => a.status)).toEqual(expect.arrayContaining([202, 400, 503]));
  expect(logged.length).toBeGreaterThan(2);
  for (const canary of canaries) {
    expect(JSON.stringify(logged)).not.toContain(canary);
    for (const { text } of answers) expect(text).not.toContain(canary);
  }
});

test('an IP, a user agent and a full referrer lie in no table', async () => {
  const headers = { 'user-agent': `${BROWSER} canary-ua` };
  await knock(envelope(site, NOW, [view({ referrer: 'https://a.example/canary-referrer?q=1' })]), {
    now: NOW,
    collector: {},
    headers,
  });
  const kept = `${await dump(env.EVENTS)}\n${await dump(env.PEOPLE)}`;
  expect(kept).toContain('a.example');
  for (const canary of ['203.0.113.7', 'canary-ua', 'canary-referrer', 'Mozilla']) expect(kept).not.toContain(canary);
});

test('refusals reach the table by requests alone, at most once a minute, whether or not cron runs here', async () => {
  const refused = async () =>
    (
      await env.EVENTS.prepare("SELECT coalesce(sum(hits), 0) AS n FROM refusals WHERE site = ?1 AND reason = 'wrong_host'")
        .bind(site.id)
        .first<{ n: number }>()
    )?.n;
  const bad = () => envelope(site, NOW, [view({ url: 'https://evil.example/' })]);
  // Two minutes apart, so that what earlier tests of this isolate counted is flushed before.
  const at = (minutes: number) => knock(bad(), { now: NOW + minutes * 60_000, collector: {} });
  await at(10);
  const first = await refused();
  expect(first).toBeGreaterThan(0);
  await at(10.2);
  await at(10.4);
  expect(await refused()).toBe(first);
  await at(12);
  expect(await refused()).toBe((first ?? 0) + 3);
});
