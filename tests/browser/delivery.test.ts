/** What is recorded arrives: through bad networks, full disks, strict pages, crashes and power cuts. */
import { expect } from 'vitest';
import { type Page, sleep } from './chromium.ts';
import { expectTruth, prepare, scenario } from './scenario.ts';
import type { Mood } from './site.ts';

prepare('delivery');

/** Failed requests are logged by the browser itself; nothing else may be. */
const NETWORK = /ERR_|Failed to load resource|status of (429|503|403)/;
const readKeys = (page: Page): Promise<unknown> =>
  page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith('comptoir:')).length`);

// The others are the same code again: `npm run check:long` plays them.
const moods: Mood[] = process.env.COMPTOIR_LONG ? ['down', 'portal', 'broken', 'busy'] : ['portal', 'busy'];
for (const mood of moods)
  scenario(
    `collector ${mood} during the first page, back on the next`,
    async ({ browser, site }) => {
      site.mood = mood;
      const page = await browser.open(`${site.origin}/a`);
      await sleep(900);
      const loaded = page.next('Page.loadEventFired');
      await page.evaluate("location.href = '/b'");
      await loaded;
      await site.settle();
      expect(site.messages).toEqual([]);
      expect(await readKeys(page)).toBeGreaterThan(0);
      site.mood = 'ok';
      const next = page.next('Page.loadEventFired');
      await page.evaluate("location.href = '/c'");
      await next;
      await sleep(900);
      expect(await readKeys(page)).toBe(0);
      await page.close();
      await expectTruth(`collector ${mood}, then back`, site, ['/a', '/b', '/c']);
    },
    { expected: NETWORK },
  );

scenario(
  'a refusal of our own is final',
  async ({ browser, site }) => {
    site.mood = 'refuse';
    const page = await browser.open(`${site.origin}/a`);
    await sleep(700);
    expect(await readKeys(page)).toBe(0);
    await page.close();
    await site.settle();
    expect(site.received.map(({ body }) => body.messages.length)).toEqual([1, 1]);
  },
  { expected: NETWORK },
);

scenario(
  'retried on the same page, never at once',
  async ({ browser, site }) => {
    site.mood = 'busy';
    const page = await browser.open(`${site.origin}/a`);
    await sleep(500);
    site.mood = 'ok';
    await page.evaluate("comptoir('event', 'Too early')");
    await sleep(800);
    expect(site.messages).toEqual([]);
    for (let waited = 0; waited < 20_000 && site.messages.length === 0; waited += 100) await sleep(100);
    expect(site.messages.map(({ kind }) => kind).sort()).toEqual(['event', 'pageview']);
    const [first, second] = site.received;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(second?.body.sentAt).not.toBe(first?.body.sentAt);
    await page.close();
    await expectTruth('retry after 429', site, ['/a']);
  },
  { expected: NETWORK },
);

scenario(
  'a hanging collector harms nothing and loses nothing',
  async ({ browser, site }) => {
    site.mood = 'hang';
    const page = await browser.open(`${site.origin}/a`);
    await sleep(600);
    await page.evaluate("comptoir('event', 'Kept')");
    site.mood = 'ok';
    await sleep(300);
    await page.close();
    await expectTruth('hanging collector', site, ['/a']);
    expect(site.messages.map(({ kind }) => kind).sort()).toEqual(['event', 'pageview']);
  },
  { expected: NETWORK },
);

scenario(
  'renderer crash: what was saved arrives with the next page',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    await sleep(700);
    const other = await browser.open('about:blank');
    await sleep(300);
    // A crashed page never answers.
    page.send('Page.crash').catch(() => {});
    await sleep(500);
    const next = await browser.open(`${site.origin}/b`);
    await sleep(500);
    await next.close();
    await other.close();
    await site.settle();
    await expectTruth('renderer crash', site, ['/a', '/b']);
  },
  { expected: /crash/i, alone: true },
);

scenario(
  'kill -9 of the browser: acts survive a power cut',
  async ({ browser, site, relaunch }) => {
    const first = await browser.open(`${site.origin}/a`);
    await first.evaluate("comptoir('event', 'Warm-up')");
    await sleep(800);
    site.mood = 'down';
    await first.evaluate(
      "comptoir('event', 'Offline'); void comptoir('optin', { email: 'ada@example.org', boxes: { news: true }, wording: 'w-1' })",
    );
    await sleep(400);
    await browser.kill();
    site.mood = 'ok';
    const again = await relaunch();
    const page = await again.open(`${site.origin}/b`);
    await page.evaluate("comptoir('event', 'After')");
    // What an earlier process left is looked for when the page has come to rest.
    await sleep(4_000);
    await page.close();
    await site.settle();
    const acts = site.messages.filter(({ kind }) => kind !== 'pageview');
    expect(new Set(acts.map((m) => (m.kind === 'event' ? m.name : m.kind)))).toEqual(
      new Set(['Warm-up', 'Offline', 'opt-in', 'After']),
    );
    const paths = site.recorded().map(({ path }) => path);
    expect(paths).toEqual(['/a', '/b']);
  },
  { expected: NETWORK, alone: true },
);

scenario('storage blocked: a sandboxed frame', async ({ browser, site }) => {
  site.pages.set('/host', { body: `<iframe sandbox="allow-scripts" src="/framed" width="300" height="200"></iframe>` });
  const page = await browser.open(`${site.origin}/host`);
  await sleep(800);
  await page.close();
  await site.settle();
  const framed = site.messages.filter((m) => m.kind === 'pageview' && m.framed);
  expect(framed.length).toBeGreaterThan(0);
  for (const message of framed) expect(message).not.toHaveProperty('visitor');
  expect(
    site
      .recorded()
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/framed', '/host']);
});

scenario('storage that throws, frozen prototypes, no console noise', async ({ browser, site }) => {
  site.pages.set('/a', {
    head: `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }); for (const it of [Object, Array, Function, String, RegExp, Map, Promise, History, Storage, EventTarget]) Object.freeze(it.prototype); Object.freeze(history);</script>`,
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(600);
  await page.evaluate("comptoir('event', 'Still here', { n: 1 })");
  await sleep(400);
  await page.close();
  await expectTruth('storage throws', site, ['/a']);
  expect(site.messages.filter(({ kind }) => kind === 'event')).toHaveLength(1);
});

scenario(
  'quota exceeded: the oldest time updates go first, and the loss is reported',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/seed`);
    await sleep(300);
    site.mood = 'down';
    const message = { kind: 'pageview', url: `${site.origin}/old`, mode: 'audience', activeMs: 1, foregroundMs: 1 };
    await page.evaluate(`(() => { const id = (n) => Date.now().toString(16).padStart(12, '0') + String(n).padStart(12, '0');
      for (let n = 0; n < 230; n++) localStorage.setItem('comptoir:0' + id(n), JSON.stringify({ ...${JSON.stringify(message)}, id: id(n) }));
      localStorage.setItem('comptoir:2' + id(0), JSON.stringify({ kind: 'opt-in', id: id(0), url: location.href, mode: 'audience', email: 'a@example.org', boxes: {}, wording: 'w' }));
      localStorage.setItem('comptoir.lost', JSON.stringify([{ pageview: 3 }, JSON.stringify({ ...JSON.parse(localStorage.getItem('comptoir:0' + id(0))) })])); let filler = 'x'.repeat(1e6); while (filler.length > 100) try { localStorage.setItem('page' + Math.random(), filler); } catch { filler = filler.slice(filler.length / 2); } })()`);
    site.mood = 'ok';
    const loaded = page.next('Page.loadEventFired');
    await page.evaluate("location.href = '/a'");
    await loaded;
    await sleep(2_500);
    await page.close();
    await site.settle();
    expect(await Promise.resolve(site.messages.filter(({ kind }) => kind === 'opt-in').length)).toBeGreaterThan(0);
    expect(site.received.some(({ body }) => (body.lost?.pageview ?? 0) > 0)).toBe(true);
    expect(site.recorded().filter(({ path }) => path === '/a')).toHaveLength(1);
    for (const { body } of site.received) expect(body.messages.length).toBeLessThanOrEqual(50);
  },
  { expected: NETWORK },
);

