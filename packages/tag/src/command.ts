/** What can be said to the tag, and how: through `window.comptoir`, whether the tag is there yet or not. */

/** What `optin` resolves to: taken, or a stable code that says why not. */
export type Outcome = { ok: true } | { error: string };
export type Props = Record<string, string | number | boolean>;
export type OptIn = { email: string; boxes: Record<string, boolean>; wording: string; ticked?: string[]; language?: string };

/** The commands of `window.comptoir`, as the tag takes them. */
export type Command =
  | [name: 'page', page?: { path?: string; title?: string }]
  | [name: 'event', event: string, props?: Props]
  | [name: 'identify', user: string, proof?: { signature?: string; exp?: number }]
  | [name: 'reset']
  | [name: 'consent', choice: { engagement: boolean }]
  | [name: 'optin', form: OptIn]
  | [name: 'measure', measured: boolean];

/** Says a command to the tag; before the tag is there, to the queue that it empties when it comes. */
export const say = (...command: Command): unknown => {
  if (typeof window === 'undefined') return undefined;
  if (!window.comptoir) {
    const queue: Command[] = [];
    window.comptoir = Object.assign((...early: Command) => queue.push(early), { q: queue });
  }
  return window.comptoir(...command);
};
