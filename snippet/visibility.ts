/** Is this page in front of somebody, and since when? Visible, and its window focused. */
import { type Reading, settle, turn } from './engagement.ts';

/** The clocks when the page was first seen; undefined until then. A prerendered page is hidden until it is activated. */
export let firstSeen: Reading | undefined;

export const isSeen = (): boolean => document.visibilityState > 'v';

/** Focus inside one of our frames is not a blur: `hasFocus()` is still true then. */
const isInFront = (): boolean => isSeen() && document.hasFocus();

/** Settles the clocks and asks again. */
export const look = (leaving?: boolean): void => {
  const clocks = settle(!leaving && isInFront());
  if (isSeen()) firstSeen ??= clocks;
};

/**
 * Replays what was seen before the tag ran, from navigation start. Browsers without `visibility-state` entries
 * (https://developer.mozilla.org/docs/Web/API/VisibilityStateEntry) are taken to have been as they are all along.
 */
export const replay = (): void => {
  const seen = performance.getEntriesByType('visibility-state');
  for (const { name, startTime } of seen[0] ? seen : [{ name: document.visibilityState, startTime: 0 }]) {
    const visible = name > 'v';
    const clocks = turn(visible && document.hasFocus(), startTime);
    if (visible) firstSeen ??= clocks;
  }
  turn(isInFront(), performance.now());
};
