/** Pinned files in a page: the browser checks what it runs, and a core of any age works with today's second file. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { readReleased } from '../../commands/pin-tag.mjs';
import { sleep } from './chromium.ts';
import { pins, prepare, scenario } from './scenario.ts';
import type { Site } from './site.ts';

prepare('pinned');

const released = await readReleased(join(import.meta.dirname, '../..'));
const tagOf = (site: Site, { name, integrity }: { name: string; integrity: string }, more = ''): string =>
  `<script defer src="${site.collector}/${name}" integrity="${integrity}" crossorigin="anonymous" data-site="key" ${more}></script>`;

scenario("today's core, pinned, measures", async ({ browser, site }) => {
  for (const path of ['/a', '/b']) site.pages.set(path, { scripts: 0, head: tagOf(site, pins.current) });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/a');
  await page.goto(`${site.origin}/b`);
  await site.shows('/b');
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a', '/b']);
  expect(site.requests.map(({ path }) => path)).toEqual(['/a', '/b']);
});

scenario(
  'a file that is not what the page asked for does not run',
  async ({ browser, site }) => {
    const { integrity } = pins.current;
    site.pages.set('/a', { scripts: 0, head: tagOf(site, { name: 'c.x.js', integrity }) });
    site.pages.set('/b', { scripts: 0, head: tagOf(site, { ...pins.current, integrity: integrity.replace(/.{4}$/, 'AAAA') }) });
    const page = await browser.open(`${site.origin}/a`);
    await page.goto(`${site.origin}/b`);
    await sleep(500);
    expect(await page.evaluate('typeof comptoir')).toBe('undefined');
    await page.close();
    expect(site.received).toEqual([]);
  },
  { expected: /integrity/ },
);

for (const pin of released)
  scenario(`${pin.name} of ${pin.version} works with today's c.x.js`, async ({ browser, site }) => {
    const tag = tagOf(site, pin, 'data-exclude="/private*" data-mode="engagement" data-page-group="shoes" data-hash');
    const body =
      '<form data-comptoir-optin="w-1"><input type="email" value="ada@example.org"><input type="checkbox" name="news"></form>';
    for (const path of ['/a', '/private/a']) site.pages.set(path, { scripts: 0, head: tag, body });
    const page = await browser.open(`${site.origin}/private/a`);
    await sleep(400);
    await page.goto(`${site.origin}/a?x=1#/one`);
    await site.shows('/a#/one');
    await page.evaluate("comptoir('event', 'Seen', { n: 1 }); comptoir('identify', 'customer-1'); 0");
    await page.evaluate("document.querySelector('form').requestSubmit(); comptoir('page', { path: '/step' }); 0");
    await site.shows('/step');
    await sleep(500);
    expect(await page.evaluate("document.querySelector('form').dataset.comptoirState")).toBe('ok');
    await page.evaluate("comptoir('measure', false); comptoir('event', 'No'); 0");
    await sleep(300);
    await page.close();
    await site.settle();
    expect(site.recorded().map(({ path }) => path)).toEqual(['/a#/one', '/step']);
    const kinds = (kind: string) => site.messages.filter((message) => message.kind === kind);
    expect(kinds('event')).toMatchObject([{ name: 'Seen', props: { n: 1 }, mode: 'engagement' }]);
    expect(kinds('identify')).toMatchObject([{ user: 'customer-1' }]);
    expect(kinds('opt-in')).toMatchObject([{ email: 'ada@example.org', wording: 'w-1', boxes: { news: false } }]);
  });
