/** The page about what is kept: for whoever manages the site, in both languages, and a shorter time is asked about before it is set. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import { readRawDays } from '../../collector/access/set-raw-days.ts';
import { purgeFacts } from '../../collector/ingest/purge.ts';
import { readLoss } from '../../collector/report/keeping.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { allSites, type Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { commitAll, DAY, rowsOf, upkeep, weeksOf } from './history-site.ts';

const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
const cookies = new Map<string, string>();
let site: Site;

const ask = (
  path: string,
  role: string | null = 'admin',
  fields?: Record<string, string>,
  bindings: Partial<typeof env> = {},
) => {
  const headers = new Headers({ origin: ORIGIN, 'accept-language': 'en' });
  const cookie = role === null ? undefined : cookies.get(role);
  if (cookie) headers.set('cookie', cookie);
  const body = fields && new URLSearchParams(fields);
  return app.fetch(
    new Request(`${ORIGIN}${path}`, { redirect: 'manual', method: fields ? 'POST' : 'GET', headers, ...(body && { body }) }),
    { ...env, ...bindings },
  );
};
/** A page's text with plain spaces: numbers keep theirs together. */
const read = async (answer: Response | Promise<Response>) => (await (await answer).text()).replaceAll(/[\u00a0\u202f]/g, ' ');
const page = () => `/s/${site.key}/collection`;
const rawDays = async () => (await allSites(env.PEOPLE)).find(({ id }) => id === site.id)?.rawDays;
const measure = (database: string, bytes: number) =>
  env.PEOPLE.prepare(
    'INSERT INTO storage (database, bytes, measured_at) VALUES (?1, ?2, ?3) ON CONFLICT (database) DO UPDATE SET bytes = excluded.bytes',
  )
    .bind(database, bytes, Date.now())
    .run();

beforeAll(async () => {
  site = await makeSite(Date.now() - 70 * DAY);
  for (const role of ['viewer', 'steward', 'admin']) {
    const email = `${role}@example.com`;
    const account = { name: role, email, password: PASSWORD, language: 'en' } as const;
    const user = await addAccount(env.PEOPLE, account, Date.now(), randomBytes(seeded(role.length * 31)));
    await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role, store) VALUES (?1, ?2, ?3, NULL)')
      .bind(user, site.id, role)
      .run();
    const answer = await ask('/login', null, { email, password: PASSWORD });
    cookies.set(
      role,
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    );
  }
});
beforeEach(async () => {
  await env.PEOPLE.batch([
    env.PEOPLE.prepare('DELETE FROM storage'),
    env.PEOPLE.prepare('DELETE FROM audit'),
    env.PEOPLE.prepare('UPDATE sites SET raw_days = NULL'),
  ]);
});

test('only who manages the site finds it, in the navigation and behind its address', async () => {
  expect(await read(ask(page()))).toContain(`href="${page()}" aria-current="page"`);
  for (const role of ['viewer', 'steward']) {
    expect((await ask(page(), role)).status).toBe(404);
    expect((await ask(page(), role, { days: '400' })).status).toBe(404);
    expect(await read(ask(`/s/${site.key}/start`, role))).not.toContain(page());
  }
  expect((await ask(page(), null)).headers.get('location')).toBe(`/login?${new URLSearchParams({ next: page() })}`);
  expect(await rawDays()).toBeUndefined();
});

test('the gauge says how full the databases are, warns from 70 % on, and does not call the unmeasured empty', async () => {
  const before = await read(ask(page()));
  expect(before.match(/not measured yet/g)).toHaveLength(2);
  expect(before).not.toMatch(/\b0(\.0)?%/);
  await measure('EVENTS', 6_999_000_000);
  await measure('EVENTS_2', 9_900_000_000);
  await measure('PEOPLE', 123_456);
  const fine = await read(ask(page()));
  for (const words of ['7 GB of 10 GB', '69.9%', '123.5 kB of 10 GB', '&lt; 0.1%']) expect(fine).toContain(words);
  expect(fine).not.toContain('Nearly full');
  await measure('EVENTS', 7_000_000_000);
  const alarm = await read(ask(page()));
  expect(alarm).toContain('70.0%');
  expect(alarm.match(/Nearly full/g)).toHaveLength(1);
  // A site that has moved is told about its own database.
  await env.PEOPLE.prepare("UPDATE sites SET events = 'EVENTS_2' WHERE id = ?1").bind(site.id).run();
  const moved = await read(ask(page(), 'admin', undefined, { EVENTS_2: env.EVENTS_2 }));
  expect(moved).toContain('9.9 GB of 10 GB');
  await env.PEOPLE.prepare("UPDATE sites SET events = 'EVENTS' WHERE id = ?1").bind(site.id).run();
});

