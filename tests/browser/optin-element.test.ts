/** `<comptoir-optin>` on the web, in a real Chromium, on a page with a strict policy: readable, reachable, and nobody's act but the person's. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Browser, type Page, sleep } from './chromium.ts';
import { Site } from './site.ts';

const root = dirname(dirname(import.meta.dirname));
const assets = mkdtempSync(join(tmpdir(), 'comptoir-optin-assets-'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wording = (language: string) => ({
  id: `newsletter-${language}-1`,
  language,
  title: language === 'fr' ? 'Recevoir nos nouvelles' : 'Hear from us',
  boxes: [
    { name: 'news', label: 'J’accepte de recevoir les nouvelles par e-mail.' },
    { name: 'link', label: 'J’accepte que mes visites soient reliées.' },
  ],
  note: 'Désinscription à tout moment.',
  privacyUrl: 'https://shop.example/privacy',
});

let site: Site;
let browser: Browser;

const HTML =
  '<comptoir-optin wording="newsletter-en-1 newsletter-fr-1" lang="fr"><a href="/newsletter">Newsletter</a></comptoir-optin>';

const open = async (body = HTML): Promise<Page> => {
  const policy = `default-src 'none'; script-src 'self' ${site.collector}; connect-src 'self' ${site.collector}; img-src data:; style-src 'none'; style-src-attr 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'`;
  site.pages.set('/', { body, headers: { 'content-security-policy': policy } });
  return browser.open(`${site.origin}/`);
};
const until = async (what: string, test: () => unknown, ms = 10_000): Promise<void> => {
  for (const end = Date.now() + ms; !(await test()); await sleep(50))
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
};
/** An expression about the element's shadow root. */
const inside = (page: Page, expression: string) =>
  page.evaluate(
    `((root, one) => ${expression})(document.querySelector('comptoir-optin').shadowRoot, (s) => document.querySelector('comptoir-optin').shadowRoot?.querySelector(s))`,
  );
const formOn = (page: Page) => until('the form', () => inside(page, "!!one('form')"));
const press = async (page: Page, key: string, code = 0): Promise<void> => {
  const text = key.length === 1 ? key : key === 'Enter' ? '\r' : key === ' ' ? ' ' : '';
  for (const type of ['keyDown', 'keyUp'])
    await page.send('Input.dispatchKeyEvent', {
      type,
      key,
      text: type === 'keyDown' ? text : '',
      ...(code && { windowsVirtualKeyCode: code }),
    });
};
const type = async (page: Page, text: string): Promise<void> => {
  await inside(page, "one('#email').focus()");
  for (const char of text) await press(page, char);
};
const optIns = () => site.messages.filter(({ kind }) => kind === 'opt-in');

beforeAll(async () => {
  const { buildSnippet } = await import(join(root, 'commands/build-snippet.mjs'));
  await buildSnippet({ root, outDir: assets });
  mkdirSync(join(assets, 'w/key'), { recursive: true });
  for (const language of ['fr', 'en'])
    writeFileSync(join(assets, `w/key/newsletter-${language}-1`), JSON.stringify(wording(language)));
  browser = await Browser.launch();
});
beforeEach(async () => {
  await browser.renew();
  site = await Site.open(assets);
});
afterEach(() => site.close());
afterAll(async () => {
  await browser.close();
  rmSync(assets, { recursive: true, force: true });
});

