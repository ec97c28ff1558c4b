/** The person behind opt-ins: one per address, one unbroken ledger, one mail a day. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { readRows } from '../../collector/people/ledger.ts';
import { CHAIN_START, hashRow } from '../../collector/people/ledger-chain.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
let site: Site;
let now = NOW;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
});
// Each test lives on another day, so that none spares the other a mail.
beforeEach(() => {
  now += DAY + 1;
});
const optIn = (email: string, more: Record<string, unknown> = {}) => optInAt(now, email, more);
const submit = (messages: unknown[], collector = {}, ip?: string) => submitAt(now, site, messages, collector, ip);

test('two opt-ins of one new address at once are one person with one unbroken chain', async () => {
  const address = fresh();
  const messages = [optIn(address), optIn(address), optIn(address)];
  const same = optIn(address);
  const answers = await Promise.all([...messages.map((m) => submit([m])), submit([same]), submit([same])]);
  expect(answers.map((a) => a.json)).toEqual(answers.map(() => ({ ok: 1, rej: [] })));
  const persons = new Set(await Promise.all([...messages, same].map(async (m) => (await personOf(m.id))?.person)));
  expect(persons.size).toBe(1);
  const [person] = persons;
  const rows = await readRows(env.PEOPLE, String(person));
  expect(rows).toHaveLength(4);
  let previous = CHAIN_START;
  for (const [i, { rowHash, ...row }] of rows.entries()) {
    expect([row.sequence, row.previousHash, row.purpose]).toEqual([i + 1, previous, 'news']);
    expect(hashRow(row)).toBe(rowHash);
    previous = rowHash;
  }
  expect(await one('SELECT count(*) AS n FROM mails WHERE person = ?1', person)).toEqual({ n: 1 });
});

test('however many sign-ups of one address send one mail in 24 hours, and the next day one more', async () => {
  const address = fresh();
  const victim = optIn(address);
  await submit([victim]);
  // From many networks: one alone is stopped by its quota.
  for (let i = 0; i < 4; i += 1)
    await submit(
      Array.from({ length: 50 }, () => optIn(address)),
      {},
      `198.51.${i}.1`,
    );
  const person = (await personOf(victim.id))?.person;
  const mails = async () => (await one('SELECT count(*) AS n FROM mails WHERE person = ?1', person))?.n;
  expect(await mails()).toBe(1);
  expect(await one('SELECT count(*) AS n FROM opt_ins WHERE person = ?1', person)).toEqual({ n: 201 });
  // While it waits to be sent, its link answers for all of them.
  now += DAY + 1;
  await submit([optIn(address)]);
  expect(await mails()).toBe(1);
  await env.PEOPLE.prepare('UPDATE mails SET sent_at = ?2 WHERE person = ?1').bind(person, now).run();
  now += DAY + 1;
  await submit([optIn(address), optIn(address)]);
  expect(await mails()).toBe(2);
});
