/** From the submission to the confirmation: relayed exactly once, confirmed by the button alone, gone when it was not them. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { confirmOptIn, readConfirmation } from '../../collector/people/confirmation.ts';
import { denyOptIn } from '../../collector/people/deny-opt-in.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, dump } from './door.ts';
import { makeSite } from './fixture.ts';
import { DAY, failing, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
let site: Site;
let now = NOW;
let tokens = 0;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
});
beforeEach(() => {
  now += DAY + 1;
});
const submit = (messages: unknown[], collector = {}) => submitAt(now, site, messages, collector);
/** An opt-in whose link is known here: only its hash is stored, so the mailed one cannot be read back. */
async function waiting(address = fresh()) {
  const message = optInAt(now, address);
  expect((await submit([message])).json).toEqual({ ok: 1, rej: [] });
  tokens += 1;
  const token = `token-${tokens}`;
  await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(message.id, sha256(token)).run();
  return { token, address, id: message.id, person: (await personOf(message.id))?.person };
}
const factOf = (id: unknown) =>
  env.EVENTS.prepare('SELECT confirmed_at, ended_at FROM opt_ins WHERE site = ?1 AND born = ?2 AND rand = ?3')
    .bind(site.id, ...[String(id).slice(0, 12), String(id).slice(12)].map((half) => Number.parseInt(half, 16)))
    .first();
const kindsOf = async (person: unknown) => {
  const { results } = await env.PEOPLE.prepare('SELECT kind FROM ledger WHERE person = ?1 ORDER BY sequence')
    .bind(person)
    .all<{ kind: string }>();
  return results.map((r) => r.kind);
};

test('a crash between PEOPLE and EVENTS: acknowledged only after both or the queue; the relay brings the fact exactly once', async () => {
  const events = failing(env.EVENTS);
  const message = optInAt(now, fresh());
  const before = await countOf(env.EVENTS, 'opt_ins');
  expect((await submit([message], { events })).status).toBe(503);
  expect(await personOf(message.id)).not.toBeNull();
  expect(await countOf(env.EVENTS, 'opt_ins')).toBe(before);
  const sent: unknown[] = [];
  const spillway = new Proxy(env.SPILLWAY, { get: () => async (body: unknown) => void sent.push(body) });
  expect(await submit([message], { events, spillway })).toMatchObject({ status: 202, json: { ok: 1 } });
  expect(JSON.stringify(sent)).not.toContain('example.com"');
  expect(await relayOptIns(env.PEOPLE, env.EVENTS, 100)).toBe(1);
  expect(await relayOptIns(env.PEOPLE, env.EVENTS, 100)).toBe(0);
  const settled = await dump(env.EVENTS);
  expect(await countOf(env.EVENTS, 'opt_ins')).toBe(before + 1);
  await submit([message]);
  expect(await dump(env.EVENTS)).toBe(settled);
});

test('reading the page changes nothing, however often a mail scanner opens it, and shows a masked address', async () => {
  const { token, address } = await waiting();
  const before = [await dump(env.PEOPLE), await dump(env.EVENTS)];
  for (let i = 0; i < 5; i += 1)
    expect(await readConfirmation(env, token, now)).toMatchObject({
      state: 'pending',
      language: 'fr',
      maskedAddress: `${address[0]}***@example.com`,
    });
  for (const nonsense of ['', 'x', "' OR 1=1 --", '\ud800', 'a'.repeat(10_000)])
    expect(await readConfirmation(env, nonsense, now)).toBeNull();
  expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(before);
});

test('confirming twice, and twice at once, is a success and one entry; EVENTS learns when', async () => {
  const { token, id, person } = await waiting();
  expect(await Promise.all([confirmOptIn(env, token, now), confirmOptIn(env, token, now)])).toEqual(['confirmed', 'confirmed']);
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  const done = [await dump(env.PEOPLE), await dump(env.EVENTS)];
  expect(await confirmOptIn(env, token, now + 90 * DAY)).toBe('confirmed');
  expect(await denyOptIn(env, token, now)).toBeNull();
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(done);
  expect(await factOf(id)).toEqual({ confirmed_at: now, ended_at: null });
  expect(await kindsOf(person)).toEqual(['submitted', 'confirmed']);
  expect((await readConfirmation(env, token, now))?.state).toBe('confirmed');
});

