/**
 * The functions of the Comptoir tag, typed. The tag itself is `/c.js` of your Comptoir, put there once by `install`; this package
 * only speaks to it, so there is one implementation and one wire. On a server nothing happens.
 */
import { type OptIn, type Outcome, type Props, say } from './command.ts';

export type { Command, OptIn, Outcome, Props } from './command.ts';
export { install, type Settings } from './install.ts';

/** How long an opt-in waits for a tag that is on its way. */
const PATIENCE_MS = 10_000;

/** A page of your own making: with `manual`, or a step that has no address. */
export const page = (shown?: { path?: string; title?: string }): void => void (shown ? say('page', shown) : say('page'));

/** An act you count: `event('Brochure download', { format: 'pdf' })`. */
export const event = (name: string, props?: Props): void => void (props ? say('event', name, props) : say('event', name));

/** Names a known user by an opaque id, never by an e-mail address. Engagement mode only. */
export const identify = (user: string, proof?: { signature?: string; exp?: number }): void =>
  void (proof ? say('identify', user, proof) : say('identify', user));

/** Log-out: from now on a new visitor and a new visit. */
export const reset = (): void => void say('reset');

/** The choice made in your consent tool. It is remembered by this browser. */
export const consent = (choice: { engagement: boolean }): void => void say('consent', choice);

/** `false`: this browser refuses to be measured, which is remembered without an id. `true`: it allows it again. */
export const measure = (measured: boolean): void => void say('measure', measured);

const isOutcome = (answer: unknown): answer is Outcome =>
  typeof answer === 'object' && answer !== null && ('ok' in answer || 'error' in answer);

/**
 * Asks for e-mails in the person's name. Resolves to what the collector said; to `no_tag` when the tag cannot be had, so that
 * you can tell the person that nothing was sent; to `no_browser` on a server.
 */
export const optin = async (form: OptIn): Promise<Outcome> => {
  if (typeof window === 'undefined') return { error: 'no_browser' };
  for (let waited = 0; window.comptoir?.q !== 1; waited += 50) {
    if (waited >= PATIENCE_MS) return { error: 'no_tag' };
    await new Promise((done) => setTimeout(done, 50));
  }
  const answer = await say('optin', form);
  // A page that nobody has seen yet: the tag keeps the opt-in until it is.
  return isOutcome(answer) ? answer : { ok: true };
};
