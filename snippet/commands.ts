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
 * sink, so a strict page neither breaks nor reports. First letters will do: no two commands share one.
 */
export const obey = async (kind: Wish = '', first?: unknown, second?: unknown): Promise<unknown> => {
  try {
    const letter = (kind as string)[0];
    if (letter == 'e') make(kind as 'event', { name: first, props: second } as Part<'event'>);
    // An e-mail address would turn the statistics into a list of people; `c.x.js` says so.
    if (letter == 'i' && shared.mode_ > 'b' && !/@/.test(first as string))
      make(kind as 'identify', { user: first, ...(second as object) } as Part<'identify'>);
    if (letter == 'c')
      box.comptoir_mode = shared.mode_ = (first as Extract<Command, ['consent', unknown]>[1]).engagement
        ? 'engagement'
        : 'audience';
    // A log-out ends no refusal.
    if (letter == 'r' && (box.comptoir as unknown) != 0) delete box.comptoir;
    // `measure`: at once, and remembered even with `data-storage="none"`: a refusal is no id.
    if (first === false) {
      shared.view_ = null;
      shared.path_ = () => {};
      localStorage.comptoir = 0;
    }
    extra ||= import(new URL('/c.x.js', src) as unknown as string);
    return (await extra).start(shared, kind, first, make, flush, config, box);
  } catch {
    // Offline, or blocked: an opt-in is never lost for want of the file that would have sent it.
    if ((kind as string)[0] == 'o') make('opt-in', first as OptInForm);
    return { ok: true };
  }
};
