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
  | [name: 'page', page?: { path?: string; title?: string }]
  | [name: 'event', event: string, props?: Props]
  | [name: 'identify', user: string, proof?: { signature?: string; exp?: number }]
  | [name: 'reset']
  | [name: 'consent', choice: { engagement: boolean }]
  | [name: 'optin', form: OptInForm]
  | [name: 'measure', measured: boolean];

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

export const obey = (...command: Command): unknown => {
  try {
    if (command[0] === 'event') act({ kind: 'event', ...describe(), name: command[1], props: command[2] });
    else if (command[0] === 'identify' && !/@/.test(command[1])) isEngaged() && act({ kind: 'identify', ...describe(), user: command[1], ...command[2] });
    else if (command[0] === 'page') show(command[1]?.path);
    else if (command[0] === 'consent') choose(command[1].engagement);
    else if (command[0] === 'measure' && !command[1]) {
      forget(REFUSED);
      end();
      due.clear();
    } else if (command[0] === 'measure' || command[0] === 'reset') {
      // A log-out ends no refusal, and its end makes no new visitor of one who never refused.
      if ((command[0] === 'measure') === isRefused()) forget();
    } else return load(...command);
  } catch {}
};
