/** Hostile text in every string: kept as harmless text or refused, never run, never answered with a 500; then any JSON at all. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, type Door, dump, envelope, expectOurs, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(10);
let site: Site;
const door: Door = { now: NOW, collector: {} };

beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});

const HOSTILE = [
  "'; DROP TABLE pageviews; --",
  '" OR ""="',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '{{7*7}}<%= 7 %>',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202egnp.exe',
  '\u061c\u2066\u200f',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00%0d%0aSet-Cookie:a=b',
  '=HYPERLINK("http://evil.example")',
  '\u2028\r\nx-comptoir: ok',
  '😀'.repeat(10),
];

/** Messages of every kind with one text in every string that a stranger chooses. */
const everywhere = (text: string) => {
  const about = () => ({ id: idAt(NOW - 1_000, random), visitor: idAt(NOW, random), mode: 'engagement' });
  const url = `https://shop.example/${encodeURIComponent(text.toWellFormed())}?utm_source=${text}&utm_medium=${text}`;
  return [
    { kind: 'pageview', ...about(), url, referrer: text, group: text },
    { kind: 'pageview', ...about(), url: `https://shop.example/${text}`, referrer: `https://a.example/${text}` },
    { kind: 'event', ...about(), url, name: text, props: { [text]: text, plain: text } },
    { kind: 'identify', ...about(), url, user: text },
    { kind: 'identify', ...about(), url, user: 'customer', signature: text, exp: NOW / 1000 },
    { kind: 'opt-in', ...about(), url, email: text, boxes: { [text]: true, news: true }, wording: text, language: text },
    {
      kind: 'opt-in',
      ...about(),
      url,
      email: `lea${Math.floor(random() * 1e9)}@example.com`,
      boxes: { news: true },
      wording: 'newsletter-fr-1',
      language: text.slice(0, 20),
    },
    { kind: 'link', ...about(), url, token: text },
    { kind: text, ...about(), url },
    { kind: 'pageview', id: text, url: text, mode: text, visitor: text, group: text, [text]: text },
  ];
};

test.each(HOSTILE)('%j in every string', async (text) => {
  const [before, events] = [await countOf(env.EVENTS, 'pageviews'), await countOf(env.EVENTS, 'events')];
  const neighbour = {
    kind: 'pageview',
    id: idAt(NOW, random),
    visitor: idAt(NOW, random),
    mode: 'audience',
    url: 'https://shop.example/',
  };
  const answered = await knock(envelope(site, NOW, [...everywhere(text), neighbour], { tag: text.slice(0, 20) }), door);
  expectOurs(answered);
  expect(answered.status).toBe(202);
  expect(answered.json.rej?.map(([i]) => i)).not.toContain(10);
  expect(answered.text).not.toContain('script');
  expect(await countOf(env.EVENTS, 'pageviews')).toBeGreaterThan(before);
  expect(await countOf(env.EVENTS, 'events')).toBeLessThanOrEqual(events + 1);
  for (const wrong of [
    { site: text },
    { tag: text, v: text },
    { enrol: text, publicKey: text, site: site.key },
    { device: text, signature: text, sequence: 1, body: text },
  ]) {
    const refused = await knock(envelope(site, NOW, [neighbour], wrong), door);
    expectOurs(refused);
    expect(refused.status).toBeGreaterThanOrEqual(400);
  }
});

test('what was kept of all that is well-formed, without controls or direction marks, in every table', async () => {
  const kept = `${await dump(env.EVENTS)}\n${await dump(env.PEOPLE)}`;
  expect(kept).toContain('DROP TABLE');
  for (const line of kept.split('\n')) {
    expect(line).toSatisfy((text: string) => text.isWellFormed());
    expect(line).not.toMatch(/\p{Bidi_Control}|\\u00[01]\d|\\ud[89a-f]|\ufffd\ufffd/u);
  }
});

test('keys that objects treat specially change nothing, at any depth', async () => {
  const id = idAt(NOW, random);
  const body = `{"v":1,"__proto__":{"v":2},"constructor":{"prototype":{"polluted":1}},"site":"${site.key}","sentAt":${NOW},"messages":[
    {"__proto__":{"mode":"audience"},"kind":"event","id":"${id}","url":"https://shop.example/","mode":"audience","name":"n",
     "props":{"__proto__":"x","constructor":"y","prototype":"z","kept":1},"constructor":{"name":"n"}},
    {"kind":"opt-in","id":"${id}","url":"https://shop.example/","mode":"audience","email":"lea@example.com","wording":"newsletter-fr-1","boxes":{"__proto__":true,"constructor":true}}]}`;
  const answered = await knock(body, door);
  expect(answered).toMatchObject({ status: 202, json: { ok: 1, rej: [[1, 'no_box']] } });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  const row = await env.EVENTS.prepare("SELECT props FROM events WHERE props LIKE '%kept%'").first();
  expect(row).toEqual({ props: '{"kept":1}' });
});

test('any JSON is answered by us, or with 503; any bytes too', async () => {
  const word = fc.constantFrom(
    'v',
    'site',
    'sentAt',
    'messages',
    'kind',
    'id',
    'url',
    'mode',
    'props',
    'signature',
    'enrol',
    'body',
    'device',
    '__proto__',
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, -1, 1, 1e300, NOW),
      fc.constantFrom(
        'pageview',
        'event',
        'opt-in',
        'identify',
        'https://shop.example/',
        'audience',
        'f'.repeat(24),
        '\ud800',
        '',
      ),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(word, tie('json'), { maxKeys: 6 }),
    ),
  }));
  const nearly = fc.record(
    {
      v: fc.constant(1),
      site: fc.constant(0),
      sentAt: fc.constantFrom(NOW, 0),
      messages: fc.array(json, { minLength: 1, maxLength: 5 }),
    },
    { requiredKeys: ['v', 'site', 'sentAt', 'messages'] },
  );
  const bytes = fc.uint8Array({ maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(json, nearly, bytes), async (value) => {
      const body =
        value instanceof Uint8Array ? new Uint8Array(value) : JSON.stringify(value).replace('"site":0', `"site":"${site.key}"`);
      expectOurs(await knock(body, door));
    }),
    { numRuns: 250 },
  );
});
