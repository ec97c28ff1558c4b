/** A kiosk on bad days, in a real Chromium: nothing of a person in clear or left behind, nothing lost, everything at its hour. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { helpCode } from '../../collector/fleet/help-code.ts';
import { hashPin } from '../../collector/fleet/pin.ts';
import { serviceWorker } from '../../demo/kiosk/service-worker.ts';
import { Browser, type Page, sleep } from './chromium.ts';
import { type Hit, KioskShop } from './kiosk-shop.ts';

const root = dirname(dirname(import.meta.dirname));
const assets = mkdtempSync(join(tmpdir(), 'comptoir-kiosk-offline-'));
const LONG = Boolean(process.env.COMPTOIR_LONG);
const LIST = [100, 50] as const;
const DAY = 86_400_000;
const WORDING = {
  id: 'newsletter-fr-1',
  language: 'fr',
  title: 'Recevoir nos nouvelles',
  boxes: [{ name: 'news', label: 'J’accepte.' }],
  note: '',
  privacyUrl: 'https://shop.example/privacy',
};
const ELEMENT = '<comptoir-optin kiosk wording="newsletter-fr-1"></comptoir-optin>';

let shop: KioskShop;
let browser: Browser;

const enrolled = (page: Page) =>
  shop.until('enrolled', () => page.evaluate('window.said?.some((e) => e.name === "enrolment" && e.ok)'));
const openKiosk = async (code = 'code-1', path = '/'): Promise<Page> => {
  shop.codes.add(code);
  const page = await browser.open(`${shop.origin}${path}#enrol=${code}`);
  await enrolled(page);
  return page;
};
const tap = async (page: Page, [x, y]: readonly [number, number]): Promise<void> => {
  await page.click(x, y);
  await sleep(100);
};
const optIn = (page: Page, email: string) =>
  page.evaluate(`comptoir('optin', { email: '${email}', boxes: { news: true }, wording: 'newsletter-fr-1' })`);
const inside = (page: Page, expression: string) =>
  page.evaluate(
    `((root, one) => ${expression})(...((root) => [root, (s) => root?.querySelector(s)])(document.querySelector('comptoir-optin').shadowRoot))`,
  );
/** Everything that this origin keeps on the disk, as one text. */
const disk = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
    const store = open.result.transaction('kept').objectStore('kept'); const all = store.getAll(); const keys = store.getAllKeys();
    keys.onsuccess = () => { open.result.close(); done(JSON.stringify([keys.result, all.result, { ...localStorage }, { ...sessionStorage }, document.cookie])); }; }; })`);
/** When the collector dates a message of a hit: wire.ts, time. */
const datedAt = ({ at, envelope }: Hit, id: string): number => at - (envelope.sentAt - Number.parseInt(id.slice(0, 12), 16));
const moveClock = (page: Page, ms: number) =>
  page.evaluate(`{ const real = window.realNow ??= Date.now; Date.now = () => real.call(Date) + ${ms}; }`);
const optInsOf = (hit: Hit) => hit.envelope.messages.filter(({ kind }) => kind === 'opt-in');

beforeAll(async () => {
  const { buildSnippet } = await import(join(root, 'commands/build-snippet.mjs'));
  await buildSnippet({ root, outDir: assets });
  browser = await Browser.launch();
});
beforeEach(async () => {
  shop = await KioskShop.open(assets);
  shop.files.set('/w/key/newsletter-fr-1', JSON.stringify(WORDING));
  await browser.renew();
});
afterEach(() => shop.close());
afterAll(async () => {
  await browser.close();
  rmSync(assets, { recursive: true, force: true });
});

it('takes an address on its own keyboard, seals it, and has nothing left of the person after the reset', async () => {
  shop.pages.set('/', { body: ELEMENT });
  const page = await openKiosk();
  await page.send('Emulation.setDeviceMetricsOverride', { width: 1080, height: 1920, deviceScaleFactor: 1, mobile: false });
  await shop.until('keyboard', () => inside(page, "!!one('[part=keyboard]')"));
  expect(await inside(page, "one('#email').inputMode + one('#email').autocomplete")).toBe('noneoff');
  const name = await inside(page, "one('#email').name");
  const press = async (label: string): Promise<void> => {
    const [x, y] = JSON.parse(
      String(
        await inside(
          page,
          `((key) => { const r = key.getBoundingClientRect(); return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]); })([...root.querySelectorAll('button')].find((key) => key.getAttribute('aria-label') === '${label}' || key.textContent === '${label}'))`,
        ),
      ),
    );
    await page.click(x, y);
  };
  for (const key of ['a', 'd', 'x', 'effacer', 'a', '@orange.fr', '@gmail.com']) await press(key);
  expect(await inside(page, "one('#email').value")).toBe('ada@gmail.com');
  // What is copied on a shared screen could be pasted by the next.
  expect(await page.evaluate("dispatchEvent(new ClipboardEvent('copy', { cancelable: true }))")).toBe(false);
  await inside(page, "one('#box-news').click()");
  shop.mood = 'down';
  await press('M’inscrire');
  await shop.until('thanks', () => inside(page, "!!one('[part=thanks]')"));
  expect(await disk(page)).toContain('"sealed');
  expect(await disk(page)).not.toMatch(/ada@|gmail/);
  await press('Terminer');
  await shop.until('a new form', () => inside(page, "!!one('[part=keyboard]')"));
  expect(await inside(page, "[one('#email').value, one('#box-news').checked]")).toEqual(['', false]);
  expect(await inside(page, "one('#email').name")).not.toBe(name);
  expect(await page.evaluate('document.documentElement.outerHTML + getSelection()')).not.toMatch(/ada@|gmail/);
  expect(await page.evaluate('navigation.entries().map((e) => e.url + JSON.stringify(e.getState())).join()')).not.toMatch(
    /ada@|gmail/,
  );
  shop.mood = 'ok';
  await shop.until('sent', () => shop.stored('opt-in').length, 15_000);
  expect(shop.stored('opt-in')).toMatchObject([{ email: 'ada@gmail.com', boxes: { news: true }, language: 'fr' }]);
  expect(shop.hits.map(({ text }) => text).join()).not.toContain('ada@');
});

it('goes on with a visit over page loads, ends the one that was left, and never joins two people', async () => {
  const page = await openKiosk('code-1', '/liste');
  await tap(page, [300, 200]);
  await tap(page, [300, 200]);
  await page.goto(`${shop.origin}/produit`);
  await tap(page, [300, 200]);
  expect(await disk(page)).not.toContain('comptoir.visit');
  await page.goto(`${shop.origin}/panier`);
  await page.evaluate("comptoir('done')");
  await shop.until('the visit', () => shop.stored('visit').some(({ end }) => end === 'done'));
  // Its screens may come in a request of their own.
  await shop.until('its screens', () => shop.stored('pageview').length >= 3);
  const [first] = shop.stored('visit');
  const mine = shop.stored('pageview').filter(({ visitor }) => visitor === first?.visitor);
  expect(mine.map(({ url, referrer }) => [new URL(url).pathname, referrer && new URL(referrer).pathname])).toEqual([
    ['/liste', undefined],
    ['/produit', '/liste'],
    ['/panier', '/produit'],
  ]);
  // From here on somebody is waited for so shortly; before, a busy machine would have been idle for longer.
  shop.attributes = 'data-idle="4"';
  await page.goto(`${shop.origin}/liste`);
  await tap(page, [300, 200]);
  // Left while another page was loading, for longer than a person is waited for.
  await page.goto('about:blank');
  await sleep(4_500);
  await page.goto(`${shop.origin}/produit`);
  await tap(page, [300, 200]);
  await page.evaluate("comptoir('reset')");
  await shop.until('three visits', () => shop.stored('visit').filter(({ end }) => end).length === 3);
  expect(new Set(shop.stored('visit').map(({ visitor }) => visitor)).size).toBe(3);
  expect(shop.stored('visit').map(({ end }) => end)).toEqual(['done', 'idle', 'reset']);
});

it('warns by itself where the page does not, and a touch refuses the reset and nothing else', async () => {
  shop.attributes = 'data-idle="4"';
  const page = await openKiosk();
  await page.evaluate('window.warnsNobody = true');
  await tap(page, LIST);
  await shop.until('the warning', () => page.evaluate("!!document.querySelector('comptoir-idle-warning')"));
  // What is behind the warning is not touched.
  await tap(page, [300, 50]);
  expect(await page.evaluate("location.pathname + document.querySelectorAll('comptoir-idle-warning').length")).toBe('/liste0');
  await sleep(1_500);
  expect(await page.evaluate("said.filter((e) => e.name === 'reset').length")).toBe(0);
  await shop.until('the reset', () => page.evaluate("said.some((e) => e.name === 'reset')"));
  expect(await page.evaluate("document.querySelectorAll('comptoir-idle-warning').length")).toBe(0);
});

it('dates what happened rightly, however the clock was moved since, on the same page and on the next', async () => {
  const page = await openKiosk();
  const took = new Map<string, number>();
  const take = async (email: string): Promise<void> => {
    took.set(email, Date.now());
    expect(await optIn(page, email)).toEqual({ ok: true });
  };
  shop.mood = 'down';
  await tap(page, LIST);
  await take('right@example.org');
  await moveClock(page, -3 * DAY);
  await tap(page, LIST);
  await take('behind@example.org');
  await moveClock(page, 5_000);
  await take('ahead@example.org');
  shop.mood = 'ok';
  await page.goto('about:blank');
  await page.goto(`${shop.origin}/`);
  await shop.until('sent', () => shop.stored('opt-in').length === 3, 20_000);
  for (const hit of shop.hits.filter(({ mood }) => mood === 'ok'))
    for (const message of optInsOf(hit)) {
      const email = message.kind === 'opt-in' ? (message.email ?? '') : '';
      // Made by a clock that heard the collector; the others had no network in their time, and keep their order by id.
      if (email === 'right@example.org') expect(Math.abs(datedAt(hit, message.id) - (took.get(email) ?? 0))).toBeLessThan(3_000);
    }
});

it('on one page every message is dated by the clock that made it', async () => {
  const page = await openKiosk();
  shop.mood = 'down';
  await tap(page, LIST);
  const took: [string, number][] = [];
  for (const [email, shift] of [
    ['a@example.org', 0],
    ['b@example.org', -3 * DAY],
    ['c@example.org', 7_200_000],
  ] as const) {
    await moveClock(page, shift);
    took.push([email, Date.now()]);
    expect(await optIn(page, email)).toEqual({ ok: true });
    await sleep(300);
  }
  shop.mood = 'ok';
  await shop.until('sent', () => shop.stored('opt-in').length === 3, 20_000);
  const dated = new Map(
    shop.hits
      .filter(({ mood }) => mood === 'ok')
      .flatMap((hit) =>
        optInsOf(hit).map((m): [string, number] => [m.kind === 'opt-in' ? (m.email ?? '') : '', datedAt(hit, m.id)]),
      ),
  );
  for (const [email, at] of took) expect(Math.abs((dated.get(email) ?? 0) - at), email).toBeLessThan(3_000);
});

it('puts refused opt-ins apart, gives up the rest, and tries them again another day', async () => {
  const page = await openKiosk();
  shop.mood = 'malformed';
  await tap(page, LIST);
  expect(await optIn(page, 'kept@example.org')).toEqual({ ok: true });
  await page.evaluate("comptoir('done')");
  await shop.until(
    'put apart',
    async () => /"q0/.test(String(await disk(page))) && !/"m[01]/.test(String(await disk(page))),
    15_000,
  );
  shop.mood = 'unknown_wording';
  await tap(page, LIST);
  expect(await optIn(page, 'later@example.org')).toEqual({ ok: true });
  await shop.until('both apart', async () => String(await disk(page)).match(/"q0/g)?.length === 2, 15_000);
  shop.mood = 'ok';
  await page.evaluate(`new Promise((done) => { const open = indexedDB.open('comptoir-kiosk'); open.onsuccess = () => {
    const store = open.result.transaction('kept', 'readwrite').objectStore('kept'); store.delete('retried').onsuccess = () => { open.result.close(); done(); } } })`);
  await page.goto(`${shop.origin}/?again`);
  await shop.until('sent', () => shop.stored('opt-in').length === 2, 15_000);
  expect(
    shop
      .stored('opt-in')
      .map(({ email }) => email)
      .sort(),
  ).toEqual(['kept@example.org', 'later@example.org']);
});

it('obeys the dashboard, without a network too: idle seconds, language, invitation, test mode', async () => {
  shop.pages.set('/', { body: `${ELEMENT}<h2 data-comptoir-text="title">Bonjour</h2>` });
  shop.settings = {
    idle: 20,
    language: 'en',
    texts: { title: { fr: 'Bienvenue', en: 'Welcome' } },
    wordings: ['newsletter-fr-1'],
    hours: [[600, 1_140], [600, 1_140], [600, 1_140], [600, 1_140], [600, 1_140], [600, 1_140], null],
  };
  shop.version = 'one';
  const page = await openKiosk();
  await shop.until('settings', () => page.evaluate("document.querySelector('h2').textContent === 'Bienvenue'"));
  await tap(page, LIST);
  await page.evaluate("comptoir('done')");
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  await shop.until('the other text', () => page.evaluate("document.querySelector('h2').textContent === 'Welcome'"));
  // Started again without a collector: it has everything from its disk.
  shop.mood = 'down';
  await page.goto(`${shop.origin}/`);
  await shop.until('what it remembers', () => page.evaluate('!!window.comptoir?.settings?.hours'));
  expect(await page.evaluate('JSON.stringify(comptoir.settings)')).toBe(JSON.stringify(shop.settings));
  await tap(page, LIST);
  await page.evaluate("comptoir('done')");
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  await shop.until('its texts', () => page.evaluate("document.querySelector('h2').textContent === 'Welcome'"));
  await shop.until('its form', () => inside(page, "!!one('#email')"));
  shop.mood = 'ok';
  shop.settings = { invitation: false, test: true };
  shop.version = 'two';
  await page.goto(`${shop.origin}/`);
  await shop.until('hidden', () => page.evaluate("document.querySelector('comptoir-optin').hidden"));
  expect(shop.healths.map(({ settings }) => settings)).toContain('one');
  await tap(page, LIST);
  expect(await optIn(page, 'test@example.org')).toEqual({ ok: true });
  await page.evaluate("comptoir('done')");
  await sleep(1_000);
  expect(await disk(page)).not.toMatch(/"m[01]/);
  expect(shop.stored('opt-in')).toEqual([]);
});

it('starts anew with its secret when its storage was wiped', async () => {
  shop.codes.add('secret');
  const page = await browser.open(`${shop.origin}/#provision=secret!${shop.seal}`);
  await enrolled(page);
  expect(await page.evaluate('location.href')).toBe(`${shop.origin}/`);
  await page.goto('about:blank');
  await page.send('Storage.clearDataForOrigin', { origin: shop.origin, storageTypes: 'all' });
  await page.goto(`${shop.origin}/#provision=secret!${shop.seal}`);
  await enrolled(page);
  expect(new Set(shop.enrolments.map(({ publicKey }) => publicKey)).size).toBe(2);
  await tap(page, LIST);
  expect(await optIn(page, 'a@example.org')).toEqual({ ok: true });
  await shop.until('sent', () => shop.stored('opt-in').length);
  expect(shop.hits.every(({ genuine }) => genuine)).toBe(true);
});

