/** Connectors over the real database: what stands is sent, the address opened for that alone, and who left meanwhile stays away. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { makeConnector } from '../../collector/notify/connectors/make-connector.ts';
import { tellAll } from '../../collector/notify/connectors/tell-all.ts';
import { deliver } from '../../collector/notify/outlets/deliver.ts';
import type { Delivering } from '../../collector/notify/outlets/delivering.ts';
import { askForTest, readDeliveries } from '../../collector/notify/outlets/delivery-log.ts';
import { announce } from '../../collector/notify/webhooks/announce.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump } from './door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { fresh, one, optInAt, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const bytes = randomBytes(seeded(57));
const KEY = 'xkeysib-canary-of-a-key';
type Asked = { line: string; body: Record<string, unknown> | null };

function brevoAt(answer: (asked: Asked, count: number) => Promise<Response> | Response) {
  const asked: Asked[] = [];
  const clock = { now: NOW };
  const d: Delivering = {
    people: env.PEOPLE,
    addressSecret: env.ADDRESS_SECRET,
    rules: { allowsLocal: false, ownHost: env.CANONICAL_HOST, resolve: async () => [] },
    now: () => clock.now,
    random: () => 0.5,
    randomBytes: bytes,
    mail: null,
    fetch: async (url, init) => {
      const body = typeof init.body === 'string' ? JSON.parse(init.body) : null;
      asked.push({ line: `${init.method} ${url.pathname}`, body });
      return answer({ line: url.pathname, body }, asked.length);
    },
  };
  return { asked, clock, d };
}
const fine = () => new Response(null, { status: 204 });

let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});
const newSite = () => makeSite(NOW - 86_400_000);

async function connect(own: Site) {
  const change = { people: env.PEOPLE, addressSecret: env.ADDRESS_SECRET, nowMs: NOW, random: bytes };
  const made = await makeConnector(change, { site: own.id, kind: 'brevo', name: '', key: KEY, list: '4', createdBy: null });
  if (typeof made === 'string') throw new Error(made);
  return made.id;
}
/** Somebody who confirmed, as the confirmation page leaves it. */
async function confirmed(own: Site) {
  const address = fresh('canary');
  const message = optInAt(NOW, address);
  await submitAt(NOW, own, [message]);
  const person = String((await one('SELECT person FROM opt_ins WHERE id = ?1', message.id))?.person);
  await env.PEOPLE.batch([
    env.PEOPLE.prepare("UPDATE opt_ins SET state = 'confirmed', confirmed_at = ?2 WHERE id = ?1").bind(message.id, NOW),
    env.PEOPLE.prepare('UPDATE persons SET confirmed_at = ?2 WHERE id = ?1').bind(person, NOW),
    ...announce(env.PEOPLE, {
      site: own.id,
      type: 'optin.confirmed',
      data: { opt_in: String(message.id), person },
      at: NOW,
      id: String(message.id),
    }),
  ]);
  return { address, person, id: String(message.id) };
}
const audits = async (person: string) =>
  (
    await env.PEOPLE.prepare("SELECT actor, action, reason FROM audit WHERE person = ?1 AND action = 'open_address'")
      .bind(person)
      .all()
  ).results;

test('a confirmed opt-in becomes a contact; the address is opened for it, and that is written down', async () => {
  const id = await connect(site);
  const { asked, d } = brevoAt(fine);
  const { address, person } = await confirmed(site);
  expect(await audits(person)).toEqual([]);
  expect(await deliver(d, site.id)).toBe(1);
  expect(asked).toEqual([
    {
      line: 'POST /v3/contacts',
      body: expect.objectContaining({ email: address, ext_id: person, listIds: [4], emailBlacklisted: false }),
    },
  ]);
  expect(await audits(person)).toEqual([{ actor: `connector ${id}`, action: 'open_address', reason: 'connector' }]);
  const text = await dump(env.PEOPLE);
  expect(text).not.toContain(KEY);
  expect(text).not.toContain(address);
  await withdrawOptIn(env.PEOPLE, { site: site.id, person }, { at: NOW, method: 'page' });
  expect(await deliver(d, site.id)).toBe(1);
  expect(asked[1]).toEqual({ line: `PUT /v3/contacts/${person}`, body: { emailBlacklisted: true, unlinkListIds: [4] } });
});

test('a yes that comes late brings back nobody who left meanwhile', async () => {
  const own = await newSite();
  await connect(own);
  const { asked, clock, d } = brevoAt((_, count) => (count === 1 ? new Response('down', { status: 500 }) : fine()));
  const { person } = await confirmed(own);
  await deliver(d, own.id);
  await withdrawOptIn(env.PEOPLE, { site: own.id, person }, { at: NOW + 1, method: 'page' });
  clock.now = NOW + 3_600_000;
  expect(await deliver(d, own.id)).toBe(2);
  expect(asked.slice(1).map(({ body }) => body?.emailBlacklisted)).toEqual([true, true]);
});

