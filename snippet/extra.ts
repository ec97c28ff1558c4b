/** `c.x.js`: what only some pages use. Opt-ins, declarative events, links, kill-proof storage, trimming of the outbox. */
import type { OptInForm } from './commands.ts';
import { type Core, setCore, useCore } from './extra/core.ts';
import { restore, storeActs } from './extra/durable.ts';
import { watchForms } from './extra/forms.ts';
import { watchHistory } from './extra/history.ts';
import { watchLinks } from './extra/links.ts';
import { optIn } from './extra/opt-in.ts';
import { trim } from './extra/trim.ts';

let started = false;

/** Called by the core whenever it needs one of us; the first call starts the rest. */
export const start = (core: Core, name?: string, form?: OptInForm | string): unknown => {
  setCore(core);
  if (!started) {
    started = true;
    trim();
    // In this order: what we store now is not what an earlier process left.
    restore();
    storeActs();
    watchHistory();
    watchForms();
    watchLinks();
    if (document.querySelector('comptoir-optin')) import(useCore().beside('/c.o.js')).catch(() => {});
  }
  if (typeof form === 'object') return optIn(form);
  // An e-mail address would turn the statistics into a list of people.
  if (name === 'identify') console.warn('comptoir: identify takes an opaque id, not an address');
};