it('opens the staff panel by a long press and a PIN, offline too, and shows numbers only', async () => {
  const help = helpCode('https://comptoir.test/help/kiosk-staff');
  shop.settings = { pin: hashPin('4711', (n) => new Uint8Array(n).fill(7)), language: 'fr', help };
  shop.version = 'one';
  const page = await openKiosk();
  await shop.until('settings', () => page.evaluate('!!comptoir.settings?.pin'));
  await tap(page, LIST);
  shop.mood = 'down';
  expect(await optIn(page, 'somebody@example.org')).toEqual({ ok: true });
  const staff = (expression: string) =>
    page.evaluate(`((root) => ${expression})(document.querySelector('comptoir-staff')?.shadowRoot)`);
  const text = async () => String(await staff("root?.textContent ?? ''"));
  const press = (label: string) =>
    staff(`[...root.querySelectorAll('button')].find((one) => one.textContent === '${label}').click()`);
  const enter = async (pin: string): Promise<void> => {
    for (const digit of pin) await press(digit);
    await press('Entrer');
  };
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', x: 40, y: 40, button: 'left', clickCount: 1 });
  await shop.until('the question', () => staff("!!root?.querySelector('input')"));
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', x: 40, y: 40, button: 'left', clickCount: 1 });
  await enter('4712');
  await shop.until('refused', async () => (await text()).includes('Code faux'));
  await enter('4711');
  await shop.until('offline', async () => (await text()).includes('Pas de réseau'), 15_000);
  // The help for a phone, without a network too.
  expect(await text()).toContain('comptoir.test/help/kiosk-staff');
  expect(await staff("root.querySelector('svg path').getAttribute('d').split('M').length - 1")).toBe(
    help.dark.replaceAll('0', '').length,
  );
  expect(await text()).toMatch(/Lyon · Borne 1/);
  expect(await text()).toMatch(/En attente d’envoi1 \/ \d, depuis 0 min/);
  expect(await text()).not.toMatch(/somebody|example/);
  await press('Mode test (30 min)');
  await shop.until('test mode', () =>
    page.evaluate("document.querySelector('comptoir-test-mode')?.textContent.includes('Mode test')"),
  );
  await shop.until('the panel again', async () => (await text()).includes('Finir le mode test'));
  await press('Finir le mode test');
  await shop.until('no test mode', () => page.evaluate("!document.querySelector('comptoir-test-mode')"));
  await shop.until('the panel again', async () => (await text()).includes('Remettre'));
  await press('Remettre à zéro maintenant');
  expect(await page.evaluate("said.some((e) => e.name === 'reset') + '' + !!document.querySelector('comptoir-staff')")).toBe(
    'truefalse',
  );
  // Guessing costs more and more time, and a restart does not end the pause.
  shop.mood = 'ok';
  await page.goto(`${shop.origin}/`);
  await enrolled(page);
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', x: 40, y: 40, button: 'left', clickCount: 1 });
  await shop.until('the question', () => staff("!!root?.querySelector('input')"));
  for (let n = 0; n < 6; n++) {
    await enter('0000');
    await sleep(250);
  }
  await shop.until('a pause', async () => (await text()).includes('Trop d’essais'));
});

