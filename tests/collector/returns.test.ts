/** Returns: who left, bounced or complained elsewhere ends here, once, with an entry in the ledger; a file with a mistake changes nothing. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { mailchimpKey } from '../../collector/people/returns/mailchimp-key.ts';
import { MAX_RETURNS_BYTES, readReturnsFile } from '../../collector/people/returns/read-returns-file.ts';
import { kindOf } from '../../collector/people/returns/return.ts';
import type { Site } from '../../collector/store/sites.ts';
import worker from '../../collector/worker.ts';
import { expectProblem, newToken, ORIGIN, openDoor } from './api-door.ts';
import { openDashboard } from './dashboard-door.ts';
import { dump } from './door.ts';
import { makeSite } from './fixture.ts';
import { fresh, one, optInAt, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const { ask, withToken } = openDoor({ now: NOW });
let site: Site;
let other: Site;
let writing: string;
let managing: string;
beforeAll(async () => {
  [site, other] = [await makeSite(NOW - 86_400_000), await makeSite(NOW - 86_400_000)];
  writing = (await newToken([site], ['write'], NOW)).token;
  managing = (await newToken([site], ['admin', 'export'], NOW)).token;
});

/** Somebody new who asked for mails. @returns their address and opt-in. */
async function subscriber(name: string, at: Site = site) {
  const address = fresh(name);
  const message = optInAt(NOW, address);
  expect((await submitAt(NOW, at, [message])).status).toBe(202);
  return { address, id: String(message.id) };
}
const report = (body: unknown, token = writing) =>
  ask(
    '/opt-ins/returns',
    withToken(token, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  );
const upload = (text: string | Uint8Array, query = '') =>
  ask(
    `/opt-ins/returns.csv${query}`,
    withToken(managing, { method: 'POST', body: text, headers: { 'content-type': 'text/csv' } }),
  );
const stateOf = async (id: string) => (await one('SELECT state FROM opt_ins WHERE id = ?1', id))?.state;
const entriesOf = async (id: string) =>
  (
    await env.PEOPLE.prepare('SELECT kind FROM ledger WHERE opt_in = ?1 ORDER BY sequence').bind(id).all<{ kind: string }>()
  ).results.map(({ kind }) => kind);

test('a report ends the opt-in under its own name, once, and reaches no other site', async () => {
  const left = await subscriber('left');
  const bounced = await subscriber('bounced');
  const elsewhere = await subscriber('else', other);
  const said = {
    returns: [
      { email: ` ${left.address.toUpperCase()} `, kind: 'withdrawn' },
      { email: bounced.address, kind: 'bounced' },
      { email: bounced.address, kind: 'withdrawn' },
      { email: elsewhere.address, kind: 'withdrawn' },
      { email: 'nobody@example.com', kind: 'complained' },
      { email: 'not an address', kind: 'complained' },
    ],
  };
  expect(await (await report(said)).json()).toEqual({ addresses: 4, known: 2, ended: 2 });
  // Nobody had confirmed: their addresses are forgotten, and nothing is known of them any more.
  expect(await (await report(said)).json()).toEqual({ addresses: 4, known: 0, ended: 0 });
  expect([await entriesOf(left.id), await entriesOf(bounced.id), await entriesOf(elsewhere.id)]).toEqual([
    ['submitted', 'withdrawn'],
    ['submitted', 'bounced'],
    ['submitted'],
  ]);
  expect([await stateOf(left.id), await stateOf(elsewhere.id)]).toEqual(['withdrawn', 'pending']);
});

test.each([
  ['unsubscribe', 'withdrawn'],
  ['unsubscribed', 'withdrawn'],
  ['hard_bounce', 'bounced'],
  ['invalid_email', 'bounced'],
  ['spam', 'complained'],
  ['complaint', 'complained'],
])('Brevo says %s: %s', async (event, kind) => {
  const { address, id } = await subscriber('brevo');
  const said = { id: 12, camp_id: 3, email: address, event, ts_event: 1_792_497_600, 'campaign name': 'x', list_id: [4] };
  expect(await (await report(said)).json()).toEqual({ addresses: 1, known: 1, ended: 1 });
  expect(await entriesOf(id)).toEqual(['submitted', kind]);
});

test('what ends no consent changes nothing, also in a batch', async () => {
  const { address, id } = await subscriber('opened');
  const events = ['opened', 'click', 'soft_bounce', 'delivered', 'list_addition', '__proto__'];
  expect(await (await report(events.map((event) => ({ event, email: address })))).json()).toEqual({
    addresses: 0,
    known: 0,
    ended: 0,
  });
  expect(await entriesOf(id)).toEqual(['submitted']);
});

test('only a token that may write reports, and nonsense has an answer', async () => {
  const said = { returns: [{ email: 'a@example.com', kind: 'withdrawn' }] };
  await expectProblem(await report(said, managing), 403, 'missing_scope');
  await expectProblem(await report(said, 'cmp_invented_________________________________'), 401, 'bad_token');
  await expectProblem(await report({ returns: [{ email: 'a@example.com', kind: 'bored' }] }), 400, 'bad_body');
  await expectProblem(await report({ event: 'spam' }), 400, 'bad_body');
  await expectProblem(await report(Array.from({ length: 1_001 }, () => ({ event: 'spam', email: 'a@b.c' }))), 400, 'bad_body');
});

async function mailchimp(id: string, key: string, form: Record<string, string>, method = 'POST') {
  const context = createExecutionContext();
  const url = `${ORIGIN}/hooks/mailchimp/${id}?key=${key}`;
  const init =
    method === 'POST'
      ? { method, body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } }
      : { method };
  const answered = await worker.fetch(new Request(url, init) as Parameters<typeof worker.fetch>[0], env, context);
  await waitOnExecutionContext(context);
  return answered;
}