it('shows the wording of the shown language under a strict policy, with nothing ticked, and is accessible', async () => {
  const page = await open();
  await formOn(page);
  expect(await inside(page, "one('h2').textContent")).toBe('Recevoir nos nouvelles');
  expect(await inside(page, "[...root.querySelectorAll('[type=checkbox]')].map((box) => box.checked)")).toEqual([false, false]);
  // The look is there in spite of the policy, and every target is a finger wide.
  expect(await inside(page, "getComputedStyle(one('[part=button]')).backgroundColor")).toBe('rgb(31, 79, 70)');
  expect(
    await inside(
      page,
      "[...root.querySelectorAll('input:not([type=checkbox]), button, a, [part=box]')].every((one) => one.getBoundingClientRect().height >= 44)",
    ),
  ).toBe(true);
  const found = await page.evaluate(
    `${AXE};axe.run(document.querySelector('comptoir-optin'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations, passes }) => [violations.map((one) => one.id), passes.length > 5])`,
  );
  expect(found).toEqual([[], true]);
  // At twice the text size on a narrow screen nothing is cut off or scrolls sideways.
  await page.send('Emulation.setDeviceMetricsOverride', { width: 320, height: 640, deviceScaleFactor: 1, mobile: false });
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  expect(
    await inside(page, '[...root.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > 320.5).length'),
  ).toBe(0);
  await page.evaluate("document.querySelector('comptoir-optin').lang = 'en'");
  await until('the other language', () => inside(page, "one('h2').textContent === 'Hear from us'"));
  expect(await inside(page, "one('[part=label]').textContent")).toBe('Your e-mail address');
  expect(browser.problems).toEqual([]);
});

it('is filled in, corrected and sent with the keyboard alone; the address changes only when the person says so', async () => {
  const page = await open();
  await formOn(page);
  const said = () => inside(page, "[one('[part=error]').textContent, root.activeElement?.id, one('#email').value]");
  await type(page, 'ada');
  await press(page, 'Enter', 13);
  expect(await said()).toEqual([expect.stringContaining('incomplète'), 'email', 'ada']);
  expect(await inside(page, "one('#email').getAttribute('aria-invalid') + one('[role=alert]').id")).toBe('trueerror');
  for (const char of '@gmial.com') await press(page, char);
  await until('the suggestion', () => inside(page, "one('[part=suggestion]').textContent"));
  expect(await inside(page, "one('[part=suggestion]').textContent")).toBe('Vouliez-vous dire ada@gmail.com\u00a0?');
  await press(page, 'Enter', 13);
  expect(await said()).toEqual([expect.stringContaining('Cochez'), 'box-news', 'ada@gmial.com']);
  await press(page, ' ', 32);
  await inside(page, "one('[part=suggestion] button').focus()");
  await press(page, 'Enter', 13);
  expect(await said()).toEqual([expect.stringContaining('Cochez'), 'email', 'ada@gmail.com']);
  await press(page, 'Enter', 13);
  await until('the thanks', () => inside(page, "!!one('[part=thanks]')"));
  expect(await inside(page, "root.activeElement === one('[part=thanks]')")).toBe(true);
  expect(optIns()).toMatchObject([
    { email: 'ada@gmail.com', boxes: { news: true, link: false }, wording: 'newsletter-fr-1', language: 'fr' },
  ]);
  expect(optIns()[0]).not.toHaveProperty('ticked.0');
  expect(browser.problems).toEqual([]);
});

it('shows what the page put there until the wording can be had, and then the form', async () => {
  site.withheld = '/w/key/newsletter-fr-1';
  const page = await open('<comptoir-optin wording="newsletter-fr-1"><a href="/newsletter">Newsletter</a></comptoir-optin>');
  await until('the element', () => page.evaluate("!!document.querySelector('comptoir-optin').shadowRoot"));
  expect(await inside(page, "[!!one('slot'), !!one('form')]")).toEqual([true, false]);
  site.withheld = '';
  await sleep(300);
  await page.evaluate("dispatchEvent(new Event('online'))");
  await formOn(page);
});

it('is loaded only where it stands', async () => {
  const page = await open('<p>No form here.</p>');
  await until('the second file', () =>
    page.evaluate("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/c.x.js'))"),
  );
  await sleep(1_500);
  expect(
    await page.evaluate("performance.getEntriesByType('resource').some(({ name }) => /c\\.[ok]\\.js|\\/w\\//.test(name))"),
  ).toBe(false);
});