it('starts without a network from the service worker of the help page, and keeps an opt-in there', async () => {
  shop.pages.set('/', { body: ELEMENT });
  shop.pages.set('/sw.js', { type: 'text/javascript', body: serviceWorker('/', [], shop.collector) });
  const page = await openKiosk();
  await page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 1)");
  await page.goto(`${shop.origin}/`);
  await shop.until('the form', () => inside(page, "!!one('[part=keyboard]')"));
  shop.cut = true;
  await page.goto('about:blank');
  await page.goto(`${shop.origin}/anything`);
  await shop.until('the form', () => inside(page, "!!one('[part=keyboard]')"));
  await tap(page, LIST);
  expect(await optIn(page, 'offline@example.org')).toEqual({ ok: true });
  shop.cut = false;
  await page.goto(`${shop.origin}/`);
  await shop.until('sent', () => shop.stored('opt-in').length, 15_000);
  expect(shop.stored('opt-in').map(({ email }) => email)).toEqual(['offline@example.org']);
});

it('ends a visit that lasts longer than a visit can, and the next touch is another person', async () => {
  const page = await openKiosk();
  await tap(page, LIST);
  await page.evaluate('{ const real = performance.now.bind(performance); performance.now = () => real() + 31 * 60_000; }');
  await tap(page, [300, 200]);
  await page.evaluate("comptoir('done')");
  await shop.until('two visits', () => shop.stored('visit').filter(({ end }) => end).length === 2, 20_000);
  expect(shop.stored('visit').map(({ end, lengthMs }) => [end, lengthMs < 60_000])).toEqual([
    ['reset', true],
    ['done', true],
  ]);
});

it(`settles every message once through ${LONG ? 30 : 4} s of flapping network`, { timeout: 120_000 }, async () => {
  const page = await openKiosk();
  const end = Date.now() + (LONG ? 30_000 : 4_000);
  let taken = 0;
  for (let n = 0; Date.now() < end; n++) {
    shop.mood = n % 3 === 0 ? 'down' : n % 3 === 1 ? 'portal' : 'ok';
    await page.evaluate("dispatchEvent(new Event('online'))");
    await tap(page, LIST);
    expect(await optIn(page, `flap${taken++}@example.org`)).toEqual({ ok: true });
    await sleep(200);
  }
  shop.mood = 'ok';
  await page.goto(`${shop.origin}/?steady`);
  await shop.until('all sent', () => shop.stored('opt-in').length === taken, 60_000);
  await shop.until('nothing left', async () => !/"m0/.test(String(await disk(page))));
  expect(shop.hits.every(({ genuine }) => genuine)).toBe(true);
});
