/** Loads `c.x.js` when the page uses something of it, and not before. */
import { type OptInForm, obey } from './commands.ts';
import { beside, config } from './config.ts';
import type { Core } from './extra/core.ts';
import { move } from './navigation.ts';
import { due, flush, keep, mirror } from './outbox.ts';
import { describe } from './pageview.ts';
import { store } from './storage.ts';
import { post } from './transport.ts';

type Extra = { start: (core: Core, name?: string, form?: OptInForm | string) => unknown };

let extra: Promise<Extra> | undefined;

/**
 * `import()` rather than a script element: it carries our nonce (https://html.spec.whatwg.org/#hostloadimportedmodule),
 * passes `strict-dynamic`, and is no Trusted Types sink, so a strict page neither breaks nor reports.
 */
export const load = async (name?: string, form?: OptInForm | string): Promise<unknown> => {
  try {
    extra ??= import(beside('/c.x.js'));
    return (await extra).start([beside, config, describe, due, flush, mirror, move, obey, post, store], name, form);
  } catch {
    // Offline, or blocked: an opt-in is never lost for want of the file that would have sent it.
    if (typeof form !== 'object') return;
    keep({ kind: 'opt-in', ...describe(), ...form }, true);
    flush();
    return { ok: true };
  }
};

/** Asked once a second while the page is seen, because pages add forms later. */
export const loadIfUsed = (): void => {
  if (!extra && document.querySelector('comptoir-optin,[data-comptoir-optin],[data-comptoir-event],a[download],a[href*="//"]'))
    load();
};
