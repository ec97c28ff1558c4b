/** What the second file gets of the first. */
import type { Command } from '../commands.ts';
import type { describe } from '../pageview.ts';
import type { store } from '../storage.ts';
import type { post } from '../transport.ts';

/** In the order of `Core`; a tuple, because property names would weigh on every page. */
export type Core = [
  beside: (name: string) => string,
  config: DOMStringMap,
  describe: typeof describe,
  /** Messages that nobody has answered for yet, as JSON under their storage keys. */
  due: Map<string, string>,
  flush: () => unknown,
  /** Told of every message kept, and of every key answered for. */
  mirror: { tell?: (key: string, json?: string) => void },
  /** To be called when the address may have changed. */
  move: () => void,
  obey: (...command: Command) => unknown,
  post: typeof post,
  store: typeof store,
];

let given: Core | undefined;
export const setCore = (core: Core): void => {
  given = core;
};

export const useCore = () => {
  if (!given) throw new Error('not started');
  const [beside, config, describe, due, flush, mirror, move, obey, post, store] = given;
  return { beside, stores: config.storage !== 'none', describe, due, flush, mirror, move, obey, post, store };
};
