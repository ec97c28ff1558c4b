/** A kiosk's long days: an attract loop, a week of visits, another key every month, a disk that refuses, and one of an earlier version. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Browser, type Page, sleep } from './chromium.ts';
import { KioskShop } from './kiosk-shop.ts';
import { advance, setClock } from './virtual-clock.ts';

const root = dirname(dirname(import.meta.dirname));
const assets = mkdtempSync(join(tmpdir(), 'comptoir-kiosk-life-'));
const LONG = Boolean(process.env.COMPTOIR_LONG);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

let shop: KioskShop;
let browser: Browser;

const enrolled = (page: Page) =>
  shop.until('enrolled', () => page.evaluate('window.said?.some((e) => e.name === "enrolment" && e.ok)'));
/** An enrolled kiosk whose clock the test moves. */
const openKiosk = async (): Promise<Page> => {
  shop.codes.add('code-1');
  const page = await browser.open();
  await setClock(page, 0);
  await page.goto(`${shop.origin}/#enrol=code-1`);
  await enrolled(page);
  return page;
};
const tap = async (page: Page, x: number): Promise<void> => {
  await page.click(x, 50);
  await sleep(40);
};
const optIn = (page: Page, email: string) =>
  page.evaluate(`comptoir('optin', { email: '${email}', boxes: { news: true }, wording: 'newsletter-fr-1' })`);
/** Runs code with the kiosk's own store on the disk; `done` ends it. */
const inStore = (page: Page, mode: 'readonly' | 'readwrite', code: string): Promise<unknown> =>
  page.evaluate(`new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
    const transaction = open.result.transaction('kept', '${mode}'); const store = transaction.objectStore('kept'); let answer;
    transaction.oncomplete = () => { open.result.close(); done(answer); }; ${code} }; })`);

beforeAll(async () => {
  const { buildSnippet } = await import(join(root, 'commands/build-snippet.mjs'));
  await buildSnippet({ root, outDir: assets });
  browser = await Browser.launch();
});
beforeEach(async () => {
  shop = await KioskShop.open(assets);
  await browser.renew();
});
afterEach(() => shop.close());
afterAll(async () => {
  await browser.close();
  rmSync(assets, { recursive: true, force: true });
});

it('one hour of attract loop is exposures and nothing else, however lively the loop', async () => {
  const page = await openKiosk();
  await page.evaluate(`setInterval(() => {
    go(location.pathname === '/liste' ? '/produit' : '/liste');
    document.querySelector('button').click();
    document.getElementById('email').dispatchEvent(new Event('input', { bubbles: true }));
    dispatchEvent(new PointerEvent('pointerdown', { clientX: 5, clientY: 5 }));
    comptoir('event', 'Loop');
  }, 7_000)`);
  await advance(page, HOUR / 2);
  // It starts afresh in the middle of it, as such pages do.
  await page.goto(`${shop.origin}/`);
  await enrolled(page);
  await advance(page, HOUR / 2);
  await tap(page, 100);
  await tap(page, 300);
  await page.evaluate("comptoir('done')");
  await shop.until('the visit after it', () => shop.stored('visit').some(({ end }) => end === 'done'));
  expect(shop.stored('visit')).toHaveLength(1);
  expect(shop.stored('event')).toEqual([]);
  const [visit] = shop.stored('visit');
  expect(shop.stored('pageview').every(({ visitor }) => visitor === visit?.visitor)).toBe(true);
  const shown = shop.stored('exposure').map(({ shownMs = 0 }) => Math.round(shownMs / MINUTE));
  // What a page that leaves has still to write may be lost; that it was shown is not.
  expect(shown).toHaveLength(2);
  expect(shown.at(-1)).toBe(30);
  expect(shop.stored('exposure').every((exposure) => !('visitor' in exposure))).toBe(true);
});

/** What a page holds: bytes of its heap after a collection, its nodes and listeners, and the rows on its disk. */
async function weigh(page: Page) {
  for (let n = 0; n < 3; n += 1) await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await page.send('Memory.getDOMCounters');
  const rows = Number(await inStore(page, 'readonly', 'store.count().onsuccess = (e) => { answer = e.target.result; };'));
  const usage = Number(await page.evaluate('navigator.storage.estimate().then(({ usage }) => usage)'));
  return { heap: Number(usedSize), nodes: Number(nodes), listeners: Number(jsEventListeners), rows, usage };
}

