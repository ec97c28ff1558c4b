/** Who gets in: sign-in that tells a stranger nothing, roles denied by default, problems with codes. */
import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { addAccount, signIn, signOut, viewerOf, waitAfter } from '../../collector/access/accounts.ts';
import { hashPassword, verifyPassword } from '../../collector/access/password.ts';
import { type Action, can, isRole, ROLES } from '../../collector/access/roles.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, ORIGIN, openDoor } from './api-door.ts';
import { dump } from './door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const PASSWORD = 'correct horse battery';
const bytes = randomBytes(seeded(17));
let site: Site;
let other: Site;
const member = async (email: string, role: string) => {
  const id = await addAccount(env.PEOPLE, { name: 'Léa', email, password: PASSWORD, language: 'fr' }, NOW, bytes);
  await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role) VALUES (?1, ?2, ?3)').bind(id, site.id, role).run();
};
const request = (cookie = '') => new Request(`${ORIGIN}/login`, { headers: { cookie } });
const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
const enter = async (email: string) => {
  const signedIn = await signIn(env, request(), email, PASSWORD, NOW);
  return signedIn.ok ? cookiesOf(signedIn.headers) : '';
};

beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
  other = await makeSite(NOW - 86_400_000);
  await member('owner@example.com', 'admin');
  await member('staff@example.com', 'store');
  await member('odd@example.com', 'superuser');
}, 60_000);

describe('sign-in', () => {
  test('in, seen, out: the cookie opens the sites of its account until it is taken away', async () => {
    const signedIn = await signIn(env, request(), ' Owner@Example.com ', PASSWORD, NOW);
    if (!signedIn.ok) throw new Error(signedIn.reason);
    for (const cookie of signedIn.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly/i);
    expect(signedIn.headers.getSetCookie().join()).toMatch(/SameSite=Lax/i);
    const cookie = cookiesOf(signedIn.headers);
    expect(await viewerOf(env, request(cookie))).toMatchObject({
      name: 'Léa',
      email: 'owner@example.com',
      sites: [{ role: 'admin', store: null, site: { key: site.key } }],
    });
    const left = await signOut(env, request(cookie));
    expect(left.getSetCookie().join()).toMatch(/Max-Age=0/i);
    expect(await viewerOf(env, request(cookie))).toBeNull();
  });

  test('no cookie, an invented or an altered one is nobody; an unknown role sees nothing', async () => {
    const cookie = await enter('odd@example.com');
    expect((await viewerOf(env, request(cookie)))?.sites).toEqual([]);
    for (const wrong of ['', 'comptoir.session_token=x', cookie.slice(0, -3), cookie.replace(/=./, '=!'), `x${cookie}`])
      expect(await viewerOf(env, request(wrong))).toBeNull();
  });

  test('a wrong password and an unknown address are told alike, and wait alike, longer each time', async () => {
    const play = async (email: string) => {
      let now = NOW;
      const answers: unknown[] = [];
      for (let i = 0; i < 4; i += 1) {
        answers.push(await signIn(env, request(), email, 'not the password', now));
        answers.push(await signIn(env, request(), email, 'not the password', now + 900));
        now += 901_000;
      }
      return answers;
    };
    const [known, unknown] = [await play('staff@example.com'), await play('nobody@example.com')];
    expect(known).toEqual(unknown);
    expect(known.slice(0, 5)).toEqual(known.slice(0, 5).map(() => ({ ok: false, reason: 'wrong' })));
    const waits = known.flatMap((a) =>
      typeof a === 'object' && a !== null && 'retryAfterS' in a ? [Number(a.retryAfterS)] : [],
    );
    expect(waits).toHaveLength(2);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  }, 30_000);

  test('the right password waits too, then works and clears the count; nothing says which address failed', async () => {
    const later = NOW + 30 * 901_000;
    expect(await signIn(env, request(), 'staff@example.com', 'wrong again', later)).toEqual({ ok: false, reason: 'wrong' });
    expect(await signIn(env, request(), 'staff@example.com', PASSWORD, later + 1_000)).toMatchObject({
      ok: false,
      reason: 'wait',
    });
    const rows = await env.PEOPLE.prepare('SELECT * FROM sign_in_failures').all();
    expect(JSON.stringify(rows.results)).not.toMatch(/example|staff|nobody/);
    expect(await signIn(env, request(), 'staff@example.com', PASSWORD, later + 901_000)).toMatchObject({ ok: true });
    expect(await signIn(env, request(), 'staff@example.com', 'wrong', later + 901_001)).toEqual({ ok: false, reason: 'wrong' });
    expect(await signIn(env, request(), 'staff@example.com', PASSWORD, later + 901_002)).toMatchObject({ ok: true });
    expect([0, 1, 4, 5, 6, 7, 100].map(waitAfter)).toEqual([0, 0, 0, 2, 4, 8, 900]);
  });

  test('passwords lie as salted scrypt; nonsense is no password and no exception', async () => {
    const [one, two] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(one).not.toBe(two);
    expect([await verifyPassword(PASSWORD, one), await verifyPassword(`${PASSWORD} `, one)]).toEqual([true, false]);
    for (const phc of ['', 'x', '$scrypt$', one.slice(0, -9), one.replace('ln=14', 'ln=x')])
      expect(await verifyPassword(PASSWORD, phc)).toBe(false);
    expect(await dump(env.PEOPLE)).not.toContain(PASSWORD);
  });
});

