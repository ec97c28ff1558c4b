/** `comptoir('…')`: the commands that cannot wait for `c.x.js`, and the way to those that can. */
import { config, src } from './config.ts';
import type { Command, OptInForm, Part, Start, Wish } from './contract.ts';
import { make } from './message.ts';
import { flush } from './outbox.ts';
import { shared } from './shared.ts';
import { box } from './storage.ts';

let extra: Promise<{ start: Start }> | undefined;

/**
 * Obeys, then tells `c.x.js`, which does the rest, and loads it the first time. `import()` rather than a script element: it
 * carries our nonce (https://html.spec.whatwg.org/#hostloadimportedmodule), passes `strict-dynamic`, and is no Trusted Types
 * sink, so a strict page neither breaks nor reports.
 */
export const obey = async (kind?: Wish, first?: unknown, second?: unknown): Promise<unknown> => {
  try {
    if (kind == 'event') make(kind, { name: first, props: second } as Part<'event'>);
    if (kind == 'consent')
      box.comptoir_mode = shared.mode_ = (first as Extract<Command, ['consent', unknown]>[1]).engagement
        ? 'engagement'
        : 'audience';
    // A log-out ends no refusal.
    if (kind == 'reset' && (box.comptoir as unknown) != 0) delete box.comptoir;
    // `measure`: at once, and remembered even with `data-storage="none"`: a refusal is no id.
    if (first === false) {
      shared.view_ = null;
      shared.path_ = () => {};
      localStorage.comptoir = 0;
    }
    extra ||= import(new URL('/c.x.js', src) as unknown as string);
    return (await extra).start(shared, kind, first, make, flush, config, box, second);
  } catch {
    // Offline, or blocked: an opt-in is never lost for want of the file that would have sent it.
    if (kind == 'optin') make('opt-in', first as OptInForm);
    return { ok: true };
  }
};
