/** One bad message among good ones, through the real route: named by its index and reason, its neighbours stored. */
import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../../collector/store/sites.ts';
import { type Door, envelope, expectOurs, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(9);
const VISITOR = idAt(NOW, random);
let site: Site;
const door: Door = { now: NOW, collector: {} };
const view = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'pageview',
  id: idAt(NOW - 1_000, random),
  url: 'https://shop.example/a',
  mode: 'audience',
  visitor: VISITOR,
  ...more,
});
const stored = async (id: unknown) => {
  const [born, rand] = [String(id).slice(0, 12), String(id).slice(12)].map((half) => Number.parseInt(half, 16));
  return (
    (await env.EVENTS.prepare('SELECT 1 FROM pageviews WHERE site = ?1 AND born = ?2 AND rand = ?3')
      .bind(site.id, born, rand)
      .first()) !== null
  );
};
beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});

describe('one message is refused, its neighbours are stored', () => {
  const LONG = 'x'.repeat(10_000);
  const cases: [string, () => unknown, string | null][] = [
    ['null', () => null, 'bad_message'],
    ['an array', () => [view()], 'bad_message'],
    ['a number', () => 1, 'bad_message'],
    ['no kind', () => view({ kind: undefined }), 'bad_message'],
    ['an inherited kind', () => view({ kind: 'constructor' }), 'bad_message'],
    ['another host', () => view({ url: 'https://evil.example/' }), 'wrong_host'],
    ['a host that only ends alike', () => view({ url: 'https://notshop.example/' }), 'wrong_host'],
    ['javascript:', () => view({ url: 'javascript:alert(1)' }), 'bad_url'],
    ['data:', () => view({ url: 'data:text/html,<script>alert(1)</script>' }), 'bad_url'],
    ['file:', () => view({ url: 'file:///etc/passwd' }), 'bad_url'],
    ['a relative URL', () => view({ url: '/a' }), 'bad_url'],
    ['a URL without scheme', () => view({ url: '//shop.example/a' }), 'bad_url'],
    ['an empty URL', () => view({ url: '' }), 'bad_url'],
    ['a URL of 10,000 characters', () => view({ url: `https://shop.example/${LONG}` }), 'bad_url'],
    ['a referrer of 10,000 characters', () => view({ referrer: `https://a.example/${LONG}` }), 'bad_url'],
    ['negative time', () => view({ activeMs: -1 }), 'bad_time'],
    ['fractional time', () => view({ activeMs: 1.5, foregroundMs: 2 }), 'bad_time'],
    ['NaN as JSON writes it', () => view({ activeMs: Number.NaN }), 'bad_time'],
    ['a year on one page', () => view({ activeMs: 1, foregroundMs: 31_536_000_000 }), 'bad_time'],
    ['1e308 ms', () => view({ foregroundMs: 1e308 }), 'bad_time'],
    ['more active than in front', () => view({ activeMs: 2, foregroundMs: 1 }), 'bad_time'],
    ['101 percent', () => view({ scroll: 101 }), 'bad_message'],
    ['an id of 23 digits', () => view({ id: 'a'.repeat(23) }), 'bad_message'],
    ['an id of 25 digits', () => view({ id: 'a'.repeat(25) }), 'bad_message'],
    ['an id in upper case', () => view({ id: idAt(NOW, random).toUpperCase().replace(/^.{4}/, 'ABCD') }), 'bad_message'],
    ['an id that is no hex', () => view({ id: 'g'.repeat(24) }), 'bad_message'],
    ['an id with a line break', () => view({ id: `${idAt(NOW, random)}\n` }), 'bad_message'],
    ['an id of 1970', () => view({ id: '0'.repeat(24) }), 'too_old'],
    ['an id of 10889', () => view({ id: 'f'.repeat(24) }), null],
    ['a visitor that is no id', () => view({ visitor: '__proto__' }), 'bad_message'],
    ['an unknown mode', () => view({ mode: 'all' }), 'bad_message'],
    [
      '1,000 props',
      () => ({
        ...view({ kind: 'event', name: 'x' }),
        props: Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`p${i}`, i])),
      }),
      'bad_message',
    ],
    ['a prop that is an object', () => view({ kind: 'event', name: 'x', props: { a: { b: 1 } } }), 'bad_message'],
    ['a name of controls only', () => view({ kind: 'event', name: '\0\u202e' }), 'bad_message'],
    ['an event without a name', () => view({ kind: 'event', name: '' }), 'bad_message'],
    ['a kiosk message from the web', () => view({ kind: 'visit', touches: 1, lengthMs: 1 }), 'needs_kiosk'],
    ['a link token in audience mode', () => view({ kind: 'link', token: 'x' }), 'needs_engagement'],
    ['an unknown link token', () => view({ kind: 'link', token: 'x', mode: 'engagement' }), 'bad_code'],
  ];

  test.each(cases)('%s', async (_name, make, reason) => {
    const [first, last] = [view(), view()];
    const answered = await knock(envelope(site, NOW, [first, make(), last]), door);
    expectOurs(answered);
    expect(answered).toMatchObject({ status: 202, json: reason ? { ok: 2, rej: [[1, reason]] } : { ok: 3, rej: [] } });
    expect([await stored(first.id), await stored(last.id)]).toEqual([true, true]);
  });

  test('every bad message of the table at once: each by its own index, all good ones stored', async () => {
    const bad = cases.filter(([, , reason]) => reason !== null && reason !== 'bad_url');
    const good = bad.map(() => view());
    const messages = bad.flatMap(([, make], i) => [make(), good[i]]).slice(0, 50);
    const answered = await knock(envelope(site, NOW, messages), door);
    expect(answered.json.rej).toEqual(bad.slice(0, 25).map(([, , reason], i) => [2 * i, reason]));
    for (const { id } of good.slice(0, 25)) expect(await stored(id)).toBe(true);
  });

  test('a page first seen in a refused message keeps its name for the visit that counts', async () => {
    const url = 'https://shop.example/first-seen-in-a-refusal';
    await knock(envelope(site, NOW, [view({ url, activeMs: 2, foregroundMs: 1 })]), door);
    await knock(envelope(site, NOW, [view({ url })]), door);
    const row = await env.EVENTS.prepare(
      'SELECT p.path FROM pageviews v JOIN pages p ON p.site = v.site AND p.hash = v.page WHERE p.path = ?1',
    )
      .bind('/first-seen-in-a-refusal')
      .first();
    expect(row).not.toBeNull();
  });
});
