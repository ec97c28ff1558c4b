/**
 * The running pageview and its two clocks: foreground time, while the page is visible and its window focused, and active time,
 * which stops 30 s after the last sign of life (glossary).
 */
import { obey } from './commands.ts';
import type { Happening, Said } from './contract.ts';
import { make } from './message.ts';
import { flush, keep, wait } from './outbox.ts';
import { shared } from './shared.ts';

/** What the clocks said at a moment of `performance.now()`, which is monotonic: a wall clock set to summer time adds no hour. */
type Reading = [at: number, active: number, foreground: number];

/** Is it in front of somebody, and since when somebody has given a sign of life. Before the first pageview: all the time. */
let front: number | boolean = 0;
let life = 1e9;
let clock: Reading = [0, 0, 0];
/** When the running pageview began, and how much active time was kept and sent. */
let began: Reading | undefined;
let kept: number;
let told: number;
/** The path of the running pageview, and since when there is another one. */
let shown: unknown;
let left: Reading | false | null | undefined;
let timer: number | undefined;

/**
 * Brings the clocks to a moment, which may lie a little back: an event says when it happened, and on a busy page we hear of it
 * later. A silence of nine seconds was sleep, a freeze or a debugger, unless we were not there yet. Focus inside one of our
 * frames is not a blur: `hasFocus` knows.
 */
const look = (at = performance.now(), seen = !document.hidden): void => {
  at = Math.floor(at);
  front &&= at - clock[0] < 9e3 || !began;
  clock = [
    at,
    clock[1] + (front as number) * (Math.min(at, life + 3e4) - Math.min(clock[0], life + 3e4)),
    clock[2] + (front as number) * (at - clock[0]),
  ];
  front = seen && (document.hidden || document.hasFocus());
  if (seen) left = shared.path_() != shown && (left || clock);
};

/** Keeps the running pageview as it was at a reading, if it moved; sends when there is enough news. */
const save = (news: number, [, active, foreground] = clock): void => {
  const view = shared.view_;
  if (view && began) {
    if (view.foregroundMs != foreground - began[2]) {
      view.foregroundMs = foreground - began[2];
      view.activeMs = active - began[1];
      kept = active;
      keep(view);
    }
    if (active - told >= news) {
      told = active;
      flush(1);
    }
  }
};

/**
 * The path came to rest: the pageview before ends, and the new one begins, at the moment it changed. The first one begins when
 * the page was first seen, and what the page said before that comes first: it may be a choice.
 */
const arrive = (): void => {
  if (left) {
    save(1e9, left);
    (shared.queue_ as Said[] | null)?.map((command) => obey(...command));
    [life, kept] = began = left;
    told = kept;
    shown = shared.path_();
    shared.view_ = make(
      'pageview',
      { referrer: (shared.view_?.url || document.referrer).split(/[?#]/)[0], framed: self != top },
      clock[0] - life,
    );
    left = shared.queue_ = null;
  }
};

/**
 * Once a second while the page is visible, and a tenth of a second after anything that happens to it: so pages that rewrite
 * their history in a loop come to rest, and a path shown for less was not shown. Listens again, because `document.open()`
 * removes listeners (https://html.spec.whatwg.org/#document-open-steps) and adding one twice is nothing; capturing, so that
 * no page can stop us. Keeps the pageview every 15 s of activity, and sends it when 5 min of it are new, and when it has been
 * hidden for 30 s. `c.x.js` waits for the second time: a tenth of a second after the page's own load, or a second.
 */
const beat = (): void => {
  'pageshow pagehide visibilitychange focus blur freeze resume wheel keydown pointerdown pointermove'
    .split(' ')
    .map((name) => addEventListener(name, on, { passive: true, capture: true }));
  look();
  if (document.hidden) return save(0);
  arrive();
  if (clock[1] - kept > 15e3) save(3e5);
  if (wait) flush();
  if (timer) obey();
  clearTimeout(timer);
  timer = setTimeout(beat, 1e3);
};

/**
 * The last hide is worth a request always. The others where they may turn out to be the last, when 10 s are new: a phone ends a
 * hidden page without a word; a computer lets its timer run, or says `freeze`. Kept first: the request may fail with nobody there.
 */
const on = (event: Happening): void => {
  const leaving = /fr|eh/.test(event.type);
  const hiding = leaving || document.hidden;
  look(event.timeStamp, !hiding);
  if (/^[kwt]|er/.test(event.type)) {
    // A page that plays with synthetic events is nobody.
    if (event.isTrusted) life = clock[0];
  } else {
    if (hiding) {
      arrive();
      save(leaving ? 0 : 'ontouchend' in self ? 1e4 : 1e9);
      // A page that comes back from the back/forward cache is a new pageview.
      if (event.persisted) shown = 0;
    }
    clearTimeout(timer);
    timer = setTimeout(beat, hiding ? 3e4 : 100);
  }
};

/**
 * Replays what was seen before we were there, from navigation start. Browsers without `visibility-state` entries
 * (https://developer.mozilla.org/docs/Web/API/VisibilityStateEntry) are taken to have been as they are all along. The focus of
 * that time nobody can ask for: it is taken to have been as it is, and on a page hidden by now, as it was likely.
 */
export const run = (): void => {
  performance.getEntriesByType('visibility-state').map((entry) => look(entry.startTime, entry.name > 'v'));
  if (!left) look(0);
  // Elsewhere `c.x.js` watches the history.
  self.navigation?.addEventListener('currententrychange', on);
  shared.on_ = on;
  beat();
};