test('Mailchimp says it with a form, to an address that nobody can guess', async () => {
  const id = 'out_mailchimp';
  await env.PEOPLE.prepare(
    "INSERT INTO outlets (id, site, kind, name, types, settings, sealed, created_at) VALUES (?1, ?2, 'mailchimp', 'm', '[]', '{}', '', ?3)",
  )
    .bind(id, site.id, NOW)
    .run();
  const key = mailchimpKey(env.INDEX_SECRET, id);
  const said = (type: string, reason: string, email: string) => ({
    type,
    fired_at: '2026-10-20 12:00:00',
    'data[action]': 'unsub',
    'data[reason]': reason,
    'data[email]': email,
    'data[list_id]': 'a6b5da1054',
  });
  const wanted = [
    ['unsubscribe', 'manual', 'withdrawn'],
    ['unsubscribe', 'abuse', 'complained'],
    ['cleaned', 'hard', 'bounced'],
    ['cleaned', 'abuse', 'complained'],
  ] as const;
  for (const [type, reason, kind] of wanted) {
    const { address, id: optIn } = await subscriber('chimp');
    expect(await (await mailchimp(id, key, said(type, reason, address))).json()).toEqual({ taken: 1 });
    expect(await entriesOf(optIn)).toEqual(['submitted', kind]);
  }
  const { address, id: optIn } = await subscriber('chimp');
  expect((await mailchimp(id, key, {}, 'GET')).status).toBe(200);
  expect(await (await mailchimp(id, key, said('profile', '', address))).json()).toEqual({ taken: 0 });
  for (const wrong of ['', 'x', key.slice(1), mailchimpKey(env.INDEX_SECRET, 'out_other')])
    expect((await mailchimp(id, wrong, said('unsubscribe', 'manual', address))).status).toBe(404);
  expect(await entriesOf(optIn)).toEqual(['submitted']);
});

test('a file ends opt-ins: commas or semicolons, a column of types or one choice for all', async () => {
  const [a, b, c, d] = [await subscriber('a'), await subscriber('b'), await subscriber('c'), await subscriber('d')];
  const english = `Email Address,First Name,Status\r\n${a.address},"A, B",Unsubscribed\r\n${b.address},,hard bounce\r\n`;
  expect(await (await upload(english)).json()).toEqual({ addresses: 2, known: 2, ended: 2 });
  const french = `\ufeffAdresse e-mail;Prénom\n${c.address};"x;y"\n\n${d.address};\n`;
  expect(await (await upload(french, '?kind=complained')).json()).toEqual({ addresses: 2, known: 2, ended: 2 });
  expect(await Promise.all([a, b, c, d].map(({ id }) => entriesOf(id)))).toEqual([
    ['submitted', 'withdrawn'],
    ['submitted', 'bounced'],
    ['submitted', 'complained'],
    ['submitted', 'complained'],
  ]);
  const { results } = await env.PEOPLE.prepare("SELECT actor, reason FROM audit WHERE action = 'take_returns' AND site = ?1")
    .bind(site.id)
    .all();
  expect(results).toHaveLength(2);
});

test('one mistake refuses the whole file, by line, without saying what stood there', async () => {
  const { address, id } = await subscriber('kept');
  const rows = [
    'email,type',
    `${address},unsubscribed`,
    'canary-no-address,unsubscribed',
    'x@example.com,bored',
    'y@example.com',
    'z@example.com,spam,more',
  ];
  const answered = await upload(rows.join('\n'));
  const text = await answered.clone().text();
  await expectProblem(answered, 422, 'bad_file', 'body');
  expect(JSON.parse(text).mistakes.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6]);
  expect(text).not.toContain('canary');
  expect(await entriesOf(id)).toEqual(['submitted']);
});

test.each([
  ['', 1],
  ['nom,prénom\na,b', 1],
  ['email\na@example.com', 1],
  ['email,type\n"a@example.com,unsubscribed', 2],
  ['\u0000\u0001\u0002', 1],
])('%j is refused at line %i', (text, line) => {
  const read = readReturnsFile({ name: 'x.csv', bytes: new TextEncoder().encode(text) }, null);
  expect('findings' in read && read.findings.mistakes[0]?.line).toBe(line);
});

