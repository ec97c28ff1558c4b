/** The kiosk in a real Chromium: enrolment, signatures, one person after another, and an opt-in that survives a power cut. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, type Page, sleep } from './chromium.ts';
import { KioskShop } from './kiosk-shop.ts';

const root = dirname(dirname(import.meta.dirname));
const assets = mkdtempSync(join(tmpdir(), 'comptoir-kiosk-assets-'));
const LIST = [100, 50] as const;
const PRODUCT = [300, 50] as const;

let shop: KioskShop;
let browser: Browser;
/** Waits for the next test: another process costs seconds, another profile does not. */
let warm: Browser | undefined;
let killed = false;

/** A kiosk that has been enrolled and waits for its first person. */
const openKiosk = async (code = 'code-1'): Promise<Page> => {
  shop.codes.add(code);
  const page = await browser.open(`${shop.origin}/#enrol=${code}`);
  await shop.until('enrolled', () => page.evaluate('said.some((e) => e.name === "enrolment" && e.ok)'));
  return page;
};

const tap = async (page: Page, [x, y]: readonly [number, number]): Promise<void> => {
  await page.click(x, y);
  await sleep(120);
};

const typeInto = async (page: Page, id: string, text: string): Promise<void> => {
  await page.evaluate(`document.getElementById('${id}').focus()`);
  for (const char of text) {
    for (const type of ['keyDown', 'keyUp'])
      await page.send('Input.dispatchKeyEvent', { type, key: char, text: type === 'keyDown' ? char : '' });
    await sleep(40);
  }
};

const optIn = (page: Page, email: string) =>
  page.evaluate(`comptoir('optin', { email: '${email}', boxes: { news: true, link: false }, wording: 'newsletter-fr-1' })`);
const said = async (page: Page, name: string): Promise<unknown> => page.evaluate(`said.filter((e) => e.name === '${name}')`);

beforeAll(async () => {
  const { buildSnippet } = await import(join(root, 'commands/build-snippet.mjs'));
  await buildSnippet({ root, outDir: assets });
});
beforeEach(async () => {
  shop = await KioskShop.open(assets);
  browser = warm ?? (await Browser.launch());
  if (warm) await browser.renew();
  warm = undefined;
});
afterEach(async ({ task }) => {
  // A browser that was killed, or that a failure left in disorder, is not used again.
  if (task.result?.state === 'fail' || killed) await browser.close();
  else warm = browser;
  killed = false;
  shop.close();
});
afterAll(async () => {
  await warm?.close();
  const { rmSync } = await import('node:fs');
  rmSync(assets, { recursive: true, force: true });
});

describe('enrolment', () => {
  it('takes the code out of the address before any request, and asks once', async () => {
    const page = await openKiosk('abc123');
    expect(await page.evaluate('location.href')).toBe(`${shop.origin}/`);
    expect(await page.evaluate('navigation.entries().map((e) => e.url).join(" ")')).not.toContain('abc123');
    expect(shop.paths.join(' ')).not.toContain('abc123');
    expect(shop.enrolments.map(({ enrol }) => enrol)).toEqual(['abc123']);
    expect(await said(page, 'enrolment')).toEqual([{ name: 'enrolment', ok: true, kiosk: 'Borne 1', store: 'Lyon' }]);
    // The private half cannot be read out, not even by the page itself.
    const extractable = `new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
      const get = open.result.transaction('kept').objectStore('kept').get('device');
      get.onsuccess = () => done(Object.values(get.result).filter((v) => v instanceof CryptoKey).map((k) => k.type + k.extractable).join()); }; })`;
    expect(await page.evaluate(extractable)).toBe('privatefalse');
  });

  it('ignores another code once enrolled', async () => {
    const page = await openKiosk();
    shop.codes.add('code-2');
    await page.goto('about:blank');
    await page.goto(`${shop.origin}/#enrol=code-2`);
    await shop.until('said so', () => page.evaluate('said.length'));
    expect(await page.evaluate('location.hash')).toBe('');
    expect(shop.enrolments).toHaveLength(1);
  });

  it('says that a code was refused, and shows nothing', async () => {
    const page = await browser.open(`${shop.origin}/#enrol=wrong`);
    await shop.until('refused', () => page.evaluate('said.length'));
    expect(await said(page, 'enrolment')).toEqual([{ name: 'enrolment', ok: false, reason: 'bad_code' }]);
    expect(shop.hits).toHaveLength(0);
  });

  it('asks again with the same key when the answer was lost', async () => {
    shop.mood = 'down';
    shop.codes.add('code-1');
    const page = await browser.open(`${shop.origin}/#enrol=code-1`);
    await shop.until('asked', () => shop.enrolments.length);
    shop.mood = 'ok';
    await page.goto('about:blank');
    await page.goto(`${shop.origin}/`);
    await shop.until('enrolled', () => page.evaluate('said.some((e) => e.ok)'));
    expect(new Set(shop.enrolments.map(({ publicKey }) => publicKey)).size).toBe(1);
  });

  it('keeps everything when the device is no longer known, and sends it after a new enrolment', async () => {
    const page = await openKiosk();
    shop.mood = 'unknown_device';
    await tap(page, LIST);
    expect(await optIn(page, 'a@example.org')).toEqual({ ok: true });
    await shop.until('barred', () => page.evaluate('said.some((e) => e.reason === "unknown_device")'));
    const sent = shop.hits.length;
    await sleep(2_500);
    expect(shop.hits).toHaveLength(sent);
    shop.mood = 'ok';
    await page.goto('about:blank');
    await openKiosk('code-2');
    await shop.until('sent', () => shop.stored('opt-in').length);
    expect(shop.stored('opt-in').map(({ email }) => email)).toEqual(['a@example.org']);
    expect(shop.hits.at(-1)?.genuine).toBe(true);
  });
});

