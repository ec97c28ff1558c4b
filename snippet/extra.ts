/**
 * `c.x.js`: what can wait until the page was shown. Site owners' path rules, link tokens, opt-ins, declarative events, links,
 * media, frames, scroll depth, kill-proof storage, trimming of the outbox, and the rarer commands.
 */
import type { OptInForm, Start } from './contract.ts';
import { config, takeCore } from './extra/core.ts';
import { mirror, restore } from './extra/durable.ts';
import { watchForms } from './extra/forms.ts';
import { identify } from './extra/identify.ts';
import { watchLinks } from './extra/links.ts';
import { optIn } from './extra/opt-in.ts';
import { readPaths, showPath, watchPaths } from './extra/paths.ts';
import { watchPresence } from './extra/presence.ts';
import { measure } from './extra/refusal.ts';
import { sendToken, takeToken } from './extra/token.ts';
import { trim } from './extra/trim.ts';

let started = false;

const begin = (): void => {
  readPaths();
  watchPaths();
  takeToken();
  trim();
  // Opening a database is work that a page which is still starting can do without.
  setTimeout(restore, 2e3);
};

/** Called by the core with every heartbeat and after every command. */
export const start: Start = (...given) => {
  const [, wish, first, , , , , second] = given;
  takeCore(...given);
  if (!config.site) return console.warn('comptoir: no data-site');
  if (!started) begin();
  started = true;
  sendToken(wish);
  if (typeof wish === 'function') wish();
  if (wish === 'page') showPath((first as { path?: string } | undefined)?.path);
  if (wish === 'measure') measure(first);
  if (wish === 'identify') identify(first, second);
  watchForms();
  watchLinks();
  watchPresence();
  mirror();
  if (document.querySelector('comptoir-optin')) import(new URL('/c.o.js', import.meta.url).href).catch(() => {});
  return wish === 'optin' ? optIn(first as OptInForm) : undefined;
};