test('a withdrawal while the contact is being sent is told right after it', async () => {
  const own = await newSite();
  await connect(own);
  let person = '';
  const { asked, d } = brevoAt(async ({ line }) => {
    if (line === '/v3/contacts') await withdrawOptIn(env.PEOPLE, { site: own.id, person }, { at: NOW, method: 'page' });
    return fine();
  });
  person = (await confirmed(own)).person;
  await deliver(d, own.id);
  expect(asked[0]?.line).toBe('POST /v3/contacts');
  expect(asked.slice(1).every(({ body }) => body?.emailBlacklisted === true)).toBe(true);
  expect(asked.length).toBeGreaterThan(1);
});

test('who is erased here is deleted there, without an address', async () => {
  const own = await newSite();
  await connect(own);
  const { asked, d } = brevoAt(fine);
  const { person } = await confirmed(own);
  await deliver(d, own.id);
  await env.PEOPLE.batch([
    env.PEOPLE.prepare('UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE id = ?1').bind(person),
    env.PEOPLE.prepare("UPDATE opt_ins SET state = 'withdrawn' WHERE person = ?1").bind(person),
    ...announce(env.PEOPLE, { site: own.id, type: 'person.erased', data: { person }, at: NOW, id: person }),
  ]);
  const before = (await audits(person)).length;
  expect(await deliver(d, own.id)).toBe(1);
  expect(asked[1]).toEqual({ line: `DELETE /v3/contacts/${person}`, body: null });
  expect(await audits(person)).toHaveLength(before);
});

test('“too many” is waited for, an error of the tool is kept without the address, and a test tells nobody', async () => {
  const own = await newSite();
  const id = await connect(own);
  const { address } = await confirmed(own);
  const answers = [
    new Response('{"code":"too_many_requests"}', { status: 429, headers: { 'x-sib-ratelimit-reset': '120' } }),
    Response.json({ code: 'invalid_parameter', message: `${address} is not valid` }, { status: 400 }),
  ];
  const { asked, clock, d } = brevoAt(() => answers.shift() ?? fine());
  await deliver(d, own.id);
  clock.now = NOW + 119_000;
  await deliver(d, own.id);
  expect(asked).toHaveLength(1);
  clock.now = NOW + 120_000;
  await deliver(d, own.id);
  const [logged] = await readDeliveries(env.PEOPLE, id, 10);
  expect(logged?.attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['limited', 429],
    ['refused', 400],
  ]);
  expect(logged?.attempts[1]?.answer).toContain('*** is not valid');
  clock.now = NOW + 3_600_000;
  await askForTest(env.PEOPLE, own.id, id, clock.now, 'msg_connector_test');
  await deliver(d, own.id);
  expect(asked.map(({ line }) => line)).toContain('GET /v3/contacts/lists/4');
});

test('who confirmed before the tool was connected is told of once asked for, everybody once, nobody else', async () => {
  const own = await newSite();
  const [early, left] = [await confirmed(own), await confirmed(own)];
  await submitAt(NOW, own, [optInAt(NOW, fresh('pending'))]);
  await withdrawOptIn(env.PEOPLE, { site: own.id, person: left.person }, { at: NOW, method: 'page' });
  const id = await connect(own);
  const { asked, d } = brevoAt(fine);
  expect(await deliver(d, own.id)).toBe(0);
  expect(await tellAll(env.PEOPLE, site.id, id, NOW, 'msg_x')).toBeNull();
  expect(await tellAll(env.PEOPLE, own.id, id, NOW, 'msg_all')).toBe(1);
  expect(await deliver(d, own.id)).toBe(1);
  expect(asked.map(({ line, body }) => [line, body?.email])).toEqual([['POST /v3/contacts', early.address]]);
});

test.each([
  ['mailchimp', KEY, 'a6b5da1054', 'bad_key'],
  ['mailchimp', '0123456789abcdef-us21', '../x', 'bad_list'],
  ['brevo', 'short', '4', 'bad_key'],
  ['brevo', 'with a\nnewline-in-it', '4', 'bad_key'],
  ['hubspot', 'pat-eu1-0123456789', 'news', 'bad_list'],
] as const)('%s is not connected with key %j and list %j: %s', async (kind, key, list, why) => {
  const change = { people: env.PEOPLE, addressSecret: env.ADDRESS_SECRET, nowMs: NOW, random: bytes };
  expect(await makeConnector(change, { site: site.id, kind, name: '', key, list, createdBy: null })).toBe(why);
});