describe('a visit per person', () => {
  it('makes one exposure and nothing else when nobody touches', async () => {
    const page = await openKiosk();
    await page.evaluate(
      "document.querySelector('button').click(); dispatchEvent(new Event('pointerdown')); comptoir('event', 'Loop')",
    );
    await shop.until('exposure', () => shop.stored('exposure').length);
    await sleep(500);
    expect(shop.hits.flatMap(({ envelope }) => envelope.messages.map(({ kind }) => kind))).toEqual(['exposure']);
    expect(shop.stored('exposure')[0]).not.toHaveProperty('visitor');
  });

  it('shares nothing between two people', async () => {
    const page = await openKiosk();
    await tap(page, LIST);
    await tap(page, PRODUCT);
    await typeInto(page, 'email', 'first@example.org');
    await page.evaluate("sessionStorage.setItem('basket', 'first')");
    expect(await optIn(page, 'first@example.org')).toEqual({ ok: true });
    await page.evaluate("comptoir('done')");
    expect(
      await page.evaluate("document.getElementById('email').value + sessionStorage.length + document.activeElement.tagName"),
    ).toBe('0BODY');
    await sleep(300);
    await tap(page, PRODUCT);
    await tap(page, LIST);
    await tap(page, LIST);
    await page.evaluate("comptoir('event', 'Brochure'); comptoir('reset')");
    await shop.until('both visits', () => shop.stored('visit').filter(({ end }) => end).length === 2);
    const [first, second] = shop.stored('visit');
    expect([first?.end, second?.end]).toEqual(['done', 'reset']);
    expect(first?.visitor).toBe(first?.id);
    const of = (visitor: string | undefined) =>
      shop.hits.flatMap(({ envelope }) => envelope.messages).filter((message) => message.visitor === visitor);
    expect(new Set(of(first?.visitor).map(({ kind }) => kind))).toEqual(new Set(['visit', 'pageview', 'opt-in']));
    expect(JSON.stringify(of(second?.visitor))).not.toMatch(/first/);
    const ids = new Set(of(first?.visitor).map(({ id }) => id));
    expect(of(second?.visitor).some(({ id }) => ids.has(id))).toBe(false);
    // The attract screen that the waking touch left is no pageview of anybody; no referrer leads back to the first person.
    const paths = shop
      .stored('pageview')
      .map(({ visitor, url, referrer }) => [
        visitor === first?.visitor ? 1 : 2,
        new URL(url).pathname,
        referrer && new URL(referrer).pathname,
      ]);
    expect(paths).toEqual([
      [1, '/liste', undefined],
      [1, '/produit', '/liste'],
      [2, '/produit', undefined],
      [2, '/liste', '/produit'],
    ]);
    expect(shop.stored('event').map(({ visitor, name }) => [visitor, name])).toEqual([[second?.visitor, 'Brochure']]);
  });

  it('warns, obeys a touch, and never counts the idle tail', async () => {
    shop.attributes = 'data-idle="3"';
    const page = await openKiosk();
    await tap(page, LIST);
    const first = Number(await page.evaluate('touchedAt'));
    await shop.until('warned', () => page.evaluate('said.some((e) => e.name === "idle-warning")'));
    await tap(page, PRODUCT);
    const shown = Number(await page.evaluate('touchedAt'));
    await typeInto(page, 'email', 'half@exam');
    await typeInto(page, 'loose', 'half@exam');
    const last = Number(await page.evaluate('touchedAt'));
    expect(await said(page, 'reset')).toEqual([]);
    await shop.until('reset', () => page.evaluate('said.some((e) => e.name === "reset")'));
    expect(await said(page, 'reset')).toEqual([{ name: 'reset', end: 'idle', language: 'fr' }]);
    await shop.until('visit', () => shop.stored('visit').length);
    const [visit, ...ghosts] = shop.stored('visit');
    expect(visit?.end).toBe('idle');
    expect(Math.abs((visit?.lengthMs ?? 0) - (last - first))).toBeLessThan(100);
    const product = shop.stored('pageview').find(({ url }) => url.endsWith('/produit'));
    expect(Math.abs((product?.activeMs ?? 0) - (last - shown))).toBeLessThan(150);
    // The half-typed address went nowhere and stands nowhere, and clearing it was nobody's touch.
    await sleep(3_500);
    expect(ghosts).toEqual([]);
    expect(shop.stored('visit')).toHaveLength(1);
    expect(shop.hits.map(({ text }) => text).join()).not.toContain('half@');
    expect(await page.evaluate("document.getElementById('email').value + document.getElementById('loose').value")).toBe('');
  });
});

