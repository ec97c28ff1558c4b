/** The types of what the files of the tag, and `c.js` and `c.x.js`, say to each other. */
import type { Message, PageviewMessage } from '../collector/wire.ts';

/** A message being built: its optional fields may be undefined, JSON leaves them out. */
type Loose<M> = { [K in keyof M]: object extends Pick<M, K> ? M[K] | undefined : M[K] };
export type Outgoing<M = Message> = M extends Message ? Loose<M> : never;

export type Kind = Message['kind'];
export type Of<K extends Kind> = Outgoing<Extract<Message, { kind: K }>>;
/** What a message says itself; what every message says is added. */
export type Part<K extends Kind> = Omit<Of<K>, 'kind' | 'id' | 'url' | 'mode' | 'visitor' | 'group'>;
export type Make = <K extends Kind>(kind: K, part: Part<K>, ago?: number) => Of<K> | undefined;

/** What messages are kept in: local storage, or something that looks like it. */
export type Box = { [key: string]: string | undefined };

export type OptInForm = { email: string; boxes: Record<string, boolean>; wording: string; ticked?: string[]; language?: string };
type Props = Record<string, string | number | boolean>;
export type Command =
  | [name: 'page', page?: { path?: string; title?: string }]
  | [name: 'event', event: string, props?: Props]
  | [name: 'identify', user: string, proof?: { signature?: string; exp?: number }]
  | [name: 'reset']
  | [name: 'consent', choice: { engagement: boolean }]
  | [name: 'optin', form: OptInForm]
  | [name: 'measure', measured: boolean];

/** Something happened to the page, said by the platform or by `c.x.js`. */
export type Happening = Pick<Event, 'type' | 'timeStamp'> & { persisted?: boolean; isTrusted?: boolean };

/** What the rest of the core says to `c.x.js`: nothing in particular, or what to do when it is there. */
export type Wish = Command[0] | (() => void);
/** A command before anybody looked at it. */
export type Said = [wish?: Wish, first?: unknown, second?: unknown];

/**
 * What the core and `c.x.js` share, and what more than one file of the core writes. The build gives these names fixed letters
 * (`SHARED` in commands/build-snippet.mjs), so that a pinned `c.js` understands a newer `c.x.js`: add names, never reuse one.
 */
export type Shared = {
  /**
   * The path of the page as the site owner counts pages: when it changes, a pageview begins. Falsy where nothing is measured.
   * With a kind it is asked for a message of that kind.
   */
  path_: (kind?: Kind) => unknown;
  /** The running pageview: the message itself, changed in place and kept whole. */
  view_?: Outgoing<PageviewMessage> | null | undefined;
  mode_: Message['mode'];
  /** Commands wait until the page has been seen: nobody acts on a page that nobody saw. 1 is the mark of another one of us. */
  queue_?: Said[] | 1 | null;
  on_?: (event: Happening) => void;
};

/** How `c.x.js` is called. The order is part of the contract too. */
export type Start = (
  shared: Shared,
  wish: Wish | undefined,
  first: unknown,
  make: Make,
  flush: () => unknown,
  config: DOMStringMap,
  box: Box,
  second: unknown,
) => unknown;
