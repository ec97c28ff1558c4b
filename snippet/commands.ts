/** `comptoir('…')`: the commands a page may give, before or after we are there. */
import { readPath } from './address.ts';
import { choose, forget, isEngaged, isRefused } from './consent.ts';
import { settle } from './engagement.ts';
import { load } from './lazy.ts';
import { due, flush, keep } from './outbox.ts';
import { begin, describe, end, isMeasured } from './pageview.ts';
import { REFUSED } from './storage.ts';
import type { Outgoing } from './transport.ts';
import { firstSeen } from './visibility.ts';

type Props = Record<string, string | number | boolean>;
export type OptInForm = { email: string; boxes: Record<string, boolean>; wording: string; ticked?: string[]; language?: string };
export type Command =
  | [name: 'page', page?: { path?: string; title?: string }, none?: undefined]
  | [name: 'event', event: string, props?: Props]
  | [name: 'identify', user: string, proof?: { signature?: string; exp?: number }]
  | [name: 'reset', none?: undefined, none?: undefined]
  | [name: 'consent', choice: { engagement: boolean }, none?: undefined]
  | [name: 'optin', form: OptInForm, none?: undefined]
  | [name: 'measure', measured: boolean, none?: undefined];

let begun = false;
/** Counts a page as shown. The first one began when the page was first seen, whenever that is said. */
export const show = (path = readPath(), referrer?: string): void => {
  begin(path, (!begun && firstSeen) || settle(), begun ? referrer : document.referrer);
  begun = true;
};

/** Several acts of one task travel together. */
export const act = (message: Outgoing): void => {
  if (!isMeasured()) return;
  keep(message, true);
  queueMicrotask(flush);
  load();
};

export const obey = (...[kind, first, second]: Command): unknown => {
  try {
    if (kind === 'event') act({ kind, ...describe(), name: first, props: second });
    else if (kind === 'page') show(first?.path);
    else if (kind === 'consent') choose(first.engagement);
    else if (kind === 'identify' && !/@/.test(first)) isEngaged() && act({ kind, ...describe(), user: first, ...second });
    else if (kind === 'measure' && !first) {
      forget(REFUSED);
      end();
      due.clear();
    } else if (kind === 'reset' || kind === 'measure') {
      // A log-out ends no refusal, and the end of a refusal makes no new visitor of one who never refused.
      if (isRefused() !== kind > 'n') forget();
    } else return load(kind, first);
  } catch {}
};
