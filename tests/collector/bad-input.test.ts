/** Requests that are refused as a whole, through the real route: a clear reason, cheaply, and never a 500. */
import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, type Door, envelope, expectOurs, knock } from './door.ts';
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
/** Says when a database is asked anything. */
const watched = (db: D1Database, touched: string[]): D1Database =>
  new Proxy(db, {
    get: (target, name) => {
      touched.push(String(name));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});

describe('the whole request is refused', () => {
  test.each([
    ['', 400, 'malformed'],
    ['{', 400, 'malformed'],
    ['null', 400, 'malformed'],
    ['[]', 400, 'malformed'],
    ['[[]]', 400, 'malformed'],
    ['"x"', 400, 'malformed'],
    ['1', 400, 'malformed'],
    ['{}', 400, 'malformed'],
    ['\0', 400, 'malformed'],
    ['{"__proto__":{"v":1}}', 400, 'malformed'],
    ['{"v":1,"signature":null}', 400, 'malformed'],
    ['{"v":1,"enrol":{}}', 400, 'malformed'],
    ['['.repeat(30_000) + ']'.repeat(30_000), 400, 'malformed'],
    [`${'{"messages":'.repeat(4_000)}1${'}'.repeat(4_000)}`, 400, 'malformed'],
  ])('body %#', async (body, status, reason) => {
    const answered = await knock(body, door);
    expectOurs(answered);
    expect(answered).toMatchObject({ status, mark: reason, json: { ok: 0, rej: [], reason } });
  });

  test.each([[-1], [0.5], [null], ['1'], [1e300], [Number.MAX_SAFE_INTEGER], [undefined], [[]]])('sentAt %j', async (sentAt) => {
    expect(await knock(envelope(site, NOW, [view()], { sentAt }), door)).toMatchObject({ status: 400, mark: 'malformed' });
  });

  test.each([
    [{ v: 2 }],
    [{ v: '1' }],
    [{ messages: [] }],
    [{ messages: {} }],
    [{ messages: null }],
    [{ tag: 'x'.repeat(21) }],
    [{ lost: { a: -1 } }],
    [{ site: 7 }],
  ])('an envelope with %j', async (wrong) => {
    expect(await knock(envelope(site, NOW, [view()], wrong), door)).toMatchObject({ status: 400, mark: 'malformed' });
  });

  test('51 messages', async () => {
    const answered = await knock(
      envelope(
        site,
        NOW,
        Array.from({ length: 51 }, () => view()),
      ),
      door,
    );
    expect(answered).toMatchObject({ status: 413, mark: 'too_many' });
  });

  test('one megabyte, with a length and in pieces without one', async () => {
    const big = envelope(site, NOW, [view({ url: `https://shop.example/${'x'.repeat(1_000_000)}` })]);
    const before = await countOf(env.EVENTS, 'pageviews');
    const piece = new TextEncoder().encode(big.slice(0, 10_000));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        if (sent > 1_000) controller.close();
        else controller.enqueue(piece);
      },
    });
    expect(await knock(big, door)).toMatchObject({ status: 413, mark: 'too_large' });
    expect(await knock(endless, door)).toMatchObject({ status: 413, mark: 'too_large' });
    expect(sent).toBeLessThan(20);
    expect(await knock(big, { ...door, headers: { 'content-length': '10' } })).toMatchObject({ status: 413 });
    expect(await countOf(env.EVENTS, 'pageviews')).toBe(before);
  });

  test('a body that breaks off is no 500: the sender tries again', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('the client went away')),
    });
    const answered = await knock(broken, door);
    expectOurs(answered);
    expect(answered).toMatchObject({ status: 503, mark: null });
  });

  test('an unknown site; an invented key is refused without asking any database', async () => {
    const touched: string[] = [];
    const collector = { events: watched(env.EVENTS, touched), people: watched(env.PEOPLE, touched) };
    for (const key of [
      '0'.repeat(15),
      `${site.key.slice(0, 14)}${site.key.endsWith('0') ? '1' : '0'}`,
      'x',
      '',
      "' OR 1=1 --",
      '\ud800',
      site.key.toUpperCase(),
    ]) {
      const answered = await knock(envelope({ key }, NOW, [view()]), { ...door, collector });
      expectOurs(answered);
      expect(answered).toMatchObject({ status: 404, mark: 'unknown_site' });
    }
    expect(touched).toEqual([]);
    await knock(envelope(site, NOW, [view()]), { ...door, collector });
    expect(touched).not.toEqual([]);
  });
});
