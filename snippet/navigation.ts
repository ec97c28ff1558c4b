/** Route changes: by the Navigation API where present, else noticed by the heartbeat and, at once, by `c.x.js`. */
import { isManual, readPath } from './address.ts';
import { type Reading, settle } from './engagement.ts';
import { begin } from './pageview.ts';
import { isSeen } from './visibility.ts';

/** Pages that rewrite their history in a loop come to rest; a path shown for less than this was not shown. */
const REST = 100;

let path = readPath();
let left: Reading | undefined;
let timer = 0;

/** The path came to rest: what was counted since it changed belongs to the new pageview. */
export const arrive = (): void => {
  if (!left) return;
  path = readPath();
  begin(path, left);
  left = undefined;
};

/** Compares paths, so that query, fragment and history state make no pageview. A hidden page is asked again when seen. */
export const move = (): void => {
  if (isManual || !isSeen()) return;
  clearTimeout(timer);
  left = readPath() === path ? undefined : (left ?? settle());
  timer = setTimeout(arrive, REST);
};