const DAYS = LONG ? 7 : 1;
const VISITS = LONG ? 72 : 16;
const [OPEN, CLOSED] = LONG ? [10 * HOUR, 14 * HOUR] : [3 * HOUR, HOUR];
it(`${LONG ? 'a week' : 'an afternoon'} of visits leaves memory and storage as they were`, { timeout: 900_000 }, async () => {
  shop.attributes = 'data-idle="45"';
  const page = await openKiosk();
  let people = 0;
  const live = async (visits: number, pause: number): Promise<void> => {
    for (let n = 0; n < visits; n += 1) {
      await tap(page, 100);
      await tap(page, 300);
      if (n % 4 === 0) expect(await optIn(page, `p${people++}@example.org`)).toEqual({ ok: true });
      if (n % 2 === 0) await page.evaluate("comptoir('done')");
      // Whoever walks away is forgotten by the timer.
      await advance(page, pause);
    }
  };
  const settled = () =>
    shop.until('all sent', async () => {
      await advance(page, 30_000);
      return inStore(
        page,
        'readonly',
        "store.count(IDBKeyRange.bound('m', 'n')).onsuccess = (e) => { answer = e.target.result === 0; };",
      );
    });
  await live(8, 2 * MINUTE);
  await settled();
  const before = await weigh(page);
  for (let day = 0; day < DAYS; day += 1) {
    await live(VISITS, OPEN / VISITS);
    await advance(page, CLOSED);
  }
  await settled();
  const after = await weigh(page);
  expect(shop.stored('visit').filter(({ end }) => end)).toHaveLength(8 + DAYS * VISITS);
  expect(shop.stored('opt-in')).toHaveLength(people);
  expect(after.rows).toBe(before.rows);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes + 20);
  // Fewer than one for each visit.
  expect(after.listeners - before.listeners).toBeLessThan(15);
  // A visit that were kept would be some kilobytes; the engine's own caches come and go.
  expect(after.heap - before.heap).toBeLessThan(LONG ? 600_000 : 300_000);
  // LevelDB compacts when it likes: bounded, not constant.
  expect(after.usage).toBeLessThan(4_000_000);
});

it('takes another key after a month, and loses nothing while the answer to it is lost', async () => {
  shop.codes.add('code-1');
  const page = await browser.open();
  const forget = await setClock(page, 0);
  await page.goto(`${shop.origin}/#enrol=code-1`);
  await enrolled(page);
  await shop.until('health', () => shop.healths.length);
  expect(shop.healths[0]?.rotate).toBeUndefined();
  const key = () => inStore(page, 'readonly', "store.get('device').onsuccess = (e) => { answer = e.target.result.device; };");
  expect(await key()).toBe('device-1');
  shop.losesAnswers = true;
  await forget();
  await setClock(page, 31 * DAY);
  await page.goto(`${shop.origin}/?a-month-later`);
  await shop.until('asked for', () => shop.healths.some(({ rotate }) => rotate));
  expect(await key()).toBe('device-1');
  await tap(page, 100);
  expect(await optIn(page, 'old@example.org')).toEqual({ ok: true });
  await page.evaluate("comptoir('done')");
  shop.losesAnswers = false;
  await shop.until('another key', async () => {
    await advance(page, 30_000);
    return String(await key()).startsWith('rotated');
  });
  // The same new key until the collector has said yes.
  expect(new Set(shop.healths.flatMap(({ rotate }) => rotate ?? [])).size).toBe(1);
  await tap(page, 100);
  expect(await optIn(page, 'new@example.org')).toEqual({ ok: true });
  await shop.until('both sent', () => shop.stored('opt-in').length === 2);
  expect(shop.hits.at(-1)?.device).toMatch(/^rotated/);
  expect(shop.hits.every(({ genuine }) => genuine)).toBe(true);
});

