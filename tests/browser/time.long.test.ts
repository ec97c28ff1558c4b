/** What takes long to happen: idling, playing media, sends while somebody reads on. Real seconds, all at once. */
import { expect } from 'vitest';
import { sleep } from './chromium.ts';
import { expectTruth, prepare, scenario } from './scenario.ts';

prepare('time');

/** A second of silence, repeated for ever: media that plays without anybody touching anything. */
const silence = (): string => {
  const rate = 8_000;
  const wav = Buffer.alloc(44 + rate, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + rate, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(rate, 40);
  return `data:audio/wav;base64,${wav.toString('base64')}`;
};

scenario(
  'idle after 30 s, alive again with the next sign of life',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    await sleep(34_000);
    await page.moveMouse();
    await sleep(2_000);
    await page.close();
    await expectTruth('long idle', site, ['/a']);
    const [view] = site.recorded();
    expect(view?.activeMs).toBeLessThan((view?.foregroundMs ?? 0) - 3_000);
    expect(view?.activeMs).toBeGreaterThan(31_500);
  },
  { timeout: 60_000 },
);

scenario(
  'playing media is a sign of life',
  async ({ browser, site }) => {
    site.pages.set('/a', { body: `<audio src="${silence()}" autoplay loop></audio>` });
    const page = await browser.open(`${site.origin}/a`);
    await sleep(34_000);
    await page.close();
    await expectTruth('playing media', site, ['/a']);
    expect(site.recorded()[0]?.activeMs).toBeGreaterThan(33_500);
  },
  { timeout: 60_000 },
);

scenario(
  'where touch is, a hide with 10 s of news sends; a crash loses at most the last 15 s',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    for (let n = 0; n < 17; n++) {
      await sleep(1_000);
      await page.moveMouse(100 + n);
    }
    page.send('Page.crash').catch(() => {});
    await sleep(500);
    const next = await browser.open(`${site.origin}/b`);
    await sleep(11_000);
    const other = await browser.open('about:blank');
    await sleep(800);
    // Load of /a, load of /b with what /a left, the hide of /b.
    expect(site.received).toHaveLength(3);
    await next.close();
    await other.close();
    await site.settle();
    const [a, b] = site.recorded();
    expect(a?.activeMs).toBeGreaterThanOrEqual(15_000);
    expect(a?.activeMs).toBeLessThanOrEqual(17_500);
    expect(b?.activeMs).toBeGreaterThanOrEqual(11_000);
  },
  { timeout: 60_000, expected: /crash/i, flags: ['--touch-events=enabled'] },
);

scenario(
  'where no touch is, a hide sends when it has lasted 30 s, whatever becomes of the page then',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    await sleep(11_500);
    await browser.open('about:blank');
    await sleep(20_000);
    expect(site.received).toHaveLength(1);
    await sleep(13_000);
    expect(site.received).toHaveLength(2);
    page.send('Page.crash').catch(() => {});
    await sleep(500);
    await expectTruth('hidden for good, then killed', site, ['/a'], { at: 60_000 });
  },
  { timeout: 70_000, expected: /crash/i },
);

scenario(
  'somebody reads for more than five minutes',
  async ({ browser, site }) => {
    const page = await browser.open(`${site.origin}/a`);
    for (let s = 0; s < 304; s += 8) {
      await sleep(8_000);
      await page.moveMouse(100 + (s % 50));
    }
    expect(site.received).toHaveLength(2);
    expect(site.recorded()[0]?.activeMs).toBeGreaterThanOrEqual(300_000);
    await page.close();
    await expectTruth('five minutes', site, ['/a']);
    expect(site.received).toHaveLength(3);
  },
  { timeout: 340_000 },
);

scenario('a slow page: twelve seconds before the tag ran', async ({ browser, site }) => {
  site.scriptDelay = 11_000;
  const page = await browser.open();
  await page.send('Page.navigate', { url: `${site.origin}/a` });
  await sleep(12_000);
  await page.close();
  await expectTruth('slow page', site, ['/a']);
});
