/** Loads `c.x.js` when the page uses something of it, and not before. */
import type { OptInForm } from './commands.ts';
import { beside } from './config.ts';
import { describe } from './pageview.ts';

/** What the second file gets of the first; plain names, because each file mangles its own. */
export type Core = { describe: typeof describe };
export type Extra = { start: (core: Core, form?: OptInForm) => unknown };

let extra: Promise<Extra> | undefined;

/**
 * `import()` rather than a script element: it carries our nonce (https://html.spec.whatwg.org/#hostloadimportedmodule),
 * passes `strict-dynamic`, and is no Trusted Types sink, so a strict page neither breaks nor reports.
 */
export const load = async (form?: OptInForm): Promise<unknown> => {
  extra ??= import(beside('/c.x.js'));
  try {
    return (await extra).start({ describe }, form);
  } catch {}
};

/** Asked once a second while the page is seen, because pages add forms later. */
export const loadIfUsed = (): void => {
  if (!extra && document.querySelector('comptoir-optin,[data-comptoir-optin],[data-comptoir-event],a[download],a[href*="//"]')) load();
};