test('roles: the whole matrix, and nothing for anybody else', () => {
  const actions: Action[] = [
    'see_figures',
    'see_fleet',
    'enrol_kiosks',
    'see_mails',
    'see_addresses',
    'export_facts',
    'write_wordings',
    'manage_site',
  ];
  const table = Object.fromEntries(
    ROLES.map((role) => [role, actions.map((action) => (can(role, action) ? 'x' : '-')).join('')]),
  );
  expect(table).toEqual({
    viewer: 'x-------',
    marketer: 'xx------',
    steward: 'xx-xxxx-',
    store: '-x------',
    admin: 'xxxx-xxx',
  });
  for (const text of ['', 'Admin', 'owner', 'constructor', '__proto__', 'toString']) expect(isRole(text)).toBe(false);
});

describe('/api/v1/query', () => {
  const good = () => ({ site: site.key, metrics: ['visits'], date_range: '7d' });
  const { ask: askApi } = openDoor({ now: NOW });
  const ask = (body: BodyInit, headers: Record<string, string> = {}) => askApi('/query', { method: 'POST', body, headers });
  const bearer = async () => {
    const { token } = await newToken([site], ['read'], NOW);
    return { headers: { authorization: `Bearer ${token}` } };
  };

  test('nobody, strangers and roles without figures get a problem that tells nothing about the site', async () => {
    await expectProblem(await ask(JSON.stringify(good())), 401, 'not_signed_in');
    for (const authorization of ['Bearer x', `Bearer '--`, `Bearer ${'x'.repeat(5_000)}`])
      await expectProblem(await ask(JSON.stringify(good()), { authorization }), 401, 'bad_token');
    const staff = { cookie: await enter('staff@example.com') };
    const owner = { cookie: await enter('owner@example.com') };
    expect((await ask(JSON.stringify(good()), owner)).status).toBe(200);
    const answers = await Promise.all([
      ask(JSON.stringify(good()), staff),
      ask(JSON.stringify({ ...good(), site: 'nowhere' }), owner),
      ask(JSON.stringify({ ...good(), site: other.key }), owner),
    ]);
    const texts = await Promise.all(answers.map((a) => a.clone().text()));
    expect(new Set(texts).size).toBe(1);
    for (const answer of answers) await expectProblem(answer, 404, 'unknown_site');
  });

  test.each([
    ['', 400, 'malformed'],
    ['{', 400, 'malformed'],
    [JSON.stringify({ metrics: ['visits'], date_range: 'ever' }), 400, 'unknown_period'],
    [JSON.stringify({ metrics: ['nonsense'] }), 400, 'unknown_metric'],
    [JSON.stringify({ metrics: ['visits'], dimensions: ['__proto__'] }), 400, 'unknown_dimension'],
    [JSON.stringify({ metrics: ['visits'], limit: -1 }), 400, 'bad_query'],
    ['null', 400, 'bad_query'],
    ['[]', 400, 'bad_query'],
    [JSON.stringify({ site: { a: 1 }, metrics: ['visits'] }), 404, 'unknown_site'],
    [`"${'x'.repeat(70_000)}"`, 413, 'too_large'],
  ])('query body %#', async (body, status, code) => {
    const { headers } = await bearer();
    await expectProblem(await ask(body, headers), status, code);
    if (status === 413) await expectProblem(await ask(new Blob([body]).stream(), headers), status, code);
  });

  test('any other address of the API is a problem too', async () => {
    await expectProblem(await askApi('/nothing'), 404, 'not_found');
    const wrong = await askApi('/query');
    await expectProblem(wrong, 405, 'method_not_allowed');
    expect(wrong.headers.get('allow')).toBe('POST');
    await expectProblem(await askApi('/sites', { method: 'PATCH' }), 405, 'method_not_allowed');
  });
});
