/** A kiosk's day against the real collector: eight hours without a network, two power cuts, a clock that falls back, deliveries that come twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepStoreSettings } from '../../collector/fleet/settings.ts';
import { Browser, type Page, sleep } from '../browser/chromium.ts';
import { KioskShop } from '../browser/kiosk-shop.ts';
import { advance, aheadOf, setClock } from '../browser/virtual-clock.ts';
import { KioskCollector, ZONE } from './kiosk-collector.ts';
import { confirmByMail } from './open-mail.ts';

const root = dirname(dirname(import.meta.dirname));
const assets = mkdtempSync(join(tmpdir(), 'comptoir-kiosk-day-'));
const OPT_INS = process.env.COMPTOIR_LONG ? 300 : 60;
const HOURS = 8;
const HOUR = 3_600_000;
const DAY = 86_400_000;

let collector: KioskCollector;
let shop: KioskShop;
let browser: Browser;

const optIn = (page: Page, email: string) =>
  page.evaluate(`comptoir('optin', { email: '${email}', boxes: { news: true }, wording: 'newsletter-fr-1' })`);
const count = async (sql: string, db = collector.people): Promise<number> =>
  (await db.prepare(sql).first<{ n: number }>())?.n ?? 0;
const said = (page: Page, test: string) => shop.until(test, () => page.evaluate(`said.some((e) => ${test})`), 30_000);

beforeAll(async () => {
  const { buildSnippet } = await import(join(root, 'commands/build-snippet.mjs'));
  await buildSnippet({ root, outDir: assets });
  collector = await KioskCollector.open(assets);
  shop = await KioskShop.open(assets);
  shop.pages.set('/', collector.page());
  browser = await Browser.launch();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await collector?.close();
  rmSync(assets, { recursive: true, force: true });
});

/** After a power cut the screen starts again, its wall clock as far from the machine's as `wall`. */
async function start(wall: number, fragment = ''): Promise<Page> {
  const page = await browser.open();
  await setClock(page, wall);
  await page.goto(`${shop.origin}/${fragment}`);
  return page;
}

it(`${OPT_INS} opt-ins of eight hours offline are as many rows of the ledger, each in its hour`, {
  timeout: 300_000,
}, async () => {
  let page = await start(0, `#enrol=${collector.code}`);
  await said(page, 'e.name === "enrolment" && e.ok');
  // It has heard the collector's hour and has what it seals with.
  await shop.until('health', () => count('SELECT count(*) AS n FROM kiosks WHERE health_at IS NOT NULL'));
  collector.cut = true;
  /** The truth: this machine's clock, and all the hours that the screens have skipped. */
  let [skipped, wall] = [0, 0];
  const truth = async () => Date.now() + skipped + (await aheadOf(page)) - wall;
  const taken: number[] = [];
  for (let n = 0; n < OPT_INS; n += 1) {
    await page.click(100, 50);
    expect(await optIn(page, `p${n}@example.org`)).toEqual({ ok: true });
    taken.push(await truth());
    if (n % 3 === 2) await page.evaluate("comptoir('done')");
    if (n + 1 !== OPT_INS / 3 && n + 1 !== (2 * OPT_INS) / 3) {
      await advance(page, (HOURS * HOUR) / OPT_INS);
      continue;
    }
    // "Thank you" has just been said. The second cut takes the clock's battery with it: three days back, and no network to set it by.
    skipped += (await aheadOf(page)) - wall;
    wall = n + 1 === OPT_INS / 3 ? skipped : skipped - 3 * DAY;
    await browser.kill();
    browser = await Browser.launch(browser.profile);
    page = await start(wall);
    await shop.until('running', () => page.evaluate('!!window.comptoir?.tag'));
  }
  expect(await count('SELECT count(*) AS n FROM opt_ins')).toBe(0);
  collector.ahead = (await truth()) - Date.now();
  collector.cut = false;
  collector.twice = true;
  await page.evaluate("dispatchEvent(new Event('online'))");
  for (let tries = 0; (await count('SELECT count(*) AS n FROM opt_ins')) < OPT_INS && tries < 300; tries += 1) {
    await advance(page, 8_000);
    collector.ahead = (await truth()) - Date.now();
    await sleep(20);
  }
  collector.twice = false;
  expect(await count('SELECT count(*) AS n FROM opt_ins')).toBe(OPT_INS);
  expect(await count("SELECT count(DISTINCT opt_in) AS n FROM ledger WHERE kind = 'submitted'")).toBe(OPT_INS);
  const { results } = await collector.people
    .prepare('SELECT captured_at FROM opt_ins ORDER BY captured_at')
    .all<{ captured_at: number }>();
  // Addresses are sealed, so rows are told apart by their times alone: each is where it was taken.
  const far = results.map(({ captured_at }, i) => Math.abs(captured_at - (taken[i] ?? 0)));
  expect(Math.max(...far)).toBeLessThan(60_000);
  expect(collector.posts).toBeGreaterThan(2);
  await shop.until('nothing left', async () =>
    page.evaluate(`new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
      const keys = open.result.transaction('kept').objectStore('kept').count(IDBKeyRange.bound('m', 'n'));
      keys.onsuccess = () => { open.result.close(); done(keys.result === 0); }; }; })`),
  );
});

