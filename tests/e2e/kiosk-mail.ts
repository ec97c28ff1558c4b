/** A person at the demo kiosk whose network is away for a day. */
import { expect } from 'vitest';
import { type Browser, type Page, sleep } from '../browser/chromium.ts';
import { advance, setClock } from '../browser/virtual-clock.ts';

const DAY = 86_400_000;

async function until(page: Page, expression: string): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await page.evaluate(expression)) return;
    await sleep(100);
  }
  throw new Error(`not within 20 s: ${expression}`);
}
/** Whether the kiosk keeps anything that it has not sent: messages lie under keys that begin with m. */
const WAITS = `new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
  const keys = open.result.transaction('kept').objectStore('kept').count(IDBKeyRange.bound('m', 'n'));
  keys.onsuccess = () => { open.result.close(); done(keys.result > 0); }; }; })`;
const network = (page: Page, offline: boolean) =>
  page.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });

/** Enrols the kiosk, cuts it off, signs somebody up, and brings the network back a day later. */
export async function signUpOffline(browser: Browser, enrol: string, email: string): Promise<void> {
  const page = await browser.open('about:blank');
  await page.send('Network.enable');
  await setClock(page, 0);
  await page.goto(enrol);
  await until(page, '!!window.comptoir?.tag');
  // What it seals with has come with the enrolment.
  await until(
    page,
    `new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onerror = () => done(false); open.onsuccess = () => {
      if (!open.result.objectStoreNames.contains('kept')) { open.result.close(); return done(false); }
      const get = open.result.transaction('kept').objectStore('kept').get('device');
      get.onsuccess = () => { open.result.close(); done(!!get.result); }; }; })`,
  );
  await network(page, true);
  await page.click(200, 150);
  const asked = `comptoir('optin', { email: '${email}', boxes: { news: true, link: false }, wording: 'newsletter-fr-1' })`;
  expect(await page.evaluate(asked)).toEqual({ ok: true });
  await page.evaluate("comptoir('done')");
  await advance(page, DAY);
  await network(page, false);
  await page.evaluate("dispatchEvent(new Event('online'))");
  // Its tries follow its own clock, their answers that of the machine: both go on until nothing waits to be sent.
  let waiting = true;
  for (let tries = 0; waiting && tries < 100; tries += 1) {
    await advance(page, 5_000);
    await sleep(100);
    waiting = Boolean(await page.evaluate(WAITS));
  }
  expect(waiting, 'something was not sent within 100 tries').toBe(false);
  await page.close();
}
