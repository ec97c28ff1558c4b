/** A reader without a mouse and without scripts: signs in, filters by a row, takes the filter off, reads a definition, sorts a list. */
import { expect } from 'vitest';
import { type Browser, type Page, sleep } from '../browser/chromium.ts';

const KEYS = {
  Tab: { windowsVirtualKeyCode: 9 },
  Enter: { windowsVirtualKeyCode: 13, text: '\r' },
  Escape: { windowsVirtualKeyCode: 27 },
} as const;
/** More stops than any page has before what is looked for. */
const MOST_TABS = 200;

async function press(page: Page, key: keyof typeof KEYS): Promise<void> {
  for (const type of ['keyDown', 'keyUp']) await page.send('Input.dispatchKeyEvent', { type, key, code: key, ...KEYS[key] });
}

/** Presses Enter on what has the focus and waits for the page that follows. */
async function follow(page: Page): Promise<void> {
  const loaded = page.next('Page.loadEventFired');
  await press(page, 'Enter');
  await loaded;
}

const focused = async (page: Page, what: string): Promise<string> =>
  String(await page.evaluate(`document.activeElement.${what}`));
const addressOf = async (page: Page) => new URL(String(await page.evaluate('location.href')));

/** Goes from stop to stop until one is of a kind; every stop on the way is where the eye can see it. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i += 1) {
    await press(page, 'Tab');
    if ((await focused(page, `matches('${selector}')`)) !== 'true') continue;
    const outline = `(({ outlineStyle, outlineWidth }) => outlineStyle + ' ' + outlineWidth)(getComputedStyle(document.activeElement))`;
    expect(await page.evaluate(outline), selector).toBe('solid 2px');
    return;
  }
  throw new Error(`no ${selector} within ${MOST_TABS} stops of ${await addressOf(page)}`);
}

async function signIn(page: Page, origin: string, email: string, password: string): Promise<void> {
  await page.goto(`${origin}/login`);
  for (const text of [email, password]) {
    await press(page, 'Tab');
    await page.send('Input.insertText', { text });
  }
  await follow(page);
}

export async function walkReports(
  browser: Browser,
  origin: string,
  site: string,
  email: string,
  password: string,
): Promise<void> {
  const page = await browser.open('about:blank');
  await page.send('Emulation.setScriptExecutionDisabled', { value: true });
  await signIn(page, origin, email, password);
  const start = `/s/${site}?period=7d&compare=none`;
  await page.goto(origin + start);

  await tabTo(page, '#pages ~ .content a.row, .section:has(#pages) a.row');
  const name = await focused(page, `querySelector('.path').textContent`);
  await follow(page);
  expect((await addressOf(page)).searchParams.get('filters')).toBe(`is,page,${name}`);
  expect(await page.evaluate(`document.querySelector('.chip b').textContent`)).toBe(name);

  await tabTo(page, '.chip');
  await follow(page);
  const { pathname, search } = await addressOf(page);
  expect(pathname + search).toBe(start);
  expect(await page.evaluate(`document.querySelectorAll('.chip').length`)).toBe(0);

  await page.goto(`${origin}/s/${site}/by/country?period=7d&compare=none`);
  await tabTo(page, 'thead .term');
  const card = await focused(page, `getAttribute('popovertarget')`);
  await press(page, 'Enter');
  await sleep(50);
  expect(await page.evaluate(`document.querySelector(':popover-open').id`)).toBe(card);
  await press(page, 'Escape');
  expect(await page.evaluate(`document.querySelector(':popover-open')`)).toBeNull();
  expect(await focused(page, `getAttribute('popovertarget')`)).toBe(card);
  await tabTo(page, 'th[aria-sort=none] .sort');
  const column = await focused(page, `closest('th').cellIndex`);
  await follow(page);
  expect(await page.evaluate(`document.querySelector('[aria-sort=descending]').cellIndex`)).toBe(Number(column));
  await page.close();
}
