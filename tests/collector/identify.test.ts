/** Known users by the site's own ids: signed and unsigned apart, addresses and audience mode refused, nobody merged. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkIdentity, identifySecret, signIdentity } from '../../collector/people/identify.ts';
import { type LinkAct, spansOf } from '../../collector/people/link-spans.ts';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, dump, envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const HOUR = 3_600_000;
const random = seeded(16);
let site: Site;
let other: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 24 * HOUR);
  other = await makeSite(NOW - 24 * HOUR);
});
const visitor = () => idAt(NOW, random);
const act = (user: string, who: string, more: Record<string, unknown> = {}, at = NOW - 1_000) => ({
  kind: 'identify',
  id: idAt(at, random),
  url: 'https://shop.example/account',
  mode: 'engagement',
  visitor: who,
  user,
  ...more,
});
const sign = (user: string, exp = NOW / 1000 + 3_600, where = site) => ({
  signature: signIdentity(identifySecret(env.INDEX_SECRET, where.key), where.key, user, exp),
  exp,
});
const submit = (messages: unknown[], now = NOW, where = site) => knock(envelope(where, now, messages), { now, collector: {} });
/** The time in which each visitor was somebody by `identify`, oldest first. */
async function linksOf(): Promise<{ visitor: number; person: string; since_at: number; ended_at: number | null }[]> {
  const { results } = await env.PEOPLE.prepare("SELECT * FROM links WHERE via = 'identify' ORDER BY visitor").all<
    LinkAct & { visitor: number }
  >();
  return [...new Set(results.map(({ visitor }) => visitor))]
    .flatMap((visitor) =>
      spansOf(results.filter((row) => row.visitor === visitor)).map(({ person, from, until }) => ({
        ...{ visitor, person },
        since_at: from,
        ended_at: until,
      })),
    )
    .sort((a, b) => a.since_at - b.since_at || (a.person < b.person ? -1 : 1));
}
/** The links that some work added or changed. */
async function linksAfter(work: () => Promise<unknown>) {
  const before = new Set((await linksOf()).map((l) => JSON.stringify(l)));
  await work();
  return (await linksOf()).filter((l) => !before.has(JSON.stringify(l)));
}

test.each([
  ['an address', { user: 'lea@example.com' }, 'address_as_id'],
  ['an address with a signature', { user: 'lea@example.com', ...{ signature: 'x', exp: 1 } }, 'address_as_id'],
  ['audience mode', { mode: 'audience' }, 'needs_engagement'],
  ['an empty id', { user: '' }, 'bad_message'],
  ['a wrong signature', { signature: 'A'.repeat(43), exp: NOW / 1000 + 60 }, 'bad_signature'],
  ['an empty signature', { signature: '', exp: NOW / 1000 + 60 }, 'bad_signature'],
  ['a signature without an end', { signature: 'A'.repeat(43) }, 'bad_signature'],
])('%s is refused, and no person is made', async (_name, wrong, reason) => {
  const before = [await dump(env.PEOPLE), await countOf(env.EVENTS, 'identifications')];
  expect((await submit([act('customer-0', visitor(), wrong)])).json).toEqual({ ok: 0, rej: [[0, reason]] });
  expect([await dump(env.PEOPLE), await countOf(env.EVENTS, 'identifications')]).toEqual(before);
});

test('a signature is good for its user, site and time only', () => {
  const exp = NOW / 1000 + 3_600;
  const check = (user: string, given: { signature: string; exp: number }, key = site.key, now = NOW) =>
    checkIdentity({ user, ...given }, env.INDEX_SECRET, key, now);
  expect(check('a', sign('a', exp))).toBe('signed');
  expect(check('a', sign('a', exp), site.key, exp * 1000)).toBe('signed');
  expect(check('a', sign('a', exp), site.key, exp * 1000 + 1)).toBe('bad_signature');
  expect(check('a', sign('a', NOW / 1000 + 86_401))).toBe('bad_signature');
  expect(check('a', sign('a', exp), other.key)).toBe('bad_signature');
  expect(check('a', { ...sign('a', exp), exp: exp + 1 })).toBe('bad_signature');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }), (one, two) => {
      fc.pre(one.toWellFormed() !== two.toWellFormed() && !one.includes('@') && !two.includes('@'));
      expect([check(one, sign(one)), check(two, sign(one))]).toEqual(['signed', 'bad_signature']);
    }),
  );
});

test('one id on two visitors is one person; signed and unsigned, and two sites, are different persons', async () => {
  const links = await linksAfter(async () => {
    const answers = [
      await submit([
        act('customer-1', visitor()),
        act('customer-1', visitor()),
        act('customer-1', visitor(), sign('customer-1')),
      ]),
      await submit([act('customer-1', visitor(), sign('customer-1'))]),
      await submit([act('customer-1', visitor())], NOW, other),
    ];
    expect(answers.map((a) => a.json.ok)).toEqual([3, 1, 1]);
  });
  const persons = links.map((l) => l.person);
  expect([links.length, new Set(persons).size]).toEqual([5, 3]);
  expect(persons.map((p) => persons.filter((q) => q === p).length).sort()).toEqual([1, 2, 2, 2, 2]);
  expect(await dump(env.PEOPLE)).not.toContain('customer-1');
});

test('two people on one visitor never merge: the earlier link ends, and both persons stay', async () => {
  const who = visitor();
  const links = await linksAfter(async () => {
    await submit([act('anna', who, {}, NOW - 2 * HOUR)]);
    await submit([act('ben', who, {}, NOW - HOUR)]);
  });
  expect(links.map((l) => [l.since_at, l.ended_at])).toEqual([
    [NOW - 2 * HOUR, NOW - HOUR],
    [NOW - HOUR, null],
  ]);
  expect(new Set(links.map((l) => l.person)).size).toBe(2);
});

test('acts that come again or overtake each other end in the same links', async () => {
  const play = async (order: number[]) => {
    const who = visitor();
    const acts = [act('carl', who, {}, NOW - 3 * HOUR), act('dora', who, {}, NOW - 2 * HOUR)];
    const links = await linksAfter(async () => {
      for (const i of order) await submit([acts[i]]);
    });
    return links.map(({ person, since_at, ended_at }) => ({ person, since_at, ended_at }));
  };
  const straight = await play([0, 1]);
  expect(straight.map((l) => l.ended_at)).toEqual([NOW - 2 * HOUR, null]);
  for (const order of [
    [0, 1, 0],
    [0, 1, 1, 0, 0],
    [1, 0],
    [1, 0, 1, 0],
    [0, 0, 1],
  ])
    expect(await play(order)).toEqual(straight);
});

test('somebody who comes back to a shared browser is linked again', async () => {
  const who = visitor();
  const acts = [act('emil', who, {}, NOW - 3 * HOUR), act('fay', who, {}, NOW - 2 * HOUR), act('emil', who, {}, NOW - HOUR)];
  const links = await linksAfter(async () => {
    for (const a of [...acts, ...acts]) await submit([a]);
  });
  expect(links.map((l) => [l.since_at, l.ended_at])).toEqual([
    [NOW - 3 * HOUR, NOW - 2 * HOUR],
    [NOW - 2 * HOUR, NOW - HOUR],
    [NOW - HOUR, null],
  ]);
});