it('their mails leave by day, one for each, and the button of one confirms it, in the figures too', {
  timeout: 120_000,
}, async () => {
  const hourOf = (at: number) =>
    Number(new Intl.DateTimeFormat('en', { timeZone: ZONE, hour: 'numeric', hourCycle: 'h23' }).format(at));
  // On to the next morning, whatever the hour is here; nobody stands at the screen any more.
  while (hourOf(Date.now() + collector.ahead) !== 9) collector.ahead += HOUR;
  await fetch(`${collector.origin}/c.js`, { headers: { 'x-test-ahead': String(collector.ahead) } });
  for (let runs = 0; runs < OPT_INS && (await count('SELECT count(*) AS n FROM local_mails')) < OPT_INS; runs += 1)
    await collector.runCron();
  const { results } = await collector.people
    .prepare('SELECT at, recipient, text FROM local_mails ORDER BY at')
    .all<{ at: number; recipient: string; text: string }>();
  expect(new Set(results.map(({ recipient }) => recipient)).size).toBe(OPT_INS);
  expect(results).toHaveLength(OPT_INS);
  for (const { at, recipient } of results) {
    const captured = await collector.people.prepare('SELECT max(captured_at) AS n FROM opt_ins').first<{ n: number }>();
    const isThere = at - (captured?.n ?? 0) < 10 * 60_000;
    expect(isThere || (hourOf(at) >= 8 && hourOf(at) < 20), recipient).toBe(true);
  }
  expect(results[0]?.text).toContain('au magasin Marais');
  await confirmByMail(browser, /http:\S+\/confirm\/\S+/.exec(results[0]?.text ?? '')?.[0] ?? '');
  expect(await count("SELECT count(*) AS n FROM opt_ins WHERE state = 'confirmed'")).toBe(1);
  expect(await count('SELECT count(*) AS n FROM opt_ins WHERE confirmed_at IS NOT NULL', collector.events)).toBe(1);
});

it('what staff try in test mode is in no table and in no figure', { timeout: 60_000 }, async () => {
  const tables = ['kiosk_visits', 'pageviews', 'events', 'exposures', 'opt_ins'];
  await keepStoreSettings(collector.people, 1, collector.store, { test: true, wordings: ['newsletter-fr-1'] });
  const page = await browser.open(`${shop.origin}/`);
  await said(page, 'e.name === "settings" && e.test');
  await sleep(500);
  const read = async () => [
    ...(await Promise.all(tables.map((table) => count(`SELECT count(*) AS n FROM ${table}`, collector.events)))),
    await count('SELECT count(*) AS n FROM opt_ins'),
  ];
  const before = await read();
  for (let visit = 0; visit < 2; visit += 1) {
    await page.click(100, 50);
    expect(await optIn(page, 'staff@example.org')).toEqual({ ok: true });
    await page.evaluate("comptoir('event', 'Tried'); comptoir('done')");
  }
  // It still says how it is, so what it had to send would have been sent.
  const seen = Date.now();
  await page.goto(`${shop.origin}/?again`);
  await shop.until('heard', () => count(`SELECT count(*) AS n FROM kiosks WHERE health_at >= ${seen}`), 20_000);
  await sleep(1_000);
  expect(await read()).toEqual(before);
  await keepStoreSettings(collector.people, 1, collector.store, {});
});
