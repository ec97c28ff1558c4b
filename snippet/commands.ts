/** `comptoir('…')`: the commands a page may give, before or after we are there. */
import { readPath, takeToken } from './address.ts';
import { choose, forget, isEngaged, isRefused } from './consent.ts';
import { settle } from './engagement.ts';
import { load } from './lazy.ts';
import { due, flush, keep } from './outbox.ts';
import { begin, describe, end, isMeasured } from './pageview.ts';
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
const act = (message: Outgoing): void => {
  if (!isMeasured()) return;
  keep(message, true);
  queueMicrotask(flush);
  load();
};

export const obey = (command: Command): unknown => {
  try {
    switch (command[0]) {
      case 'page':
        return show(command[1]?.path);
      case 'event':
        return act({ kind: 'event', ...describe(), name: command[1], props: command[2] });
      case 'identify':
        // An e-mail address would turn the statistics into a list of people.
        if (/@/.test(command[1])) return console.warn('comptoir: identify takes no address');
        return isEngaged() && act({ kind: 'identify', ...describe(), user: command[1], ...command[2] });
      case 'reset':
        return isRefused() || forget();
      case 'consent':
        return choose(command[1].engagement);
      case 'measure':
        if (!command[1]) {
          forget(true);
          end();
          due.clear();
        } else if (isRefused()) forget();
        return;
      case 'optin':
        return load(command[1]);
    }
  } catch {}
};

/** An e-mail link's token leaves the address in every mode; it is sent in engagement mode only. */
export const follow = (token = takeToken()): void => {
  if (token && isEngaged()) act({ kind: 'link', ...describe(), token });
};
