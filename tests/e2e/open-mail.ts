/** A person who opens a confirmation mail in a browser and presses its button. */
import { expect } from 'vitest';
import { type Browser, type Page, sleep } from '../browser/chromium.ts';

/** Presses a button of a form and waits for the page that answers. @returns its heading. */
export async function press(page: Page, value: string): Promise<string> {
  const loaded = page.next('Page.loadEventFired');
  await page.evaluate(`document.querySelector('button[value="${value}"]').click()`, true);
  await loaded;
  return String(await page.evaluate("document.querySelector('h1').textContent"));
}

/** Opens the link twice, as a mailbox's scanner and then its owner would; confirms, and confirms again. */
export async function confirmByMail(browser: Browser, link: string): Promise<void> {
  const page = await browser.open('about:blank');
  await page.goto(link);
  await page.goto(link);
  expect(await page.evaluate("document.querySelectorAll('form button').length")).toBe(2);
  expect(await press(page, 'confirm')).toBe('C’est confirmé');
  await page.goto(link);
  expect(await page.evaluate("document.querySelector('[role=status] h1').textContent")).toBe('C’est confirmé');
  await sleep(100);
  await page.close();
}