scenario(
  'an opt-in without c.x.js is kept and sent by the core',
  async ({ browser, site }) => {
    site.withheld = '/c.x.js';
    const page = await browser.open(`${site.origin}/a`);
    const ask = "comptoir('optin', { email: 'ada@example.org', boxes: { news: true }, wording: 'w' }).then(JSON.stringify)";
    expect(await page.evaluate(ask)).toBe('{"ok":true}');
    await sleep(300);
    await page.close();
    await expectTruth('opt-in without c.x.js', site, ['/a']);
    expect(site.messages.filter(({ kind }) => kind === 'opt-in')).toMatchObject([{ email: 'ada@example.org', wording: 'w' }]);
  },
  { expected: NETWORK },
);

scenario('two tabs never have the same message under way at once', async ({ browser, site }) => {
  site.answerDelay = 700;
  const [one, two] = [await browser.open(`${site.origin}/a`), await browser.open(`${site.origin}/b`, { newWindow: true })];
  for (let turn = 0; turn < 3; turn++) {
    for (const page of [one, two]) await page.evaluate("comptoir('event', 'Here'); 0");
    await sleep(250);
  }
  await sleep(3_500);
  const requests = site.received.map(({ at, until, body }) => ({ at, until, ids: body.messages.map(({ id }) => id) }));
  expect(new Set(requests.flatMap(({ ids }) => ids)).size).toBe(8);
  for (const [index, a] of requests.entries())
    for (const b of requests.slice(index + 1)) if (b.at < a.until) expect(b.ids.filter((id) => a.ids.includes(id))).toEqual([]);
  for (const page of [one, two]) await page.close();
});

scenario('double inclusion: the second one yields', async ({ browser, site }) => {
  site.pages.set('/a', { scripts: 2 });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(700);
  await page.close();
  await expectTruth('double inclusion', site, ['/a']);
  expect(site.received).toHaveLength(2);
});

scenario('strict CSP and Trusted Types, c.x.js included', async ({ browser, site }) => {
  site.pages.set('/a', {
    headers: {
      'content-security-policy': `default-src 'none'; script-src 'self' ${site.collector}; connect-src 'self' ${site.collector}; img-src data:; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'`,
    },
    body: '<button data-comptoir-event="Pressed" data-comptoir-prop-format="pdf" style="width:200px;height:60px">press</button>',
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(700);
  await page.click(60, 110);
  await sleep(400);
  await page.close();
  await expectTruth('strict CSP', site, ['/a']);
  expect(site.messages.filter(({ kind }) => kind === 'event')).toMatchObject([{ name: 'Pressed', props: { format: 'pdf' } }]);
});

scenario('without data-site: one warning, nothing sent', async ({ browser, site }) => {
  site.pages.set('/a', { head: `<script defer src="${site.collector}/c.js"></script>`, scripts: 0 });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(400);
  await page.close();
  await site.settle();
  expect(site.received).toEqual([]);
});