test('20 MB with broken rows: all of them are counted, the first are shown, nothing changes; more is refused unread', async () => {
  const { address, id } = await subscriber('big');
  // Long cells: many bytes, and not so many rows that the test takes long.
  const rest = 'f'.repeat(300);
  const rows = Array.from({ length: 60_000 }, (_, i) =>
    i % 1_000 === 7 ? `broken-${i},unsubscribed,${rest}` : `n${i}@example.com,unsubscribed,${rest}`,
  );
  const text = ['email,type,note', `${address},unsubscribed,`, ...rows].join('\n');
  const file = new TextEncoder().encode(text.padEnd(MAX_RETURNS_BYTES - 10, '\n'));
  const started = (await dump(env.PEOPLE)).length;
  const answered = await upload(file);
  const { total, mistakes } = await answered.json<{ total: number; mistakes: object[] }>();
  expect([answered.status, mistakes.length, total]).toEqual([422, 50, 60]);
  expect((await dump(env.PEOPLE)).length).toBe(started);
  expect(await entriesOf(id)).toEqual(['submitted']);
  await expectProblem(await upload(new Uint8Array(MAX_RETURNS_BYTES + 1)), 413, 'too_large');
}, 60_000);

test('on the dashboard a steward sends the file, sees the lines, and a viewer has no such page', async () => {
  const { get, post } = await filesPage('steward');
  expect((await get()).status).toBe(200);
  const { address } = await subscriber('form');
  const wrong = await post(`email,type\n${address},bored`);
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringMatching(/Ligne 2/)]);
  const right = await post(`email,type\n${address},unsubscribed`);
  expect([right.status, await right.text()]).toEqual([200, expect.stringMatching(/Inscriptions terminées\s*: 1\./u)]);
  expect((await (await filesPage('viewer')).get()).status).toBe(404);
});

async function filesPage(role: 'steward' | 'viewer') {
  const { get, cookie } = await openDashboard(site, role);
  const path = `/s/${site.key}/opt-in-files`;
  const post = async (text: string) => {
    const form = new FormData();
    form.set('file', new File([text], 'returns.csv', { type: 'text/csv' }));
    const context = createExecutionContext();
    const request = new Request(`${ORIGIN.replace('https', 'https')}${path}`, {
      method: 'POST',
      body: form,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    const answered = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, context);
    await waitOnExecutionContext(context);
    return answered;
  };
  return { get: () => get(path), post };
}

test('words of other tools mean what they mean, and a soft bounce means nothing', () => {
  expect(['Unsubscribed', 'DÉSINSCRIT', 'hard_bounce', 'Hard Bounce', 'cleaned', 'SPAM', 'abuse'].map(kindOf)).toEqual([
    ...['withdrawn', 'withdrawn', 'bounced', 'bounced', 'bounced', 'complained', 'complained'],
  ]);
  expect(['', 'soft_bounce', 'opened', 'toString', '__proto__'].map(kindOf)).toEqual([null, null, null, null, null]);
});

test('the file of opt-ins has no addresses for a token, none for an admin, and for a steward only with a reason', async () => {
  const own = await makeSite(NOW - 86_400_000);
  const message = optInAt(NOW, fresh('=canary'), { url: 'https://shop.example/=cmd()' });
  expect((await submitAt(NOW, own, [message])).status).toBe(202);
  const { token } = await newToken([own], ['export', 'admin', 'read', 'write'], NOW);
  const plain = await (await ask('/opt-ins.csv', withToken(token))).text();
  expect(plain.split('\r\n')).toHaveLength(3);
  expect(plain).toContain(String(message.id));
  expect(plain).not.toMatch(/canary|email/);
  const form = (reason: string, headers: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams({ site: own.key, reason, excel: 'fr' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
  });
  await expectProblem(
    await ask('/opt-ins.csv', form('for the audit', { authorization: `Bearer ${token}` })),
    403,
    'no_addresses',
  );
  const admin = await openDashboard(own, 'admin');
  await expectProblem(await ask('/opt-ins.csv', form('for the audit', { cookie: admin.cookie })), 403, 'no_addresses');
  const steward = await openDashboard(own, 'steward');
  await expectProblem(await ask('/opt-ins.csv', form(' ', { cookie: steward.cookie })), 400, 'bad_body', 'reason');
  const from = { cookie: steward.cookie, 'sec-fetch-site': 'cross-site' };
  await expectProblem(await ask('/opt-ins.csv', form('for the audit', from)), 403, 'other_origin');
  const bytes = await (await ask('/opt-ins.csv', form('for the audit', { cookie: steward.cookie }))).bytes();
  const open = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  expect(open.startsWith('\ufeffopt_in;person;')).toBe(true);
  // A cell that begins like a formula is text for Excel.
  expect(open).toContain(";'=canary");
  const { results } = await env.PEOPLE.prepare(
    "SELECT actor, reason FROM audit WHERE action = 'export_opt_ins' AND site = ?1 ORDER BY reason",
  )
    .bind(own.id)
    .all();
  expect(results).toEqual([
    { actor: expect.stringMatching(/^token /), reason: '' },
    { actor: expect.stringMatching(/^user /), reason: 'addresses: for the audit' },
  ]);
});
