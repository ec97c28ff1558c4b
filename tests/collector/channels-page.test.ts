/** The channel page through its routes: who may read, try and change, and what becomes of a form that is wrong or late. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import type { Role } from '../../collector/access/roles.ts';
import { readSiteRules, versionOfRules } from '../../collector/store/site-rules.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { makeSite, randomBytes, seeded } from './fixture.ts';

const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
const cookies = new Map<Role, string>();
let site: Site;

const ask = (role: Role | null, path: string, fields?: Record<string, string>) =>
  app.fetch(
    new Request(`${ORIGIN}${path}`, {
      redirect: 'manual',
      headers: { cookie: (role && cookies.get(role)) ?? '', origin: ORIGIN, 'accept-language': 'en' },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    }),
    env,
  );

beforeAll(async () => {
  site = await makeSite(Date.now() - 86_400_000);
  for (const role of ['viewer', 'store', 'admin'] as const) {
    const email = `${role}-channels@example.com`;
    const random = randomBytes(seeded(role.charCodeAt(0) + 900));
    const user = await addAccount(env.PEOPLE, { name: role, email, password: PASSWORD, language: 'en' }, Date.now(), random);
    await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role) VALUES (?1, ?2, ?3)').bind(user, site.id, role).run();
    const answer = await ask(null, '/login', { email, password: PASSWORD, next: '/' });
    cookies.set(
      role,
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    );
  }
});

const page = () => `/s/${site.key}/channels`;
const stored = async () => {
  const row = await env.PEOPLE.prepare('SELECT rules FROM sites WHERE id = ?1').bind(site.id).first<{ rules: string | null }>();
  return readSiteRules(row?.rules ?? null);
};
const seen = async () => String(versionOfRules(await stored()));
const rule = (said: Record<string, string>) => ({
  ...{ do: 'add', referrer: '', source: '', medium: '', campaign: '', outcome: '', name: '' },
  ...said,
});

test('whoever sees figures reads and tries; only who manages the site changes', async () => {
  const [viewer, admin] = await Promise.all((['viewer', 'admin'] as const).map(async (role) => (await ask(role, page())).text()));
  expect(viewer).toContain('Paid, and the source is a search engine.');
  expect(viewer).not.toContain('name="campaign"');
  expect(admin).toContain('name="campaign"');
  for (const path of [page(), `${page()}/try`]) expect((await ask('store', path, rule({ source: 'x' }))).status).toBe(404);
  expect((await ask('store', page())).status).toBe(404);
  expect((await ask('viewer', page(), rule({ seen: await seen(), source: 'x', outcome: 'email' }))).status).toBe(404);
  expect((await ask(null, page(), rule({}))).headers.get('location')).toContain('/login');
  expect(await stored()).toEqual([]);
});

test('a rule is added, edited, moved and deleted, and the tester follows', async () => {
  const change = async (fields: Record<string, string>) => {
    const answer = await ask('admin', page(), { seen: await seen(), ...fields });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page()}#own`]);
  };
  await change(rule({ referrer: 'https://partner.example/x', outcome: 'affiliate', name: '<b>Partner</b>' }));
  await change(rule({ campaign: 'sales-*', outcome: 'email' }));
  const tried = async (from: string, address = '') => (await ask('viewer', `${page()}/try`, { address, from })).text();
  const found = await tried('go.partner.example');
  expect(found).toContain('Affiliates');
  expect(found).toContain('&lt;b&gt;Partner&lt;/b&gt;');
  expect(found).toContain('href="#own-1"');
  expect(await tried('', 'shop.example/?utm_campaign=Sales-May')).toContain('href="#own-2"');
  expect(await tried('www.paypal.com')).toContain('paypal.com is a payment page');
  expect(await tried('', 'https://elsewhere.example/')).toContain('not on this site’s list');
  await change({ do: 'down', at: '0' });
  expect((await stored()).map(({ campaign }) => campaign)).toEqual(['sales-*', undefined]);
  const editing = await (await ask('admin', `${page()}?edit=2`)).text();
  expect(editing).toContain('value="partner.example"');
  await change(rule({ do: 'replace', at: '1', referrer: 'partner.example', outcome: 'aside' }));
  expect(await stored()).toEqual([
    { campaign: 'sales-*', channel: 'email' },
    { referrer: 'partner.example', aside: true },
  ]);
  await change({ do: 'remove', at: '0' });
  await change({ do: 'remove', at: '0' });
  expect(await stored()).toEqual([]);
});

test('a form that is wrong keeps what was typed and says what is wrong; one that is late changes nothing', async () => {
  const wrong = await ask('admin', page(), rule({ seen: await seen(), source: 'my source' }));
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toContain('This rule would change nothing');
  expect(html).toContain('value="my source"');
  expect(html).toContain('aria-invalid');
  const old = await seen();
  await ask('admin', page(), rule({ seen: old, source: 'first', outcome: 'email' }));
  const late = await ask('admin', page(), rule({ seen: old, source: 'second', outcome: 'email' }));
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('Somebody else has just changed the rules');
  for (const fields of [
    { do: 'remove', at: '7' },
    { do: 'up', at: '-1' },
    { do: 'remove' },
    { do: 'replace', at: '9', source: 'x', outcome: 'email' },
  ])
    expect((await ask('admin', page(), { ...rule(fields), seen: await seen() })).status).toBe(422);
  expect((await ask('admin', page(), { ...rule({ source: 'FIRST', outcome: 'sms' }), seen: await seen() })).status).toBe(422);
  expect((await ask('admin', page(), { do: '\0', seen: 'x', source: '\ud800', at: '1e9' })).status).toBe(422);
  expect(await stored()).toEqual([{ source: 'first', channel: 'email' }]);
});
