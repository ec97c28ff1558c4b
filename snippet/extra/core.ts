/** What the second file gets of the first; plain names, because each file mangles its own. */
import type { Command } from '../commands.ts';
import type { describe } from '../pageview.ts';
import type { store } from '../storage.ts';
import type { post } from '../transport.ts';

export type Core = {
  beside: (name: string) => string;
  describe: typeof describe;
  /** Messages that nobody has answered for yet, as JSON under their storage keys. */
  due: Map<string, string>;
  flush: () => unknown;
  /** Told of every message kept, and of every key answered for. */
  mirror: { tell: (key: string, json?: string) => void };
  /** To be called when the address may have changed. */
  move: () => void;
  obey: (command: Command) => unknown;
  post: typeof post;
  store: typeof store;
  stores: boolean;
};

let given: Core | undefined;
export const setCore = (core: Core): void => {
  given = core;
};

export const useCore = (): Core => {
  if (!given) throw new Error('not started');
  return given;
};
