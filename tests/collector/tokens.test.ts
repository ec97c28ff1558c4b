/** API tokens: hashed, scoped, limited to sites, revocable, counted by the hour; and what a cookie may do instead. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount, signIn } from '../../collector/access/accounts.ts';
import { bearerOf, LAST_USE_MS, SCOPES } from '../../collector/access/tokens.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, ORIGIN, openDoor } from './api-door.ts';
import { dump } from './door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const PASSWORD = 'a long enough password';
const clock = { now: NOW };
const { ask, withToken } = openDoor(clock);
let site: Site;
let other: Site;
const cookies = new Map<string, string>();

const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});
const wanted = (more: object = {}) => ({ name: 'Report', scopes: ['read'], sites: [site.key], ...more });

beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
  other = await makeSite(NOW - 86_400_000);
  for (const [i, role] of ['admin', 'viewer'].entries()) {
    const email = `${role}@example.com`;
    const user = await addAccount(
      env.PEOPLE,
      { name: role, email, password: PASSWORD, language: 'fr' },
      NOW,
      randomBytes(seeded(31 + i)),
    );
    await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role) VALUES (?1, ?2, ?3)').bind(user, site.id, role).run();
    const signedIn = await signIn(env, new Request(`${ORIGIN}/login`), email, PASSWORD, NOW);
    if (!signedIn.ok) throw new Error(signedIn.reason);
    cookies.set(
      role,
      signedIn.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    );
  }
}, 60_000);

const cookie = (role: string, headers: Record<string, string> = {}) => ({
  headers: { cookie: cookies.get(role) ?? '', ...headers },
});

test('a token opens its sites for its scopes only, lies as a hash, and dies when revoked', async () => {
  const { id, token } = await newToken([site], ['read'], NOW);
  expect(token).toMatch(/^cmp_[\w-]{43}$/);
  expect(await dump(env.PEOPLE)).not.toContain(token);
  expect((await ask('/realtime', withToken(token))).status).toBe(200);
  expect((await ask(`/realtime?site=${site.key}`, withToken(token))).status).toBe(200);
  await expectProblem(await ask(`/realtime?site=${other.key}`, withToken(token)), 404, 'unknown_site', 'site');
  for (const path of ['/members', '/tokens']) await expectProblem(await ask(path, withToken(token)), 403, 'missing_scope');
  const admin = await newToken([site], ['admin'], NOW);
  await expectProblem(await ask('/realtime', withToken(admin.token)), 403, 'missing_scope');
  expect((await ask(`/tokens/${id}`, withToken(admin.token, { method: 'DELETE' }))).status).toBe(200);
  await expectProblem(await ask(`/tokens/${id}`, withToken(admin.token, { method: 'DELETE' })), 404, 'unknown_token', 'id');
  await expectProblem(await ask('/realtime', withToken(token)), 401, 'bad_token');
});

test('of several sites one must be named; an unknown, altered or misspelt token is no token', async () => {
  const { token } = await newToken([site, other], ['read'], NOW);
  await expectProblem(await ask('/stores', withToken(token)), 400, 'site_needed', 'site');
  expect((await ask(`/stores?site=${other.key}`, withToken(token))).status).toBe(200);
  const listed: { results: { key: string; scopes: string[] }[] } = await (await ask('/sites', withToken(token))).json();
  expect(listed.results.map(({ key, scopes }) => [key, scopes])).toEqual([site, other].map(({ key }) => [key, ['read']]));
  for (const wrong of [
    '',
    'x',
    `${token}x`,
    token.slice(0, -1),
    token.toUpperCase(),
    `'; DROP TABLE tokens --`,
    'x'.repeat(6_000),
  ])
    await expectProblem(await ask('/sites', { headers: { authorization: `Bearer ${wrong}` } }), 401, 'bad_token');
  await expectProblem(await ask('/sites', { headers: { authorization: `Basic ${btoa(`:${token}`)}` } }), 401, 'bad_token');
  const anonymous = await ask('/sites');
  await expectProblem(anonymous, 401, 'not_signed_in');
  expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
});

test('last use is known to the hour, and written once an hour', async () => {
  const { id, token } = await newToken([site], ['read'], NOW);
  const lastUse = async () =>
    (await env.PEOPLE.prepare('SELECT last_used_at AS at FROM tokens WHERE id = ?1').bind(id).first<{ at: number | null }>())?.at;
  expect(await lastUse()).toBeNull();
  for (const [later, expected] of [
    [0, 0],
    [1_000, 0],
    [LAST_USE_MS - 1, 0],
    [LAST_USE_MS, LAST_USE_MS],
    [LAST_USE_MS + 5_000, LAST_USE_MS],
  ] as const) {
    clock.now = NOW + later;
    expect((await ask('/sites', withToken(token))).status).toBe(200);
    expect(await lastUse()).toBe(NOW + expected);
  }
  clock.now = NOW;
});

test('a token hands on no more than it has', async () => {
  const { token } = await newToken([site], ['admin', 'read'], NOW);
  const made = await ask('/tokens', withToken(token, json('POST', wanted({ name: '  Nightly\u0000 report ' }))));
  expect(made.status).toBe(201);
  const { id, token: fresh }: { id: string; token: string } = await made.json();
  expect((await ask('/stores', withToken(fresh))).status).toBe(200);
  const listed = await (await ask('/tokens', withToken(token))).text();
  expect(listed).not.toContain(fresh);
  expect(JSON.parse(listed).results).toContainEqual(
    expect.objectContaining({ id, name: 'Nightly report', scopes: ['read'], sites: [site.key], created_by: null }),
  );
  for (const scope of ['write', 'export'])
    await expectProblem(
      await ask('/tokens', withToken(token, json('POST', wanted({ scopes: ['read', scope] })))),
      403,
      'missing_scope',
      'scopes',
    );
  await expectProblem(
    await ask('/tokens', withToken(token, json('POST', wanted({ sites: [site.key, other.key] })))),
    404,
    'unknown_site',
    'site',
  );
});

test.each([
  [{ name: '' }, 'name'],
  [{ name: '\u202e \u0000' }, 'name'],
  [{ name: 'x'.repeat(81) }, 'name'],
  [{ name: 5 }, 'name'],
  [{ scopes: [] }, 'scopes'],
  [{ scopes: ['root'] }, 'scopes'],
  [{ sites: [] }, 'sites'],
  [{ sites: 'all' }, 'sites'],
])('bad input names its field: %j', async (more, field) => {
  const { token } = await newToken([site], ['admin', 'read'], NOW);
  await expectProblem(await ask('/tokens', withToken(token, json('POST', wanted(more)))), 400, 'bad_body', field);
});

test('bodies of another type, too large, or no JSON', async () => {
  const { token } = await newToken([site], ['admin', 'read'], NOW);
  const post = (body: BodyInit, type: string) =>
    ask('/tokens', withToken(token, { method: 'POST', body, headers: { 'content-type': type } }));
  await expectProblem(await post('name=x', 'application/x-www-form-urlencoded'), 415, 'unsupported_type', 'content-type');
  await expectProblem(await post('{', 'application/json'), 400, 'malformed', 'body');
  await expectProblem(await post(new Uint8Array([0xff, 0xfe]), 'application/json'), 400, 'malformed', 'body');
  await expectProblem(await post(`"${'x'.repeat(70_000)}"`, 'application/json'), 413, 'too_large', 'body');
  await expectProblem(await post(new Blob([`"${'x'.repeat(70_000)}"`]).stream(), 'application/json'), 413, 'too_large', 'body');
});

test('a cookie works by its role; changes only from our own pages', async () => {
  const reads: Record<string, number[]> = {};
  for (const role of ['admin', 'viewer'])
    reads[role] = await Promise.all(
      [`/stores?site=${site.key}`, `/members?site=${site.key}`, '/tokens'].map(
        async (path) => (await ask(path, cookie(role))).status,
      ),
    );
  expect(reads).toEqual({ admin: [200, 200, 200], viewer: [200, 404, 403] });
  const own = { origin: ORIGIN };
  const post = (headers: Record<string, string>) =>
    ask('/tokens', json('POST', wanted(), { cookie: cookies.get('admin') ?? '', ...headers }));
  for (const hostile of [{}, { origin: 'https://evil.example' }, { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }])
    await expectProblem(await post(hostile), 403, 'other_origin');
  const made = await post(own);
  expect(made.status).toBe(201);
  const { id }: { id: string } = await made.json();
  const listed: { results: { id: string; created_by: string }[] } = await (await ask('/tokens', cookie('admin'))).json();
  expect(listed.results.find((one) => one.id === id)?.created_by).toBe('admin');
  await expectProblem(await ask(`/tokens/${id}`, { method: 'DELETE', ...cookie('admin') }), 403, 'other_origin');
  expect((await ask(`/tokens/${id}`, { method: 'DELETE', ...cookie('admin', own) })).status).toBe(200);
});

test('one who manages another site sees and revokes nothing here', async () => {
  const mine = await newToken([site], [...SCOPES], NOW);
  const stranger = await newToken([other], ['admin'], NOW);
  const listed = await (await ask('/tokens', withToken(stranger.token))).text();
  expect(listed).not.toContain(mine.id);
  await expectProblem(await ask(`/tokens/${mine.id}`, withToken(stranger.token, { method: 'DELETE' })), 404, 'unknown_token');
  expect(await bearerOf(env.PEOPLE, mine.token, NOW, () => {})).toMatchObject({ id: mine.id, scopes: [...SCOPES] });
});

test('tokens of before keep their text, their site and their scopes', async () => {
  const old = env.EVENTS_2;
  await old.batch(
    [
      'CREATE TABLE user (id TEXT PRIMARY KEY)',
      'CREATE TABLE sites (id INTEGER PRIMARY KEY)',
      'CREATE TABLE tokens (hash TEXT PRIMARY KEY NOT NULL, site INTEGER NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL, created_at INTEGER NOT NULL, last_used_at INTEGER, revoked_at INTEGER, FOREIGN KEY (site) REFERENCES sites(id))',
      'INSERT INTO sites VALUES (7), (8)',
      `INSERT INTO tokens VALUES ('h1', 7, 'one', '["read"]', 1, 2, NULL), ('h2', 8, 'two', '["write"]', 3, NULL, 4)`,
    ].map((sql) => old.prepare(sql)),
  );
  const queries = env.MIGRATIONS.people.find(({ name }) => name.startsWith('0002_tokens'))?.queries ?? [];
  await old.batch(queries.map((sql: string) => old.prepare(sql)));
  const { results } = await old
    .prepare('SELECT t.*, s.site FROM tokens t JOIN token_sites s ON s.token = t.id ORDER BY t.hash')
    .all<Record<string, unknown>>();
  expect(results.map(({ id, ...row }) => [/^[0-9a-f]{16}$/.test(String(id)), row])).toEqual([
    [
      true,
      {
        hash: 'h1',
        site: 7,
        name: 'one',
        scopes: '["read"]',
        created_by: null,
        created_at: 1,
        last_used_at: 2,
        revoked_at: null,
      },
    ],
    [
      true,
      {
        hash: 'h2',
        site: 8,
        name: 'two',
        scopes: '["write"]',
        created_by: null,
        created_at: 3,
        last_used_at: null,
        revoked_at: 4,
      },
    ],
  ]);
  await old.batch(['token_sites', 'tokens', 'sites', 'user'].map((table) => old.prepare(`DROP TABLE ${table}`)));
});

test('over the limit: 429 with Retry-After, for this token alone', async () => {
  const [one, two] = [await newToken([site], ['read'], NOW), await newToken([site], ['read'], NOW)];
  const spend = async () => (await env.API_LIMIT.limit({ key: `token ${one.id}` })).success;
  while (await spend()) {
    /* until this minute's requests are used */
  }
  const refused = await ask('/sites', withToken(one.token));
  await expectProblem(refused, 429, 'too_many_requests');
  expect(refused.headers.get('retry-after')).toBe('60');
  expect((await ask('/sites', withToken(two.token))).status).toBe(200);
  const flooded = { ...env, SHEDDER: { limit: async () => ({ success: false }) } };
  await expectProblem(await ask('/sites', withToken(two.token), flooded), 429, 'too_many_requests');
});
