/** `c.x.js`: what only some pages use. Opt-ins, declarative events, links, kill-proof storage, trimming of the outbox. */
import type { OptInForm } from './commands.ts';
import { type Core, setCore } from './extra/core.ts';
import { restore, storeActs } from './extra/durable.ts';
import { watchForms } from './extra/forms.ts';
import { watchHistory } from './extra/history.ts';
import { watchLinks } from './extra/links.ts';
import { optIn } from './extra/opt-in.ts';
import { trim } from './extra/trim.ts';

let started = false;

/** Called by the core whenever it needs one of us; the first call starts the rest. */
export const start = (core: Core, form?: OptInForm): unknown => {
  if (!started) {
    started = true;
    setCore(core);
    trim();
    storeActs();
    restore();
    watchHistory();
    watchForms();
    watchLinks();
    if (document.querySelector('comptoir-optin')) import(core.beside('/c.o.js')).catch(() => {});
  }
  return form && optIn(form);
};
