/** Every way a page begins, changes and ends: each pageview once, active time within 100 ms of the probe. */
import { expect } from 'vitest';
import { sleep } from './chromium.ts';
import { expectTruth, prepare, scenario } from './scenario.ts';

prepare('pageviews');

scenario('reading: one request at load, one at the end', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a?q=secret#part`);
  await sleep(2_000);
  await page.close();
  await expectTruth('reading', site, ['/a']);
  expect(site.received).toHaveLength(2);
  const [first, last] = site.messages;
  expect(first).toMatchObject({
    kind: 'pageview',
    mode: 'audience',
    url: `${site.origin}/a`,
    visitor: expect.stringMatching(/^[0-9a-f]{24}$/),
  });
  expect(first).not.toHaveProperty('activeMs');
  expect(last).toMatchObject({ scroll: expect.any(Number) });
  expect(site.received[0]?.headers).toMatchObject({ 'content-type': expect.stringContaining('text/plain') });
  expect(site.received[0]?.headers).not.toHaveProperty('cookie');
  expect(JSON.stringify(site.received)).not.toContain('secret');
});

scenario('three pages', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/1`);
  for (const path of ['/2', '/3']) {
    await sleep(800);
    const loaded = page.next('Page.loadEventFired');
    await page.evaluate(`location.href = '${path}?private=1'`);
    await loaded;
  }
  await sleep(800);
  await page.close();
  await expectTruth('three pages', site, ['/1', '/2', '/3']);
  expect(site.messages.map((m) => m.kind === 'pageview' && m.referrer)).toContain(`${site.origin}/2`);
  expect(JSON.stringify(site.received)).not.toContain('private');
  expect(new Set(site.messages.map((m) => m.visitor)).size).toBe(1);
});

scenario('tab switches: hidden time does not count, and a short hide sends nothing', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(800);
  for (let turn = 0; turn < 3; turn++) {
    const other = await browser.open('about:blank');
    await sleep(500);
    expect(await page.evaluate('document.visibilityState')).toBe('hidden');
    await other.close();
    await page.activate();
    await sleep(500);
    expect(await page.evaluate('document.visibilityState')).toBe('visible');
  }
  await page.close();
  await expectTruth('tab switches', site, ['/a']);
  expect(site.received).toHaveLength(2);
});

scenario('single-page app: push, replace, back', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(700);
  for (const step of ["go('pushState', '/b')", "go('pushState', '/c?x=1#y')", 'history.back()', "go('replaceState', '/d')"]) {
    await page.evaluate(step);
    await sleep(700);
  }
  await page.close();
  await expectTruth('single-page app', site, ['/a', '/b', '/c', '/b', '/d']);
});

scenario('single-page app where there is no Navigation API', async ({ browser, site }) => {
  // The probe runs first and has its own.
  site.pages.set('/a', { head: "<script>Object.defineProperty(self, 'navigation', { value: undefined })</script>" });
  const page = await browser.open(`${site.origin}/a`);
  await site.shows('/a');
  await sleep(1_200);
  for (const step of ["go('pushState', '/b')", "go('replaceState', '/c')", 'history.back()']) {
    await page.evaluate(step);
    await sleep(700);
  }
  await page.close();
  await expectTruth('single-page app, no Navigation API', site, ['/a', '/b', '/c', '/a']);
});

/** Without a window manager every window believes it has the focus: here a page is told, as the platform would tell it. */
const FOCUS = `<script>
  let focused = true;
  Document.prototype.hasFocus = () => focused;
  window.takeFocus = (has) => { focused = has; dispatchEvent(new Event(has ? 'focus' : 'blur')); };
</script>`;

scenario('two windows side by side: only the one with the focus counts', async ({ browser, site }) => {
  for (const path of ['/a', '/b']) site.pages.set(path, { head: FOCUS });
  const one = await browser.open(`${site.origin}/a`, { newWindow: true });
  const two = await browser.open(undefined, { newWindow: true });
  await one.evaluate('takeFocus(false)');
  await two.goto(`${site.origin}/b`);
  for (let turn = 0; turn < 3; turn++)
    for (const [has, not] of [
      [one, two],
      [two, one],
    ]) {
      await not?.evaluate('takeFocus(false)');
      await has?.evaluate('takeFocus(true)');
      await sleep(500);
    }
  expect(await one.evaluate('document.visibilityState')).toBe('visible');
  for (const page of [one, two]) await page.close();
  await expectTruth('two windows', site, ['/a', '/b']);
  const [a, b] = site.recorded();
  expect((a?.foregroundMs ?? 0) + (b?.foregroundMs ?? 0)).toBeLessThan(9_000);
});

scenario('query, fragment and state changes are no pageviews', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  for (let n = 0; n < 4; n++) {
    await page.evaluate(`history.replaceState({}, '', '?n=${n}')`);
    await page.evaluate(`history.pushState({}, '', '?m=${n}')`);
    await page.evaluate(`location.hash = 'part${n}'`);
    await sleep(150);
  }
  await page.close();
  await expectTruth('query and fragment', site, ['/a']);
});

scenario('a page that rewrites its history in a loop', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(300);
  await page.evaluate(
    `new Promise((done) => { let n = 0; const t = setInterval(() => { history.replaceState({}, '', '/loop' + n); if (++n === 50) { clearInterval(t); history.replaceState({}, '', '/a'); done(); } }, 10); })`,
  );
  await sleep(500);
  await page.close();
  await expectTruth('history loop', site, ['/a']);
});

scenario('back/forward cache: a return is a new pageview', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(800);
  await page.goto(`${site.origin}/b`);
  await sleep(600);
  await page.evaluate('history.back()').catch(() => {});
  await sleep(900);
  await page.close();
  await site.settle();
  expect(
    site.lines.some(({ persisted }) => persisted),
    'the page came from the cache',
  ).toBe(true);
  await expectTruth('bfcache', site, ['/a', '/b', '/a']);
});

scenario('quick reloads', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  for (let n = 0; n < 3; n++) {
    await sleep(400);
    const loaded = page.next('Page.loadEventFired');
    await page.send('Page.reload');
    await loaded;
  }
  await sleep(400);
  await page.close();
  await expectTruth('reloads', site, ['/a', '/a', '/a', '/a']);
});

for (const ms of [300, 100])
  scenario(`closed after ${ms} ms`, async ({ browser, site }) => {
    site.scriptDelay = 30;
    const page = await browser.open();
    await page.send('Page.navigate', { url: `${site.origin}/a` });
    await page.next('Page.loadEventFired');
    await sleep(Math.max(0, ms - Number(await page.evaluate('performance.now()'))));
    await page.close();
    await expectTruth(`closed after ${ms} ms`, site, ['/a']);
  });

scenario('seen, left and seen again before the tag ran', async ({ browser, site }) => {
  site.scriptDelay = 2_500;
  const page = await browser.open();
  await page.send('Page.navigate', { url: `${site.origin}/a` });
  await sleep(700);
  const other = await browser.open('about:blank');
  await sleep(700);
  await other.close();
  await page.activate();
  await sleep(2_000);
  await page.close();
  await site.settle();
  expect(site.lines.filter(({ type }) => type === 'visibilitychange').length).toBeGreaterThanOrEqual(2);
  await expectTruth('before the tag ran', site, ['/a']);
});

scenario('seen and left before the tag ran, seen again after', async ({ browser, site }) => {
  site.scriptDelay = 2_000;
  const page = await browser.open();
  await page.send('Page.navigate', { url: `${site.origin}/a` });
  await sleep(700);
  const other = await browser.open('about:blank');
  await sleep(2_500);
  await other.close();
  await page.activate();
  await sleep(1_000);
  await page.close();
  await expectTruth('left before the tag ran', site, ['/a']);
});

scenario('a background tab that is never seen is no pageview', async ({ browser, site }) => {
  const page = await browser.open('about:blank', { background: true });
  await page.goto(`${site.origin}/a`);
  await sleep(1_000);
  expect(await page.evaluate('document.visibilityState')).toBe('hidden');
  await page.close();
  await site.settle();
  expect(site.received).toEqual([]);
});

scenario('a background tab counts from when it is seen', async ({ browser, site }) => {
  const page = await browser.open('about:blank', { background: true });
  await page.goto(`${site.origin}/a`);
  await sleep(1_200);
  expect(site.received).toEqual([]);
  await page.activate();
  await sleep(1_000);
  await page.close();
  await expectTruth('background, seen later', site, ['/a']);
});

for (const activated of [true, false])
  scenario(`prerendered and ${activated ? '' : 'never '}activated`, async ({ browser, site }) => {
    site.pages.set('/a', {
      head: `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/b"],"eagerness":"immediate"}]}</script>`,
    });
    const page = await browser.open(`${site.origin}/a`);
    await sleep(1_500);
    if (activated) {
      await page.evaluate("location.href = '/b'").catch(() => {});
      await sleep(1_000);
      const { targetInfos } = await browser.send('Target.getTargets');
      const [target] = Array.isArray(targetInfos)
        ? targetInfos.filter(({ type, url }) => type === 'page' && String(url).endsWith('/b'))
        : [];
      await browser.send('Target.closeTarget', { targetId: target?.targetId ?? page.targetId });
    } else await page.close();
    await site.settle();
    expect(site.requests, '/b was prerendered').toContainEqual({ path: '/b', purpose: 'prefetch;prerender' });
    await expectTruth(`prerender, ${activated ? '' : 'never '}activated`, site, activated ? ['/a', '/b'] : ['/a']);
  });

