/** The npm package in a page: it puts the same tag there, says the same things, and asks no more of a strict page than a nonce. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect } from 'vitest';
import { sleep } from './chromium.ts';
import { expectTruth, pins, prepare, scenario } from './scenario.ts';
import type { Site } from './site.ts';

prepare('package');

let bundle = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../packages/tag/src/index.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'tag',
    charset: 'utf8',
  });
  bundle = outputFiles[0]?.text ?? '';
});

const inline = (code: string, attributes = ''): string => `<script ${attributes}>${bundle}\n${code}</script>`;
const install = (site: Site, settings: Record<string, unknown> = {}): string =>
  `tag.install(${JSON.stringify({ site: 'key', host: site.collector, ...settings })});`;
const events = (site: Site) => site.messages.flatMap((message) => (message.kind === 'event' ? [message.name] : []));

scenario('install: once; what was said before, a pageview, an event and an opt-in arrive', async ({ browser, site }) => {
  const head = inline(`tag.consent({ engagement: true }); tag.event('Early'); ${install(site)} ${install(site)}`);
  site.pages.set('/a', { scripts: 0, head });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/a');
  await page.evaluate(`${install(site)} tag.event('Late', { n: 1 }); tag.page({ path: '/step' }); tag.identify('customer-1'); 0`);
  const outcome = "tag.optin({ email: 'ada@example.org', boxes: { news: true }, wording: 'w' }).then(JSON.stringify)";
  expect(await page.evaluate(outcome)).toBe('{"ok":true}');
  await site.shows('/step');
  expect(await page.evaluate("document.querySelectorAll('script[data-site]').length")).toBe(1);
  await page.close();
  await site.settle();
  expect(events(site).sort()).toEqual(['Early', 'Late']);
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a', '/step']);
  expect(site.messages.filter(({ kind }) => kind === 'identify')).toMatchObject([{ user: 'customer-1' }]);
  expect(new Set(site.messages.map(({ mode }) => mode))).toEqual(new Set(['engagement']));
});

scenario('an installed tag measures as the one in the HTML does, and yields to it', async ({ browser, site }) => {
  site.pages.set('/a', { scripts: 0, head: inline(install(site)) });
  site.pages.set('/b', { head: inline(install(site)) });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/a');
  await page.goto(`${site.origin}/b`);
  await site.shows('/b');
  await page.close();
  await expectTruth('npm package', site, ['/a', '/b']);
});

scenario('every setting reaches the tag; false leaves one out', async ({ browser, site }) => {
  const settings = { mode: 'engagement', hash: true, manual: false, pageGroup: 'shoes', exclude: ['/private', '/admin*'] };
  for (const path of ['/a', '/admin/users']) site.pages.set(path, { scripts: 0, head: inline(install(site, settings)) });
  const page = await browser.open(`${site.origin}/admin/users`);
  await sleep(400);
  await page.goto(`${site.origin}/a?x=1#/one`);
  await site.shows('/a#/one');
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a#/one']);
  expect(site.messages.find(({ kind }) => kind === 'pageview')).toMatchObject({ mode: 'engagement', group: 'shoes' });
});

scenario(
  'a strict page: nonce, strict-dynamic, Trusted Types, and a pinned file with its integrity',
  async ({ browser, site }) => {
    const { name, integrity } = pins.current;
    const policy = `default-src 'none'; script-src 'nonce-n' 'strict-dynamic'; connect-src ${site.collector}; img-src data:; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types comptoir`;
    site.pages.set('/a', {
      scripts: 0,
      head: inline(install(site, { nonce: 'n', file: name, integrity }), 'nonce="n"'),
      headers: { 'content-security-policy': policy },
    });
    const page = await browser.open(`${site.origin}/a`);
    await site.shows('/a');
    await page.evaluate("tag.event('Late'); tag.page({ path: '/step' }); 0");
    await site.shows('/step');
    await page.close();
    await site.settle();
    expect(events(site)).toEqual(['Late']);
  },
  // The probe has no nonce.
  { expected: /probe\.js/ },
);

scenario(
  'a tag that cannot be had: no exception, and the person is told that nothing was sent',
  async ({ browser, site }) => {
    site.withheld = '/c.js';
    site.pages.set('/a', { scripts: 0, head: inline(install(site)) });
    const page = await browser.open(`${site.origin}/a`);
    await page.evaluate("tag.event('E'); tag.measure(false); 0");
    const outcome = "tag.optin({ email: 'ada@example.org', boxes: {}, wording: 'w' }).then(JSON.stringify)";
    expect(await page.evaluate(outcome)).toBe('{"error":"no_tag"}');
    await page.close();
    expect(site.received).toEqual([]);
  },
  { expected: /ERR_EMPTY_RESPONSE|ERR_CONNECTION/ },
);