describe('sending', () => {
  it('signs every hit over device, sequence and body, with a sequence that only grows', async () => {
    const page = await openKiosk();
    for (const round of [1, 2]) {
      await tap(page, LIST);
      expect(await optIn(page, `a${round}@example.org`)).toEqual({ ok: true });
      await page.evaluate("comptoir('done')");
      await shop.until('sent', () => shop.stored('visit').filter(({ end }) => end).length === round);
      await page.goto(`${shop.origin}/?again`);
      await shop.until('started', () => page.evaluate('said.length'));
    }
    expect(shop.hits.length).toBeGreaterThan(1);
    expect(shop.hits.every(({ genuine }) => genuine)).toBe(true);
    const sequences = shop.hits.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(shop.hits.every(({ at, envelope }) => Math.abs(at - envelope.sentAt) < 1_000)).toBe(true);
  });

  it('keeps an opt-in through kill -9 right after the promise, and sends it once', async () => {
    // What must survive the process lies in a profile on disk.
    await browser.close();
    browser = await Browser.launch();
    const first = await openKiosk();
    shop.mood = 'down';
    await tap(first, LIST);
    expect(await optIn(first, 'kept@example.org')).toEqual({ ok: true });
    killed = true;
    await browser.kill();
    const tried = shop.hits.length;
    shop.mood = 'ok';
    browser = await Browser.launch(browser.profile);
    const page = await browser.open(`${shop.origin}/`);
    await shop.until('sent', () => shop.stored('opt-in').length);
    await page.goto(`${shop.origin}/?again`);
    await sleep(1_500);
    const after = shop.hits
      .slice(tried)
      .flatMap(({ envelope }) => envelope.messages)
      .filter(({ kind }) => kind === 'opt-in');
    // A slow answer may be asked for again; it is the same opt-in, and the collector stores it once.
    expect(new Set(after.map(({ id }) => id)).size).toBe(1);
    expect(after[0]).toMatchObject({ email: 'kept@example.org', boxes: { news: true, link: false }, wording: 'newsletter-fr-1' });
    expect(shop.stored('visit').map(({ id }) => id)).toEqual([after[0]?.visitor]);
    expect(shop.hits.every(({ genuine }) => genuine)).toBe(true);
  });

  it('is not fooled by a captive portal, and waits as long as it is told', async () => {
    const page = await openKiosk();
    shop.mood = 'portal';
    await tap(page, LIST);
    expect(await optIn(page, 'portal@example.org')).toEqual({ ok: true });
    await shop.until('tried', () => shop.hits.some(({ mood }) => mood === 'portal'));
    shop.mood = 'busy';
    await shop.until('told to wait', () => shop.hits.some(({ mood }) => mood === 'busy'));
    const told = Date.now();
    shop.mood = 'ok';
    await shop.until('sent', () => shop.stored('opt-in').length);
    expect(Date.now() - told).toBeGreaterThan(1_800);
    expect(shop.stored('opt-in')).toHaveLength(1);
  });

  it('refuses what is no address or has no box ticked, before it touches the disk', async () => {
    const page = await openKiosk();
    await tap(page, LIST);
    expect(await optIn(page, 'nobody')).toEqual({ error: 'bad_address' });
    expect(await page.evaluate("comptoir('optin', { email: 'a@b.fr', boxes: { news: false }, wording: 'w' })")).toEqual({
      error: 'no_box',
    });
    await page.evaluate("comptoir('done')");
    await shop.until('visit', () => shop.stored('visit').length);
    expect(shop.stored('opt-in')).toEqual([]);
  });
});
