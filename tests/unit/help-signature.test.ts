/** The signature that the help page shows is the one that the collector wants. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkIdentity, identifySecret } from '../../collector/people/identify.ts';

test.each(['fr', 'en'])('%s', async (language) => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/help', language, 'people.md'), 'utf8');
  const code =
    [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).find((text) => text.includes('createHmac')) ??
    '';
  const shown: { sign: (secret: string, site: string, id: string) => { signature: string; exp: number } } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  );
  const signed = shown.sign(identifySecret('secret', 'site-1'), 'site-1', 'customer-4711');
  const check = (user: string, site: string) => checkIdentity({ user, ...signed }, 'secret', site, Date.now());
  expect([check('customer-4711', 'site-1'), check('customer-4712', 'site-1'), check('customer-4711', 'site-2')]).toEqual([
    'signed',
    'bad_signature',
    'bad_signature',
  ]);
});
