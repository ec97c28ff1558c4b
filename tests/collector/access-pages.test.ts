/** The pages of API tokens and imports: without JavaScript, for those who manage the site, in both languages. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import { bearerOf } from '../../collector/access/tokens.ts';
import { readImportedDays } from '../../collector/report/imported.ts';
import { dayOfDate } from '../../collector/store/calendar.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { fairnessOf } from '../../dashboard/comparison.ts';
import { idAt, makeCollector, makeSite, randomBytes, seeded, send } from './fixture.ts';
import { plausibleTables, zipOf } from './import-files.ts';

const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
const cookies: Record<string, string> = {};
let site: Site;
let other: Site;

const ask = async (role: string, path: string, body?: FormData | URLSearchParams, headers: Record<string, string> = {}) =>
  app.fetch(
    new Request(`${ORIGIN}${path}`, {
      redirect: 'manual',
      method: body ? 'POST' : 'GET',
      ...(body ? { body } : {}),
      headers: { cookie: cookies[role] ?? '', origin: ORIGIN, 'accept-language': 'en', ...headers },
    }),
    env,
  );
const page = async (role: string, path: string) => (await (await ask(role, path)).text()).replaceAll('\u00a0', ' ');
const fields = (pairs: [string, string][]) => new URLSearchParams(pairs);

beforeAll(async () => {
  site = await makeSite(Date.now() - 86_400_000);
  other = await makeSite(Date.now() - 86_400_000);
  for (const [i, role] of ['admin', 'viewer'].entries()) {
    const email = `${role}@example.com`;
    const user = await addAccount(
      env.PEOPLE,
      { name: role, email, password: PASSWORD, language: 'en' },
      1,
      randomBytes(seeded(50 + i)),
    );
    await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role) VALUES (?1, ?2, ?3)').bind(user, site.id, role).run();
    const answer = await ask('', '/login', fields(Object.entries({ email, password: PASSWORD })));
    cookies[role] = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
}, 60_000);

test('only those who manage the site see the pages, and another site’s form changes nothing', async () => {
  for (const path of ['tokens', 'imports']) {
    expect((await ask('admin', `/s/${site.key}/${path}`)).status).toBe(200);
    expect((await ask('viewer', `/s/${site.key}/${path}`)).status).toBe(404);
    expect((await ask('admin', `/s/${other.key}/${path}`)).status).toBe(404);
    expect((await ask('viewer', `/s/${site.key}/${path}`, fields([['create', '1']]))).status).toBe(404);
    expect((await ask('admin', `/s/${site.key}/${path}`, fields([]), { origin: 'https://evil.example' })).status).toBe(403);
  }
  expect(await page('admin', `/s/${site.key}/kiosks`)).toContain(`/s/${site.key}/tokens`);
  expect(await page('viewer', '/help')).not.toContain(`/s/${site.key}/tokens`);
});

test('a token is made, shown once, listed without its text, and revoked', async () => {
  const path = `/s/${site.key}/tokens`;
  const made = await ask(
    'admin',
    path,
    fields([
      ['create', '1'],
      ['name', ' <b>Monday\u202e '],
      ['scope', 'read'],
      ['scope', 'root'],
      ['site', site.key],
      ['site', other.key],
    ]),
  );
  const shown = await made.text();
  const [token = ''] = /cmp_[\w-]{43}/.exec(shown) ?? [];
  expect([made.status, token !== '', shown.includes('&lt;b&gt;Monday')]).toEqual([200, true, true]);
  expect(await bearerOf(env.PEOPLE, token, Date.now(), () => {})).toMatchObject({ scopes: ['read'], sites: [{ key: site.key }] });
  const listed = await page('admin', path);
  expect(listed).not.toContain(token);
  const [, id = ''] = /name="revoke" value="([0-9a-f]{16})"/.exec(listed) ?? [];
  const revoked = await ask('admin', path, fields([['revoke', id]]));
  expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `${path}?revoked`]);
  expect(await bearerOf(env.PEOPLE, token, Date.now(), () => {})).toBeNull();
  expect(await page('admin', `${path}?revoked`)).toContain('The token is revoked.');
  expect((await ask('admin', path, fields([['revoke', id]]))).status).toBe(404);
  for (const incomplete of [
    [
      ['name', 'x'],
      ['scope', 'read'],
    ],
    [
      ['name', ' '],
      ['scope', 'read'],
      ['site', site.key],
    ],
    [],
  ] as [string, string][][])
    expect((await ask('admin', path, fields([['create', '1'], ...incomplete]))).status).toBe(422);
});

test('a file is read, looked at, shown and taken away; mistakes stand by line', async () => {
  const path = `/s/${site.key}/imports`;
  const upload = (bytes: Uint8Array, name: string) => {
    const form = new FormData();
    form.set('file', new File([bytes], name));
    return ask('admin', path, form);
  };
  const tables = plausibleTables();
  const wrong = await upload(
    zipOf({ ...tables, imported_devices: ['"date","device","visits"', '"2024-01-01","<i>",x'] }),
    'p.zip',
  );
  const told = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(told).toContain('imported_devices.csv, line 2, column visits');
  expect(told).not.toContain('<i>');
  for (const nothing of [new Uint8Array(), new Uint8Array([1, 2, 3])]) expect((await upload(nothing, 'x')).status).toBe(422);
  expect((await upload(zipOf(tables), 'p.zip')).headers.get('location')).toBe(`${path}#staged`);
  const staged = await page('admin', path);
  for (const text of ['Waiting for your yes', 'Plausible', '1–3 January 2024', '3, all of them', 'bounces'])
    expect(staged).toContain(text);
  const [, id = ''] = /name="confirm" value="([0-9a-f]{12})"/.exec(staged) ?? [];
  expect((await ask('admin', path, fields([['confirm', id]]))).headers.get('location')).toBe(`${path}?said=done`);
  const days = () => readImportedDays(env.EVENTS, site.id, dayOfDate('2024-01-01') ?? 0, dayOfDate('2024-12-31') ?? 0);
  expect((await days()).days?.days).toBe(3);
  const view = {
    kind: 'pageview',
    id: idAt(Date.now(), seeded(1)),
    url: 'https://shop.example/',
    mode: 'audience',
    visitor: idAt(1, seeded(2)),
  };
  await send(makeCollector({ now: Date.now() }), site, Date.now(), [view]);
  const overview = await page('admin', `/s/${site.key}?from=2024-01-01&to=2024-01-05&compare=none&chart=pageviews`);
  for (const text of [
    'Imported from Plausible: 1–3 January 2024',
    '<rect class="imported" x="0%"',
    '(imported)',
    'Shaded: imported days.',
    'Google',
    '>85<',
  ])
    expect(overview).toContain(text);
  // A comparison with imported days is one with days that were measured, elsewhere.
  const span = { from: '2025-01-02', to: '2025-01-03', compared_from: '2024-01-02', compared_to: '2024-01-03', updating: false };
  const imported = { from: '2024-01-02', to: '2024-01-03', days: 2, tools: ['plausible'], metrics: [] };
  expect([span, { ...span, compared_imported: imported }].map((days) => fairnessOf(site, days, Date.now()))).toEqual([
    'early',
    'fair',
  ]);
  expect(await page('admin', `/s/${site.key}?from=2024-01-01&to=2024-01-05&filters=is,page,/`)).not.toContain('class="imported"');
  expect(await page('admin', `${path}?said=done`)).toContain('Remove for good');
  expect((await ask('admin', path, fields([['remove', id]]))).headers.get('location')).toBe(`${path}?said=removed`);
  expect((await days()).days).toBeNull();
  expect((await ask('admin', path, fields([['remove', id]]))).headers.get('location')).toBe(`${path}?said=gone`);
});

test('a file that is too large is told on the page; other forms stay small', async () => {
  const path = `/s/${site.key}/imports`;
  const large = await ask('admin', path, fields([['file', 'x']]), { 'content-length': String(30 * 1024 * 1024) });
  expect([large.status, large.headers.get('location')]).toEqual([303, `${path}?problem=large`]);
  expect(await page('admin', `${path}?problem=large`)).toContain('larger than 16');
  expect((await ask('admin', `/s/${site.key}/tokens`, fields([['name', 'x'.repeat(70_000)]]))).status).toBe(413);
  for (const odd of ['?problem=__proto__', '?said=constructor', '?lang=fr'])
    expect([200, 303]).toContain((await ask('admin', path + odd)).status);
});
