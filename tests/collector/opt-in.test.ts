/** Opt-ins at the door: sealed before they are acknowledged, once per id, the same answer to everybody, refused with a reason. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { unseal } from '../../collector/people/address.ts';
import { addWording } from '../../collector/people/wordings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, dump } from './door.ts';
import { idAt, makeSite, seeded, WORDING } from './fixture.ts';
import { DAY, fresh, metered, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
let site: Site;
let other: Site;
let now = NOW;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
  other = await makeSite(NOW - DAY);
});
// Each test lives on another day, so that none spares the other a mail.
beforeEach(() => {
  now += DAY + 1;
});
const optIn = (email: string, more: Record<string, unknown> = {}) => optInAt(now, email, more);
const submit = (messages: unknown[], collector = {}) => submitAt(now, site, messages, collector);

test('the address lies nowhere in plain text, in no table of either database, and opens only in its own row', async () => {
  const address = fresh('canary');
  const messages = [optIn(address.toUpperCase()), optIn(`  ${address} `), optIn(address)];
  expect((await submit(messages)).json).toEqual({ ok: 3, rej: [] });
  const [first, second] = [await personOf(messages[0]?.id), await personOf(messages[1]?.id)];
  expect(first?.person).toBe(second?.person);
  const lying = `${await dump(env.EVENTS)}\n${await dump(env.PEOPLE)}`.toLowerCase();
  for (const form of [
    address,
    encodeURIComponent(address),
    Buffer.from(address).toString('base64').slice(0, 12).toLowerCase(),
    'canary-',
  ])
    expect(lying).not.toContain(form);
  const sealed = String(first?.address_sealed);
  expect(await unseal(env.ADDRESS_SECRET, `${site.id}|person|${first?.person}|address`, sealed)).toBe(address);
  const strange = optIn(fresh());
  await submit([strange]);
  const stranger = await personOf(strange.id);
  expect(await unseal(env.ADDRESS_SECRET, `${site.id}|person|${stranger?.person}|address`, sealed)).toBeNull();
  const elsewhere = optIn(address);
  await submitAt(now, other, [elsewhere]);
  expect((await personOf(elsewhere.id))?.address_index).not.toBe(first?.address_index);
});

test('a repeat writes nothing, in either database, whatever it says now', async () => {
  const message = optIn(fresh());
  await submit([message]);
  const before = [await dump(env.PEOPLE), await dump(env.EVENTS)];
  const [people, events] = [metered(env.PEOPLE), metered(env.EVENTS)];
  const known = await submit([message, { ...message, email: fresh(), boxes: {}, wording: 'gone' }], {
    people: people.db,
    events: events.db,
  });
  expect(known).toMatchObject({ status: 202, json: { ok: 2, rej: [] } });
  expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(before);
  expect([people.written(), events.written()]).toEqual([0, 0]);
});

test('known and unknown addresses get the same answer, byte for byte', async () => {
  const address = fresh();
  const [unknown, known] = [await submit([optIn(address)]), await submit([optIn(address)])];
  expect([known.status, known.mark, known.text]).toEqual([unknown.status, unknown.mark, unknown.text]);
});

test.each([
  ['no address', { email: 'lea' }, 'bad_address'],
  ['a line break and Bcc', { email: 'lea@example.com\r\nBcc: all@example.com' }, 'bad_address'],
  ['two addresses', { email: 'lea@example.com,max@example.com' }, 'bad_address'],
  ['a box that was ticked for the person', { ticked: ['news'] }, 'box_ticked'],
  ['no box', { boxes: {} }, 'no_box'],
  ['only the other box', { boxes: { link: true } }, 'no_box'],
  ['an unticked box', { boxes: { news: false } }, 'no_box'],
  ['a wording nobody wrote', { wording: 'newsletter-fr-999' }, 'unknown_wording'],
  ['a box that was never shown', { boxes: { news: true, partners: true } }, 'unknown_wording'],
  ['boxes that are no answers', { boxes: { news: 'yes' } }, 'bad_message'],
])('%s is refused, and nothing of it is kept', async (_name, wrong, reason) => {
  const before = [await dump(env.PEOPLE), await countOf(env.EVENTS, 'opt_ins')];
  expect((await submit([{ ...optIn(fresh()), ...wrong }])).json).toEqual({ ok: 0, rej: [[0, reason]] });
  expect([await dump(env.PEOPLE), await countOf(env.EVENTS, 'opt_ins')]).toEqual(before);
});

test('never too old: after thirty days it is kept, held without a mail, and counted on the day it was received', async () => {
  const born = now - 40 * DAY;
  const message = optIn(fresh(), { id: idAt(born, seeded(14)) });
  expect((await submit([message])).json).toEqual({ ok: 1, rej: [] });
  expect(await one('SELECT state, captured_at FROM opt_ins WHERE id = ?1', message.id)).toEqual({
    state: 'held',
    captured_at: born,
  });
  expect(await one('SELECT count(*) AS n FROM mails WHERE person = ?1', (await personOf(message.id))?.person)).toEqual({ n: 0 });
  expect(await env.EVENTS.prepare('SELECT at FROM opt_ins WHERE site = ?1 AND born = ?2').bind(site.id, born).first()).toEqual({
    at: now,
  });
});

test('a wording never changes under its id', async () => {
  expect(await addWording(env.PEOPLE, site.id, WORDING, now)).toBe(true);
  for (const changed of [
    { title: 'X' },
    { note: 'X' },
    { boxes: [{ name: 'news', label: 'X' }] },
    { language: 'en' },
    { privacyUrl: 'https://x.example' },
  ])
    expect(await addWording(env.PEOPLE, site.id, { ...WORDING, ...changed }, now)).toBe(false);
  expect(await one('SELECT title FROM wordings WHERE site = ?1 AND id = ?2', site.id, WORDING.id)).toEqual({
    title: WORDING.title,
  });
});
