/** What the second file gets of the first, each time it is called: the storage may have become a copy in memory. */
import type { Box, Make, Shared, Start } from '../contract.ts';

export let shared: Shared;
export let make: Make;
export let flush: () => unknown;
export let config: DOMStringMap;
export let box: Box;

export const takeCore = (...[state, , , maker, sender, settings, kept]: Parameters<Start>): void => {
  shared = state;
  make = maker;
  flush = sender;
  config = settings;
  box = kept;
};

/** In the storage itself: with `data-storage="none"` the core looks at a memory. */
export const isRefused = (): boolean => {
  try {
    return localStorage.comptoir === '0';
  } catch {
    return false;
  }
};
