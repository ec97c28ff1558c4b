/** What the help page shows developers: its message is one we would send, its signature is right, and its code takes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test, vi } from 'vitest';
import { ANNOUNCEMENT_TYPES } from '../../collector/notify/webhooks/announcement-types.ts';
import { bodyOf } from '../../collector/notify/webhooks/message.ts';

const ROOT = join(import.meta.dirname, '../..');
afterEach(() => vi.useRealTimers());

function read(language: string) {
  const page = readFileSync(join(ROOT, 'docs/help', language, 'webhooks.md'), 'utf8');
  const block = (lang: string, i = 0) =>
    [...page.matchAll(new RegExp(`^\`\`\`${lang}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(([, text = '']) => text)[i] ?? '';
  const headers = Object.fromEntries(
    block('http')
      .split('\n')
      .slice(1)
      .map((line) => line.split(': ') as [string, string]),
  );
  const secret = /`(whsec_[\w+/=]+)`/.exec(page)?.[1] ?? '';
  return { page, code: block('js'), asked: JSON.parse(block('json')), shown: JSON.parse(block('json', 1)), headers, secret };
}

test.each(['fr', 'en'])('%s: message, signature and code belong together', async (language) => {
  const { shown, headers, secret, code } = read(language);
  const { site, ...data } = shown.data;
  const at = Date.parse(shown.timestamp);
  const body = bodyOf({ type: shown.type, at, data, siteKey: site });
  expect(JSON.parse(body)).toEqual(shown);
  vi.useFakeTimers({ now: at });
  expect(new Webhook(secret).sign(headers['webhook-id'] ?? '', new Date(at), body)).toBe(headers['webhook-signature']);
  // Beside node_modules, so that the page's import finds the library.
  const folder = await mkdtemp(join(ROOT, 'build/help-'));
  try {
    const file = join(folder, 'receive.mjs');
    writeFileSync(file, code);
    const { receive } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    const post = (text: string) => new Request('https://hooks.brand.com/', { method: 'POST', headers, body: text });
    const taken: Response = await receive(post(body), secret);
    expect([taken.status, await taken.text()]).toEqual([200, 'optin.confirmed']);
    expect((await receive(post(body.replace('kiosk', 'web')), secret)).status).toBe(400);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each(['fr', 'en'])('%s: every type is listed, and no other', (language) => {
  const { page, asked } = read(language);
  const listed = [...page.matchAll(/^\| `([a-z]+\.[a-z]+)` \|/gm)].map(([, type]) => type);
  expect(listed).toEqual([...ANNOUNCEMENT_TYPES]);
  for (const type of asked.types) expect(listed).toContain(type);
});
