/** What people and site owners do: choices, events, links, forms, opt-ins, and what each may and may not send. */
import { expect } from 'vitest';
import { type Page, sleep } from './chromium.ts';
import { expectTruth, prepare, scenario } from './scenario.ts';

prepare('acts');

const STUB = 'window.comptoir = window.comptoir || function () { (comptoir.q = comptoir.q || []).push(arguments); };';
const centre = async (page: Page, selector: string): Promise<[number, number]> => {
  const [x, y] = String(
    await page.evaluate(
      `(({ x, y, width, height }) => [x + width / 2, y + height / 2].join())(document.querySelector('${selector}').getBoundingClientRect())`,
    ),
  ).split(',');
  return [Number(x), Number(y)];
};
const press = async (page: Page, selector: string): Promise<void> => page.click(...(await centre(page, selector)));

scenario('audience mode carries no campaign, no identity, no token', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a?utm_source=mail&gclid=abc&x=secret#k=TOKEN`);
  await page.evaluate("comptoir('identify', 'customer-1'); comptoir('event', 'Seen', { format: 'pdf', n: 2 }); 0");
  await sleep(400);
  expect(await page.evaluate('location.hash')).toBe('');
  await page.close();
  await expectTruth('audience mode', site, ['/a']);
  const sent = JSON.stringify(site.received.map(({ body }) => body));
  for (const word of ['utm_', 'gclid', 'secret', 'TOKEN', 'customer-1']) expect(sent).not.toContain(word);
  expect(site.messages.filter(({ kind }) => kind === 'event')).toMatchObject([
    { name: 'Seen', props: { format: 'pdf', n: 2 }, url: `${site.origin}/a` },
  ]);
});

scenario('engagement mode: campaign, names of click ids, identify, token; never an address', async ({ browser, site }) => {
  site.pages.set('/a', { tag: 'data-mode="engagement" data-page-group="shoes"' });
  const page = await browser.open(`${site.origin}/a?utm_source=mail&utm_id=7&gclid=abc&x=secret#part&k=TOKEN`);
  for (let waited = 0; waited < 5_000 && (await page.evaluate('location.hash')) !== '#part'; waited += 50) await sleep(50);
  expect(await page.evaluate('location.hash')).toBe('#part');
  await page.evaluate(
    "comptoir('identify', 'ada@example.org'); comptoir('identify', 'customer-1', { signature: 's', exp: 1 }); 0",
  );
  await sleep(500);
  await page.close();
  await expectTruth('engagement mode', site, ['/a']);
  const kinds = (kind: string) => site.messages.filter((message) => message.kind === kind);
  const url = new URL(kinds('pageview')[0]?.url ?? '');
  expect([...url.searchParams.keys()].sort()).toEqual(['gclid', 'utm_id', 'utm_source']);
  expect(kinds('pageview')[0]).toMatchObject({ mode: 'engagement', group: 'shoes' });
  expect(kinds('link')).toMatchObject([{ token: 'TOKEN' }]);
  expect(kinds('identify')).toMatchObject([{ user: 'customer-1', signature: 's', exp: 1 }]);
  const sent = JSON.stringify(site.received.map(({ body }) => body));
  for (const word of ['abc', 'secret', 'ada@']) expect(sent).not.toContain(word);
});

scenario('a mailed token is of the fragment only, waits for consent, and goes with a log-out', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a?size=m&k=4#k=FIRST`);
  await sleep(400);
  expect(await page.evaluate('location.search + location.hash')).toBe('?size=m&k=4');
  await page.evaluate("comptoir('consent', { engagement: true }); 0");
  await sleep(300);
  await page.evaluate("comptoir('event', 'After'); comptoir('consent', { engagement: false }); 0");
  await sleep(300);
  await page.goto(`${site.origin}/b#k=SECOND`);
  await sleep(300);
  await page.evaluate("comptoir('reset'); comptoir('consent', { engagement: true }); 0");
  await sleep(300);
  await page.goto(`${site.origin}/c?k=4`);
  await sleep(400);
  await page.close();
  await site.settle();
  expect(site.messages.filter(({ kind }) => kind === 'link')).toMatchObject([{ token: 'FIRST', mode: 'engagement' }]);
  for (const word of ['SECOND', 'size=', 'k=4']) expect(JSON.stringify(site.messages)).not.toContain(word);
});

