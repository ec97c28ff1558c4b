/** Messages that nobody has answered for yet, as the core keeps them. */
import type { Box, Kind } from '../contract.ts';
import { box } from './core.ts';

export const PREFIX = 'comptoir:';

export const keysOf = (from: Box): string[] => Object.keys(from).filter((key) => key.startsWith(PREFIX));

export const isKind = (json: string | undefined, kind: Kind): unknown => json?.includes(`"kind":"${kind}"`);

/** A full disk throws. */
export const keep = (key: string, json: string): void => {
  try {
    box[key] = json;
  } catch {}
};