it('where storage is refused it says so, sends from memory, and thanks nobody before the collector has it', async () => {
  shop.codes.add('secret');
  const page = await browser.open();
  await setClock(page, 0);
  await page.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });`,
  });
  await page.goto(`${shop.origin}/#provision=secret!${shop.seal}`);
  await enrolled(page);
  await shop.until('health', () => shop.healths.some(({ health }) => health.storage === 'none'));
  await tap(page, 100);
  await tap(page, 300);
  expect(await optIn(page, 'a@example.org')).toEqual({ ok: true });
  // It is not a promise: it has arrived.
  expect(shop.stored('opt-in').map(({ email }) => email)).toEqual(['a@example.org']);
  await page.evaluate("comptoir('done')");
  await shop.until('the visit', () => shop.stored('visit').some(({ end }) => end === 'done'));
  shop.mood = 'down';
  await tap(page, 100);
  const answer = optIn(page, 'b@example.org');
  await advance(page, 10_000);
  expect(await answer).toEqual({ error: 'storage' });
  shop.mood = 'ok';
  await page.evaluate("comptoir('done')");
  await shop.until('the next visit', async () => {
    await advance(page, 10_000);
    return shop.stored('visit').filter(({ end }) => end === 'done').length === 2;
  });
  // Who was told that it failed is not signed up behind their back.
  expect(shop.stored('opt-in').map(({ email }) => email)).toEqual(['a@example.org']);
  expect(browser.problems.filter((problem) => !problem.includes('ERR_EMPTY_RESPONSE'))).toEqual([]);
});

it('a kiosk enrolled by the first version goes on under its key, with what it had not sent', async () => {
  // A page of the same origin, before the kiosk runs: the disk as the first version left it, its names shortened by the build.
  shop.pages.set('/bare', { type: 'text/html', body: '<!doctype html><title>bare</title>' });
  const page = await browser.open(`${shop.origin}/bare`);
  const id = `${Date.now().toString(16).padStart(12, '0')}00000000000a`;
  const made = JSON.stringify({
    ...{ kind: 'opt-in', id, url: `${shop.origin}/`, mode: 'audience', email: 'first@example.org' },
    ...{ boxes: { news: true }, wording: 'newsletter-fr-1', language: 'fr' },
  });
  const spki = await page.evaluate(`new Promise((done) => { const open = indexedDB.open('comptoir-kiosk', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('kept');
    open.onsuccess = async () => {
      const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
      const transaction = open.result.transaction('kept', 'readwrite');
      const store = transaction.objectStore('kept');
      store.put({ device: 'device-1', kiosk: 'Borne 1', store: 'Lyon', t: privateKey, o: false }, 'identity');
      store.put(41, 'sequence');
      store.put(${JSON.stringify(made)}, 'm0${id}');
      transaction.oncomplete = async () => { open.result.close(); done(btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))))); };
    }; })`);
  shop.know('device-1', Buffer.from(String(spki), 'base64').toString('base64url'));
  await page.goto(`${shop.origin}/`);
  await enrolled(page);
  await shop.until('sent', () => shop.stored('opt-in').length, 20_000);
  expect(shop.stored('opt-in')).toMatchObject([{ id, email: 'first@example.org' }]);
  await tap(page, 100);
  await shop.until('what it seals with', () =>
    inStore(page, 'readonly', "store.get('device').onsuccess = (e) => { answer = !!e.target.result.seal; };"),
  );
  expect(await optIn(page, 'second@example.org')).toEqual({ ok: true });
  await shop.until('sent', () => shop.stored('opt-in').length === 2);
  expect(shop.enrolments).toEqual([]);
  expect(shop.hits.every(({ genuine, sequence }) => genuine && sequence > 41)).toBe(true);
  // One that the collector had forgotten is still to be enrolled again.
  await page.goto(`${shop.origin}/bare`);
  await inStore(
    page,
    'readwrite',
    "store.get('device').onsuccess = (e) => { const { device, kiosk, store: shop, key } = e.target.result; store.delete('device'); store.put({ device, kiosk, store: shop, t: key, o: true }, 'identity'); };",
  );
  await page.goto(`${shop.origin}/`);
  await shop.until('said so', () => page.evaluate('said.some((e) => e.reason === "unknown_device")'));
});
