/** Every curl example of the help pages is run against the real Worker, and answers what the page says it does. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { SCOPES } from '../../collector/access/tokens.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { keepMailSettings } from '../../collector/people/mail-settings.ts';
import type { Site } from '../../collector/store/sites.ts';
import worker from '../../collector/worker.ts';
import { newToken, ORIGIN } from './api-door.ts';
import { toRequest } from './curl.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { plausibleTables, zipOf } from './import-files.ts';

const pages: Record<string, string> = import.meta.glob('../../docs/help/*/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
type Example = { command: string; says: { lang: string; text: string } | null };

/** The curl examples of a page, each with the block of JSON or text that follows it. */
function examplesOf(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm)].map(([, lang = '', text = '']) => ({ lang, text }));
  return blocks.flatMap(({ lang, text }, i) => {
    if (lang !== 'bash' || !text.startsWith('curl ')) return [];
    const next = blocks[i + 1];
    return [{ command: text, says: next && (next.lang === 'json' || next.lang === 'text') ? next : null }];
  });
}
const found = Object.entries(pages).flatMap(([file, markdown]) => {
  const examples = examplesOf(markdown);
  return examples.length === 0 ? [] : [[file.replace(/^.*help\//, ''), examples] as const];
});

/** What the page shows is in the answer: the same keys, values of the same kind. A list may have any length; null may be anything. */
function expectShape(shown: unknown, real: unknown, at: string): void {
  if (shown === null || real === null) return;
  expect(Array.isArray(real), at).toBe(Array.isArray(shown));
  expect(typeof real, at).toBe(typeof shown);
  if (Array.isArray(shown) && Array.isArray(real)) {
    if (shown.length > 0 && typeof shown[0] === 'object') {
      expect(real.length, `${at} is empty: the example shows nothing`).toBeGreaterThan(0);
      for (const [i, item] of real.entries()) expectShape(shown[0], item, `${at}[${i}]`);
    }
  } else if (typeof shown === 'object' && typeof real === 'object') {
    const known = new Map(Object.entries(real));
    for (const [key, value] of Object.entries(shown)) {
      expect([...known.keys()], at).toContain(key);
      expectShape(value, known.get(key), `${at}.${key}`);
    }
  }
}

let site: Site;
let variables: Record<string, string>;

beforeAll(async () => {
  const now = Date.now();
  site = await makeSite(now - 20 * 86_400_000);
  const store = await addStore(env.PEOPLE, site.id, 'Paris', 'Europe/Paris', now);
  const kiosk = await addKiosk(env.PEOPLE, site.id, store, 'Entrance', now);
  await env.PEOPLE.prepare('UPDATE kiosks SET enrolled_at = ?2, last_seen_at = ?2 WHERE id = ?1')
    .bind(kiosk, now - 60_000)
    .run();
  const random = seeded(6);
  // The brand's tool confirms: its call is on the page of mails.
  await keepMailSettings(env.PEOPLE, site.id, { confirmedBy: 'tool', hourly: 1_000 });
  const optIn = idAt(now - 20_000, random);
  const about = (at: number) => ({
    id: idAt(at, random),
    url: 'https://shop.example/a',
    mode: 'audience',
    visitor: idAt(at, random),
  });
  await send(makeCollector({ now }), site, now, [
    { kind: 'pageview', ...about(now - 2 * 86_400_000) },
    { kind: 'pageview', ...about(now - 30_000) },
    {
      kind: 'opt-in',
      ...about(now - 20_000),
      id: optIn,
      email: 'lea@example.com',
      boxes: { news: true },
      wording: 'newsletter-fr-1',
    },
  ]);
  // Somebody who has confirmed already.
  const confirmed = {
    ...about(now - 15_000),
    kind: 'opt-in',
    email: 'max@example.com',
    boxes: { news: true },
    wording: 'newsletter-fr-1',
  };
  await send(makeCollector({ now }), site, now, [confirmed]);
  await env.PEOPLE.prepare("UPDATE opt_ins SET state = 'confirmed', confirmed_at = ?2 WHERE id = ?1")
    .bind(confirmed.id, now)
    .run();
  const person = await env.PEOPLE.prepare('SELECT person FROM opt_ins WHERE id = ?1').bind(confirmed.id).first<string>('person');
  variables = {
    PERSON: String(person),
    OPTIN: optIn,
    HOST: ORIGIN,
    SITE: site.key,
    TOKEN: (await newToken([site], SCOPES, now)).token,
  };
});

test('there are examples, the same number in both languages, and every page says what the last one answers', () => {
  const counts = (language: string) =>
    found.filter(([file]) => file.startsWith(`${language}/`)).map(([file, { length }]) => [file.slice(3), length]);
  expect(counts('fr')).toEqual(counts('en'));
  expect(found.flatMap(([, examples]) => examples).length).toBeGreaterThanOrEqual(28);
  expect(() => expectShape({ a: [{ b: 1 }] }, { a: [{ b: 'x' }] }, 'answer')).toThrow(/answer\.a\[0\]\.b/);
});

describe.each(found)('%s', (_, examples) => {
  test.each(examples.map((example) => [example.command.split('\n')[0], example] as const))(
    '%s',
    async (_first, { command, says }) => {
      const context = createExecutionContext();
      const request = toRequest(command, variables, { 'plausible.zip': zipOf(plausibleTables()) });
      const answered = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, context);
      const text = new TextDecoder().decode(await answered.arrayBuffer());
      await waitOnExecutionContext(context);
      expect(answered.status, `${command}\n${text.slice(0, 500)}`).toBeGreaterThanOrEqual(200);
      expect(answered.status, `${command}\n${text.slice(0, 500)}`).toBeLessThan(300);
      if (says?.lang === 'text') expect(text.split('\r\n')[0]).toBe(says.text);
      if (says?.lang !== 'json') return;
      const real: unknown = JSON.parse(text);
      expectShape(JSON.parse(says.text), real, 'answer');
      if (typeof real === 'object' && real !== null && 'id' in real && typeof real.id === 'string') variables.ID = real.id;
    },
  );
});
