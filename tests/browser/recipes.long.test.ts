/** What the help pages tell site owners to paste, pasted: the very code of docs/help, in a real page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Page, sleep } from './chromium.ts';
import { expectTruth, pins, prepare, scenario } from './scenario.ts';
import type { Site } from './site.ts';

prepare('recipes');

const HELP = join(import.meta.dirname, '../../docs/help/en');
/** A code block of a page that contains some words, with our test's address and key in it. */
const recipe = (site: Site, slug: string, words: string): string => {
  const blocks = [...readFileSync(join(HELP, `${slug}.md`), 'utf8').matchAll(/```html\n([\s\S]*?)```/g)].map(([, code]) => code);
  const found = blocks.find((code) => code?.includes(words));
  if (!found) throw new Error(`${slug} has no block with ${words}`);
  return found
    .replaceAll('https://YOUR-COMPTOIR', site.collector)
    .replaceAll('YOUR-KEY', 'key')
    .replaceAll('c.v1.HASH.js', pins.current.name)
    .replaceAll('sha384-HASH', pins.current.integrity);
};
/** What Google Tag Manager does to custom HTML: scripts are made anew from text and source, and other attributes are lost. */
const managed = (html: string): string => `<script>
  addEventListener('DOMContentLoaded', () => {
    const holder = document.createElement('div');
    holder.innerHTML = ${JSON.stringify(html).replaceAll('</', '<\\/')};
    for (const { text, src } of holder.querySelectorAll('script'))
      document.body.append(Object.assign(document.createElement('script'), src ? { src } : { text }));
  });
</script>`;
const said = (site: Site): unknown[] => [...new Set(site.messages.map(({ mode }) => mode))];
const visit = async (site: Site, page: Page, path: string): Promise<void> => {
  await page.goto(`${site.origin}${path}`);
  await site.shows(path);
};

scenario('the tag, and the pinned tag', async ({ browser, site }) => {
  site.pages.set('/a', { scripts: 0, head: recipe(site, 'install', '/c.js" data-site="YOUR-KEY"></script>') });
  site.pages.set('/b', { scripts: 0, head: recipe(site, 'install', 'integrity=') });
  const page = await browser.open();
  await visit(site, page, '/a');
  await visit(site, page, '/b');
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a', '/b']);
});

scenario('pages of your own making', async ({ browser, site }) => {
  site.pages.set('/a', { scripts: 0, head: recipe(site, 'install', 'data-manual') });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/step-2');
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/step-2']);
});

scenario('Google Tag Manager: its snippet counts, the usual line would not', async ({ browser, site }) => {
  site.pages.set('/a', { scripts: 0, head: managed(recipe(site, 'install-tag-manager', 'createElement')) });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/a');
  await page.evaluate("go('pushState', '/b')");
  await site.shows('/b');
  await page.close();
  await expectTruth('tag manager', site, ['/a', '/b']);
  site.pages.set('/c', { scripts: 0, head: managed(recipe(site, 'install', '/c.js" data-site="YOUR-KEY"></script>')) });
  const other = await browser.open(`${site.origin}/c`);
  await sleep(500);
  await other.close();
  expect(JSON.stringify(site.messages)).not.toContain(`${site.origin}/c"`);
});

scenario('consent, by one command before the tag has arrived', async ({ browser, site }) => {
  site.pages.set('/a', { head: recipe(site, 'install-tag-manager', "comptoir('consent', { engagement: true })") });
  await visit(site, await browser.open(), '/a');
  expect(said(site)).toEqual(['engagement']);
});

for (const [tool, words, act] of [
  [
    'Cookiebot',
    'CookiebotOnAccept',
    "self.Cookiebot = { consent: { statistics: true } }; dispatchEvent(new Event('CookiebotOnAccept'))",
  ],
  [
    'Axeptio',
    'cookies:complete',
    "_axcb.forEach((say) => say({ on: (name, then) => name === 'cookies:complete' && then({ comptoir: true }) }))",
  ],
  [
    'Shopify',
    'visitorConsentCollected',
    "document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: { analyticsAllowed: true } }))",
  ],
] as const)
  scenario(`consent through ${tool}: audience before it, engagement after`, async ({ browser, site }) => {
    const slug = tool === 'Shopify' ? 'install-platforms' : 'install-tag-manager';
    site.pages.set('/a', { scripts: tool === 'Shopify' ? 0 : 1, head: recipe(site, slug, words) });
    const page = await browser.open();
    await visit(site, page, '/a');
    expect(said(site)).toEqual(['audience']);
    await page.evaluate(`${act}; 0`);
    await page.evaluate("go('pushState', '/b')");
    await site.shows('/b');
    expect(said(site)).toEqual(['audience', 'engagement']);
  });

scenario('the button of a privacy policy: pressed once, nothing more is measured', async ({ browser, site }) => {
  site.pages.set('/a', { body: recipe(site, 'when-it-is-sent', 'comptoir-off') });
  const page = await browser.open();
  await visit(site, page, '/a');
  await page.evaluate("document.getElementById('comptoir-off').click()");
  expect(await page.evaluate("document.getElementById('comptoir-off').textContent")).toMatch(/no longer measured/);
  await sleep(300);
  const before = site.received.length;
  await page.goto(`${site.origin}/b`);
  await sleep(400);
  await page.close();
  await site.settle();
  expect(site.received).toHaveLength(before);
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a']);
});
