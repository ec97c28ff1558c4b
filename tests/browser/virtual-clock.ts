/**
 * Hours in seconds: a clock for a page that a test moves. Timers, `Date` and `performance` of the page follow it; storage, network and
 * input stay real, and get their turn after every timer.
 */
import type { Page } from './chromium.ts';

const install = (wall: number) => `{
  const real = { now: Date.now, perf: performance.now.bind(performance), later: setTimeout.bind(window) };
  const origin = performance.timeOrigin;
  let run = 0;
  let last = 1;
  const timers = new Map();
  const clock = () => real.perf() + run;
  Date.now = () => Math.round(real.now() + ${wall} + run);
  performance.now = clock;
  Object.defineProperty(performance, 'timeOrigin', { value: origin + ${wall} });
  const add = (every, act, ms = 0, ...rest) => {
    timers.set(++last, { act: () => act(...rest), due: clock() + Math.max(0, ms), every: every ? Math.max(1, ms) : 0 });
    return last;
  };
  window.setTimeout = (...asked) => add(false, ...asked);
  window.setInterval = (...asked) => add(true, ...asked);
  window.clearTimeout = window.clearInterval = (id) => timers.delete(id);
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  const turn = () => new Promise((done) => { waiting.push(done); channel.port2.postMessage(0); });
  const fire = async (until) => {
    for (;;) {
      let next;
      for (const [id, timer] of timers) if (timer.due <= until && (!next || timer.due < next[1].due)) next = [id, timer];
      if (!next) return;
      const [id, timer] = next;
      if (timer.due > clock()) run += timer.due - clock();
      if (timer.every) timer.due = Math.max(timer.due + timer.every, clock());
      else timers.delete(id);
      timer.act();
      await turn();
      await turn();
    }
  };
  const tick = () => fire(clock()).then(() => real.later(tick, 10));
  tick();
  window.virtual = {
    /** Milliseconds by which this page's wall clock is ahead of the machine's. */
    ahead: () => ${wall} + run,
    advance: async (ms) => { const until = clock() + ms; await fire(until); run += Math.max(0, until - clock()); },
  };
}`;

/** From the next document on, the page's wall clock is so far ahead of the machine's. */
export async function setClock(page: Page, wallMs: number): Promise<() => Promise<unknown>> {
  const { identifier } = await page.send('Page.addScriptToEvaluateOnNewDocument', { source: install(wallMs) });
  return () => page.send('Page.removeScriptToEvaluateOnNewDocument', { identifier });
}

export const advance = (page: Page, ms: number): Promise<unknown> => page.evaluate(`virtual.advance(${ms})`);
export const aheadOf = async (page: Page): Promise<number> => Number(await page.evaluate('virtual.ahead()'));