scenario('a mailed token is in no route of a hash router', async ({ browser, site }) => {
  site.pages.set('/app', { tag: 'data-hash data-mode="engagement"' });
  const page = await browser.open(`${site.origin}/app#/shoes&k=TOKEN`);
  await sleep(600);
  expect(await page.evaluate('location.hash')).toBe('#/shoes');
  await page.close();
  await site.settle();
  expect(site.messages.filter(({ kind }) => kind === 'link')).toMatchObject([{ token: 'TOKEN' }]);
  for (const { url } of site.messages) expect(url).toBe(`${site.origin}/app#/shoes`);
});

scenario('GPC keeps out of engagement mode; an explicit act does not upgrade what runs', async ({ browser, site }) => {
  site.pages.set('/a', {
    tag: 'data-mode="engagement"',
    head: "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });</script>",
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  await page.evaluate("comptoir('consent', { engagement: true }); comptoir('event', 'After'); 0");
  await sleep(300);
  await page.evaluate("go('pushState', '/b')");
  await sleep(400);
  await page.close();
  await expectTruth('consent mid-page', site, ['/a', '/b']);
  const modes = (path: string) =>
    new Set(site.messages.filter((m) => m.kind === 'pageview' && m.url.endsWith(path)).map(({ mode }) => mode));
  expect([...modes('/a')]).toEqual(['audience']);
  expect([...modes('/b')]).toEqual(['engagement']);
  expect(site.messages.find(({ kind }) => kind === 'event')).toMatchObject({ mode: 'engagement' });
});

scenario('a choice made before the tag is there counts from the first message', async ({ browser, site }) => {
  site.pages.set('/a', {
    head: `<script>${STUB} comptoir('event', 'Early'); comptoir('consent', { engagement: true });</script>`,
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(400);
  await page.close();
  await expectTruth('stub queue', site, ['/a']);
  expect(site.messages.find(({ kind }) => kind === 'pageview')).toMatchObject({ mode: 'engagement' });
  expect(site.messages.find(({ kind }) => kind === 'event')).toMatchObject({ name: 'Early' });
});

scenario('measure(false): nothing more, remembered without an id, until measure(true)', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  await page.evaluate("comptoir('measure', false); comptoir('event', 'No'); 0");
  await sleep(300);
  const before = site.received.length;
  for (const path of ['/b', '/c']) await page.goto(`${site.origin}${path}`);
  await page.evaluate("comptoir('event', 'No'); comptoir('reset'); 0");
  await sleep(400);
  expect(site.received).toHaveLength(before);
  expect(await page.evaluate("localStorage.getItem('comptoir')")).toBe('0');
  // From now on the page in front counts, too.
  await page.evaluate("comptoir('measure', true); 0");
  await sleep(300);
  await page.goto(`${site.origin}/d`);
  await sleep(300);
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/a', '/c', '/d']);
  expect(JSON.stringify(site.messages)).not.toContain('"No"');
});

scenario('data-storage="none" stores nothing and names no visitor', async ({ browser, site }) => {
  site.pages.set('/a', { tag: 'data-storage="none"', body: '<form data-comptoir-optin="w-1"><input type="email"></form>' });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  await page.evaluate("comptoir('event', 'E'); comptoir('consent', { engagement: true }); 0");
  await sleep(500);
  expect(await page.evaluate('localStorage.length')).toBe(0);
  expect(await page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0);
  await page.close();
  await expectTruth('storage none', site, ['/a']);
  for (const message of site.messages) expect(message).not.toHaveProperty('visitor');
});

scenario('visitor: thirteen months from birth, never extended; reset makes a new one', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  await page.goto(`${site.origin}/b`);
  await sleep(300);
  // It was never refused, so allowing it changes nothing.
  await page.evaluate("comptoir('measure', true); comptoir('event', 'Same'); comptoir('reset'); 0");
  await page.goto(`${site.origin}/c`);
  await sleep(300);
  const old = (Date.now() - 396 * 864e5).toString(16).padStart(12, '0') + 'a'.repeat(12);
  await page.evaluate(`localStorage.setItem('comptoir', '${old}')`);
  await page.goto(`${site.origin}/d`);
  await sleep(300);
  await page.close();
  await site.settle();
  const of = (path: string) => new Set(site.messages.filter(({ url }) => url.endsWith(path)).map(({ visitor }) => visitor));
  expect([...of('/a')]).toEqual([...of('/b')]);
  expect(of('/c').size).toBe(1);
  expect([...of('/c')]).not.toEqual([...of('/a')]);
  expect([...of('/d')]).not.toContain(old);
  expect(new Set([...of('/a'), ...of('/c'), ...of('/d')]).size).toBe(3);
});

scenario('hash routes, page names, exclusions, manual pages', async ({ browser, site }) => {
  site.pages.set('/hash', { tag: 'data-hash' });
  site.pages.set('/named', { tag: 'data-page="/product" data-page-group="shoes"' });
  for (const path of ['/admin/users', '/admin']) site.pages.set(path, { tag: 'data-exclude="/private, /admin*"' });
  site.pages.set('/manual', { tag: 'data-manual' });
  const page = await browser.open(`${site.origin}/hash#/one?q=1`);
  await site.shows('/hash#/one');
  await page.evaluate("location.hash = '#/two'");
  await sleep(300);
  await page.goto(`${site.origin}/named`);
  await site.shows('/product');
  for (const path of ['/admin/users', '/admin', '/manual']) {
    await page.goto(`${site.origin}${path}`);
    await sleep(400);
  }
  await page.evaluate("comptoir('page', { path: '/virtual' }); 0");
  await site.shows('/virtual');
  await page.close();
  await site.settle();
  expect(site.recorded().map(({ path }) => path)).toEqual(['/hash#/one', '/hash#/two', '/product', '/virtual']);
  expect(site.messages.find(({ url }) => url.endsWith('/product'))).toMatchObject({ group: 'shoes' });
});

scenario('a form marked as an opt-in, declared events, outbound links and downloads', async ({ browser, site }) => {
  site.pages.set('/a', {
    body: `<form data-comptoir-optin="newsletter-en-1" lang="en"><input type="email" value="ada@example.org"><input type="checkbox" name="news" id="news"><input type="checkbox" name="link" checked><button id="join" style="width:80px;height:30px">join</button></form>
      <p><button id="event" data-comptoir-event="Brochure" data-comptoir-prop-format="pdf">b</button></p>
      <p><a id="out" target="_blank" href="http://localhost:9/shop?private=1">out</a></p><p><a id="file" href="/price-list.pdf" target="_blank">file</a></p>
      <script>addEventListener('click', (event) => { if (event.target.closest('a')) event.preventDefault(); }); addEventListener('comptoir:optin', (event) => { window.outcome = event.detail; });</script>`,
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(700);
  for (const selector of ['#news', '#join', '#event', '#out', '#file']) await press(page, selector);
  await sleep(700);
  expect(await page.evaluate('location.pathname + location.search')).toBe('/a');
  expect(await page.evaluate("document.querySelector('form').dataset.comptoirState")).toBe('ok');
  expect(await page.evaluate('JSON.stringify(outcome)')).toBe('{"ok":true}');
  await page.close();
  await expectTruth('acts', site, ['/a']);
  expect(site.messages.filter(({ kind }) => kind === 'opt-in')).toMatchObject([
    { email: 'ada@example.org', boxes: { news: true, link: true }, ticked: ['link'], wording: 'newsletter-en-1', language: 'en' },
  ]);
  const events = site.messages.flatMap((message) => (message.kind === 'event' ? [[message.name, message.props]] : []));
  // The storage keeps no order; the ids do.
  expect(events.sort()).toEqual([
    ['Brochure', { format: 'pdf' }],
    ['File download', { url: `${site.origin}/price-list.pdf` }],
    ['Outbound link', { url: 'http://localhost:9/shop' }],
  ]);
});

scenario(
  'comptoir("optin") answers with the outcome',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    const ask = "comptoir('optin', { email: 'ada@example.org', boxes: { news: true }, wording: 'w' }).then(JSON.stringify)";
    expect(await page.evaluate(ask)).toBe('{"ok":true}');
    site.mood = 'refuse';
    expect(await page.evaluate(ask)).toBe('{"error":"unknown_site"}');
    site.mood = 'ok';
    await page.close();
    await expectTruth('opt-in command', site, ['/a']);
  },
  { expected: /status of 403/ },
);
