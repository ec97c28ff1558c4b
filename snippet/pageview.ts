/** The running pageview: born when a page is shown, complete in every message, final when the page is left. */
import type { PageviewMessage } from '../collector/wire.ts';
import { isExcluded, ofFirst, readPath, writeUrl } from './address.ts';
import { config } from './config.ts';
import { isEngaged, isRefused, readVisitor } from './consent.ts';
import { live, type Reading, settle } from './engagement.ts';
import { makeId } from './id.ts';
import { flush, keep } from './outbox.ts';
import type { Outgoing } from './transport.ts';

const SAVE_EVERY = 15e3;
/** An intermediate hide is worth a request when this much is new. */
const NEWS = 1e4;
/** The wire refuses more than a day in front. */
const DAY = 864e5;

let view: Outgoing<PageviewMessage> | undefined;
let shown = readPath();
let began: Reading = [0, 0, 0];
/** Active time when the state was last sent, and how many times 15 s of it were saved. */
let told = 0;
let saves = 0;
let deepest = 0;

/** What every message says about its page and its visitor. */
export const describe = (at = performance.now()) => ({
  id: makeId(Date.now() - performance.now() + at),
  url: writeUrl(shown),
  mode: isEngaged() ? ('engagement' as const) : ('audience' as const),
  visitor: readVisitor(),
  group: ofFirst(config.pageGroup),
});

export const isMeasured = (): boolean => !isRefused() && !isExcluded(shown);

/** Furthest scroll position: the lower edge of the window, in percent of the document. */
const deepen = (): void => {
  const page = document.scrollingElement;
  if (view && page)
    view.scroll = deepest = Math.max(deepest, Math.min(100, Math.round(((scrollY + innerHeight) / page.scrollHeight) * 100)));
};

/** Writes the clocks into the running pageview and keeps it, if they moved; says how much active time it has. */
const record = ([, active, foreground] = settle()): number => {
  if (!view) return 0;
  const total = Math.min(DAY, Math.round(foreground - began[2]));
  if (view.foregroundMs !== total) {
    view.foregroundMs = total;
    view.activeMs = Math.min(total, Math.round(active - began[1]));
    keep(view, true);
  }
  return view.activeMs ?? 0;
};

/** Ends the running pageview without a successor. */
export const end = (): void => {
  view = undefined;
};

/** Begins a pageview, perhaps at a moment already past; the one before ends there and, on a route change, refers to it. */
export const begin = (path: string, from: Reading, referrer = view?.url): void => {
  record(from);
  end();
  shown = path;
  began = from;
  told = saves = deepest = 0;
  live(from);
  if (isMeasured()) {
    view = {
      kind: 'pageview',
      ...describe(from[0]),
      referrer: referrer?.split(/[?#]/)[0] || undefined,
      framed: self !== top || undefined,
    };
    keep(view);
  }
  flush();
};

/** Once a second while the page is seen: saves every 15 s of activity, sends at 2, 5, 10, 15 … minutes of it. */
export const pulse = (): void => {
  deepen();
  if (settle()[1] - began[1] < (saves + 1) * SAVE_EVERY) return;
  const active = record();
  if (++saves === 8 || saves % 20 === 0) {
    told = active;
    flush();
  }
};

/** The page is hidden, perhaps for good; stored first, because the request may fail when nobody is there to notice. */
export const hide = (final: boolean): void => {
  deepen();
  const active = record();
  if (final || active - told >= NEWS) {
    told = active;
    flush(final);
  }
};