test('a confirmation whose relay was overtaken by a repeat of the submission still arrives', async () => {
  const message = optInAt(now, fresh());
  const broken = { events: failing(env.EVENTS) };
  expect((await submit([message], broken)).status).toBe(503);
  await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1')
    .bind(message.id, sha256('overtaken'))
    .run();
  expect(await confirmOptIn(env, 'overtaken', now + 5)).toBe('confirmed');
  await submit([message]);
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  expect(await factOf(message.id)).toMatchObject({ confirmed_at: now + 5 });
});

test('a link works for seven days, to the millisecond, and an unknown one never', async () => {
  const [late, last] = [await waiting(), await waiting()];
  const before = await dump(env.PEOPLE);
  expect(await confirmOptIn(env, late.token, now + 7 * DAY + 1)).toBe('expired');
  expect((await readConfirmation(env, late.token, now + 7 * DAY + 1))?.state).toBe('expired');
  expect(await denyOptIn(env, late.token, now + 7 * DAY + 1)).toBeNull();
  expect(await confirmOptIn(env, 'never-was', now)).toBe('unknown');
  expect(await dump(env.PEOPLE)).toBe(before);
  expect(await confirmOptIn(env, last.token, now + 7 * DAY)).toBe('confirmed');
});

test('“not me” deletes the address and the mail that waits; the ledger keeps the acts; the link is dead', async () => {
  const { token, id, person, address } = await waiting();
  expect(await denyOptIn(env, token, now)).toBe('erased');
  expect(await one('SELECT address_index, address_sealed FROM persons WHERE id = ?1', person)).toEqual({
    address_index: null,
    address_sealed: null,
  });
  expect(await one("SELECT count(*) AS n FROM mails WHERE person = ?1 AND (sealed <> '' OR failed_at IS NULL)", person)).toEqual({
    n: 0,
  });
  expect(await kindsOf(person)).toEqual(['submitted', 'erased']);
  expect([await readConfirmation(env, token, now), await confirmOptIn(env, token, now)]).toEqual([null, 'unknown']);
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  expect(await factOf(id)).toMatchObject({ confirmed_at: null });
  // Asking again is a new person; the mailbox is left in peace for a day, then there is a new mail.
  const again = await waiting(address);
  expect(again.person).not.toBe(person);
  expect(await one('SELECT count(*) AS n FROM mails WHERE person = ?1', again.person)).toEqual({ n: 0 });
  now += DAY + 1;
  await waiting(address);
  expect(await one('SELECT count(*) AS n FROM mails WHERE person = ?1', again.person)).toEqual({ n: 1 });
});

test('“not me” and “confirm” at the same instant: one of them wins, and everything agrees with it', async () => {
  for (let i = 0; i < 6; i += 1) {
    const { token, person, id } = await waiting();
    const race = [() => confirmOptIn(env, token, now), () => denyOptIn(env, token, now)];
    await Promise.all((i % 2 ? race : race.reverse()).map((act) => act()));
    const state = (await one('SELECT state FROM opt_ins WHERE id = ?1', id))?.state;
    const sealed = await one(
      'SELECT address_sealed IS NOT NULL AS kept, confirmed_at IS NOT NULL AS confirmed FROM persons WHERE id = ?1',
      person,
    );
    const confirmed = state === 'confirmed';
    expect(sealed).toEqual({ kept: Number(confirmed), confirmed: Number(confirmed) });
    expect(await kindsOf(person)).toEqual(['submitted', confirmed ? 'confirmed' : 'erased']);
  }
});