scenario('frozen in the background, then seen again', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(800);
  await page.send('Page.setWebLifecycleState', { state: 'frozen' });
  await sleep(1_500);
  await page.send('Page.setWebLifecycleState', { state: 'active' });
  const other = await browser.open('about:blank');
  await page.activate();
  await sleep(800);
  await page.close();
  await other.close();
  await site.settle();
  expect(site.lines.some(({ type }) => type === 'freeze')).toBe(true);
  await expectTruth('freeze', site, ['/a']);
});

scenario('wall clock jumps an hour', async ({ browser, site }) => {
  site.pages.set('/a', {
    head: '<script>{ const now = Date.now; let ahead = 0; setTimeout(() => { ahead = 36e5 }, 800); Date.now = () => now() + ahead; }</script>',
  });
  const page = await browser.open(`${site.origin}/a`);
  await sleep(1_600);
  await page.close();
  await expectTruth('clock jump', site, ['/a']);
});

scenario('focus in a frame of the page is no blur; focus outside a framed page is one', async ({ browser, site }) => {
  site.pages.set('/host', {
    body: `<iframe src="${site.origin.replace('127.0.0.1', 'localhost')}/framed" width="300" height="200"></iframe>`,
  });
  const page = await browser.open(`${site.origin}/host`);
  await sleep(600);
  await page.click(100, 150);
  await sleep(900);
  await page.click(500, 400);
  await sleep(900);
  await page.close();
  await site.settle();
  const framed = site.messages.filter((m) => m.kind === 'pageview' && m.framed);
  expect(framed.length).toBeGreaterThan(0);
  await expectTruth('frames', site, ['/host', '/framed']);
});

scenario('document.open takes our listeners, not our count', async ({ browser, site }) => {
  const page = await browser.open(`${site.origin}/a`);
  await sleep(500);
  await page.evaluate(`document.open(); document.write('<h1>again</h1>'); document.close()`);
  // The probe has lost its listeners too.
  await page.evaluate(`addEventListener('visibilitychange', () => { hiddenAt ??= performance.now(); }); var hiddenAt; 0`);
  await sleep(1_500);
  const other = await browser.open('about:blank');
  await sleep(700);
  const truth = Number(await page.evaluate('hiddenAt'));
  await page.close();
  await other.close();
  await site.settle();
  const [view, ...more] = site.recorded();
  expect(more).toEqual([]);
  expect(Math.abs((view?.activeMs ?? 0) - truth), `${JSON.stringify(view)} against ${truth}`).toBeLessThanOrEqual(100);
});