test('a longer time is set at once; nonsense and what is out of bounds changes nothing and says why', async () => {
  const answer = await ask(page(), 'admin', { days: '762' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page()}?saved`]);
  expect(await rawDays()).toBe(762);
  expect(await read(ask(`${page()}?saved`))).toContain('Detail is kept for 762 days.');
  for (const days of ['44', '763', '0', '-90', '90.5', '9e1', '1000000000000000000000000', 'ninety', '', ' ', '0x60', '<b>90'])
    expect([days, readRawDays(days)]).toEqual([days, null]);
  expect([readRawDays('45'), readRawDays(' 762 ')]).toEqual([45, 762]);
  const refused = await ask(page(), 'admin', { days: '44"><script>', confirmed: '44' });
  expect(refused.status).toBe(422);
  const text = await read(refused);
  expect(text).toContain('Give a whole number of days, from 45 to 762. Nothing was changed.');
  expect(text).not.toContain('<script>');
  expect((await ask(page(), 'admin', {})).status).toBe(422);
  expect(await rawDays()).toBe(762);
});

test('a shorter time says which pageviews lose their detail, and is set only when that was confirmed', async () => {
  const now = Date.now();
  const facts = weeksOf(site.id, now, 70, 4);
  await commitAll(env.EVENTS, facts);
  await upkeep(env.EVENTS, site, now);
  const before = startOfDay(site.zone, dayOf(site.zone, now) - 60);
  const views = facts.flatMap((f) => f.pageviews);
  const old = views.filter(({ at }) => at < before).length;
  expect(old).toBeGreaterThan(5);
  expect(await readLoss(env, site, 60, now)).toEqual({ before, pageviews: old });
  const asked = await ask(page(), 'admin', { days: '60' });
  expect(asked.status).toBe(200);
  const text = await read(asked);
  expect(text).toContain('Shorten to 60 days?');
  expect(text).toContain(`${old} pageviews`);
  expect(await rawDays()).toBeUndefined();
  // The confirmation of another number is none.
  expect(await read(ask(page(), 'admin', { days: '60', confirmed: '90' }))).toContain('Shorten to 60 days?');
  expect(await rawDays()).toBeUndefined();
  expect((await ask(page(), 'admin', { days: '60', confirmed: '60' })).status).toBe(303);
  expect(await rawDays()).toBe(60);
  const { results } = await env.PEOPLE.prepare('SELECT actor, action, reason FROM audit').all();
  expect(results).toEqual([
    { actor: expect.stringMatching(/^user \w+$/), action: 'set_raw_days', reason: 'from 397 to 60 days' },
  ]);
  // What was announced is what goes: the rest is there, and a longer time brings nothing back.
  const current = { ...site, rawDays: 60 };
  while (!(await purgeFacts(env.EVENTS, current, now, 100))) {
    /* until what is over is gone */
  }
  const left = await rowsOf(env.EVENTS, 'pageviews', site.id, `at >= ${before}`);
  expect(left).toHaveLength(views.length - old);
  expect(await readLoss(env, current, 60, now)).toBeNull();
  expect((await ask(page(), 'admin', { days: '397' })).status).toBe(303);
  expect(await rowsOf(env.EVENTS, 'pageviews', site.id, `at >= ${before}`)).toHaveLength(left.length);
}, 60_000);

test('without a history nothing is deleted, and the page says so', async () => {
  const { HISTORY: _history, ...bare } = env;
  const request = new Request(`${ORIGIN}${page()}`, { headers: { cookie: cookies.get('admin') ?? '', 'accept-language': 'fr' } });
  const text = await read(app.fetch(request, bare));
  expect(text).toContain('Aucun espace d’historique n’est relié');
  expect(await read(ask(page()))).not.toContain('No history storage');
});
