/** The dashboard's doors: who gets in, what each answer carries, and that nothing is changed by another site's form. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import type { Role } from '../../collector/access/roles.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { idAt, makeCollector, makeSite, randomBytes, seeded, send } from './fixture.ts';

const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
const ask = (path: string, init: RequestInit = {}) =>
  app.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', ...init }), env);

/** A form of our own page. */
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN, ...headers },
});

let site: Site;
let other: Site;
const cookies = new Map<Role, string>();

async function signInAs(role: Role, store: number | null): Promise<string> {
  const email = `${role}@example.com`;
  const user = await addAccount(
    env.PEOPLE,
    { name: role, email, password: PASSWORD, language: 'fr' },
    Date.now(),
    randomBytes(seeded(role.charCodeAt(0))),
  );
  await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role, store) VALUES (?1, ?2, ?3, ?4)')
    .bind(user, site.id, role, store)
    .run();
  const answer = await ask('/login', form({ email, password: PASSWORD, next: `/s/${site.key}` }));
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`/s/${site.key}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

beforeAll(async () => {
  site = await makeSite(Date.now() - 86_400_000);
  other = await makeSite(Date.now());
  await env.PEOPLE.prepare(
    "INSERT INTO stores (id, site, name, zone, created_at) VALUES (71, ?1, 'Paris Marais', 'Europe/Paris', 1), (72, ?1, 'Lyon', 'Europe/Paris', 1)",
  )
    .bind(site.id)
    .run();
  await env.PEOPLE.prepare(
    "INSERT INTO kiosks (id, site, store, name, created_at) VALUES (81, ?1, 71, 'Entrance', 1), (82, ?1, 72, 'Counter', 1)",
  )
    .bind(site.id)
    .run();
  for (const role of ['viewer', 'store', 'admin'] as const) cookies.set(role, await signInAs(role, role === 'store' ? 71 : null));
});

const as = (role: Role, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...Object.fromEntries(new Headers(init.headers)), cookie: cookies.get(role) ?? '' },
});

test('without a login session every page of a site leads to signing in, and back', async () => {
  for (const path of [`/s/${site.key}?period=7d`, `/s/${site.key}/kiosks`, '/s/no-such-site']) {
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/login?${new URLSearchParams({ next: path })}`]);
  }
  expect((await ask('/')).headers.get('location')).toBe('/login');
});

test('not yours, not for your role and not there are one and the same', async () => {
  const bodies = await Promise.all(
    [`/s/${other.key}`, '/s/no-such-site', `/s/${site.key}/kiosks`, `/s/${site.key}/nothing`].map(async (path) => {
      const answer = await ask(path, as('viewer'));
      expect(answer.status).toBe(404);
      return (await answer.text()).replaceAll(path, '');
    }),
  );
  expect(new Set(bodies).size).toBe(1);
});

test('every answer carries the headers, the refusal and the missing page too', async () => {
  const answers = await Promise.all([
    ask('/login'),
    ask('/nothing'),
    ask('/help'),
    ask(`/s/${site.key}/start`, as('viewer')),
    ask('/login', { method: 'POST', headers: { origin: 'https://evil.example' } }),
    ask('/confirm/unknown'),
  ]);
  for (const answer of answers) {
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

test("another site's form changes nothing", async () => {
  const hostile = [
    { origin: 'https://evil.example' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
    { origin: '' },
  ];
  for (const path of ['/login', '/logout', `/s/${site.key}/kiosks`, '/confirm/abc']) {
    for (const headers of hostile) expect((await ask(path, as('admin', form({ kiosk: '81' }, headers)))).status).toBe(403);
  }
  expect(
    (await ask('/confirm/abc', form({ answer: 'confirm' }, { origin: 'null', 'sec-fetch-site': 'same-origin' }))).status,
  ).toBe(404);
});

test('a wrong password and an unknown address read the same', async () => {
  const wrong = await ask('/login', form({ email: 'viewer@example.com', password: 'wrong' }));
  const unknown = await ask('/login', form({ email: 'nobody@example.com', password: 'wrong' }));
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  const text = async (answer: Response) => (await answer.text()).replaceAll(/(viewer|nobody)@example\.com/g, '');
  expect(await text(wrong)).toBe(await text(unknown));
});

test('language and appearance are remembered and taken off the address', async () => {
  const answer = await ask('/help/install?lang=en&theme=dark&x=1');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/help/install?x=1']);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const page = await (await ask('/help/install', { headers: { cookie, 'accept-language': 'fr' } })).text();
  expect(page).toContain('<html lang="en" data-theme="dark">');
  expect(page).toContain('Installing the tag');
  expect(await (await ask('/help/install', { headers: { 'accept-language': 'fr-CA,en;q=0.8' } })).text()).toContain(
    '<html lang="fr" data-theme="auto">',
  );
  expect((await ask('/help?lang=xx')).headers.getSetCookie()).toEqual([]);
});

test('a site waits for its first visit, then shows it', async () => {
  const before = await ask(`/s/${site.key}`, as('viewer'));
  expect(before.headers.get('location')).toBe(`/s/${site.key}/start`);
  const start = await (await ask(`/s/${site.key}/start`, as('viewer'))).text();
  expect(start).toContain(`data-site=&quot;${site.key}&quot;`);
  const now = Date.now();
  const random = seeded(3);
  const collector = makeCollector({ now });
  const received = await send(collector, site, now, [
    {
      kind: 'pageview',
      id: idAt(now - 1_000, random),
      url: 'https://shop.example/a',
      mode: 'audience',
      visitor: idAt(now - 1_000, random),
    },
  ]);
  expect(received.status).toBe(202);
  expect((await ask(`/s/${site.key}/start`, as('viewer'))).headers.get('location')).toBe(`/s/${site.key}?period=day`);
  const page = await ask(`/s/${site.key}?period=day&lang=`, as('viewer'));
  expect(page.status).toBe(303);
  const shown = await ask(`/s/${site.key}?period=day`, as('viewer'));
  expect(shown.status).toBe(200);
  const html = await shown.text();
  expect(html).toContain('data-live');
  expect(html).toContain('>/a<');
});

test('store staff see their own store; a code is made by those who may, shown once, and for kiosks of the site', async () => {
  const mine = await (await ask(`/s/${site.key}/kiosks`, as('store'))).text();
  expect(mine).toContain('Entrance');
  expect(mine).not.toContain('Counter');
  expect((await ask(`/s/${site.key}/kiosks`, as('store', form({ kiosk: '81' })))).status).toBe(404);
  expect((await ask(`/s/${site.key}/kiosks`, as('admin', form({ kiosk: '9999' })))).status).toBe(404);
  expect(
    (await ask(`/s/${site.key}/kiosks`, as('admin', { method: 'POST', body: '\0', headers: { origin: ORIGIN } }))).status,
  ).toBe(404);
  const made = await (await ask(`/s/${site.key}/kiosks`, as('admin', form({ kiosk: '82' })))).text();
  const code = /#enrol=([a-z0-9]{12})/.exec(made)?.[1];
  expect(code).toBeDefined();
  expect(await (await ask(`/s/${site.key}/kiosks`, as('admin'))).text()).not.toContain(code ?? '');
});

test('signing out ends the login session', async () => {
  const answer = await ask('/logout', as('admin', form({})));
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
  expect((await ask(`/s/${site.key}`, as('admin'))).headers.get('location')).toContain('/login?next=');
});
