/**
 * Local storage where it may be used, else a memory that ends with the page. Its keys: `comptoir` the visitor id, or `0` where
 * the person refused, so that a refusal needs no id and cannot live beside one; `comptoir_mode` the person's choice;
 * `comptoir:ID` a message nobody has answered for yet.
 */
import { config } from './config.ts';
import type { Box } from './contract.ts';

/** The memory swallows a visitor id: it has no setter for it, and nothing of ours is strict code, which would throw. */
export let box: Box = {
  get comptoir() {
    return undefined;
  },
};
try {
  // A person's own refusal is read even where nothing may be stored. Throws in sandboxed frames.
  if (config.storage != 'none' || localStorage.comptoir == 0) box = localStorage;
} catch {}

/** A full disk throws. The page goes on with a copy in memory, and `c.x.js` makes room. */
export const store = (key: string, value: string): void => {
  try {
    box[key] = value;
  } catch {
    box = { ...box, [key]: value };
  }
};
