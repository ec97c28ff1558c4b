/** Is this page in front of somebody, and since when? Visible, and its window focused. */
import { live, type Reading, settle, turn } from './engagement.ts';

/** The clocks when the page was first seen; undefined until then. A prerendered page is hidden until it is activated. */
export let firstSeen: Reading | undefined;

export const isSeen = (): boolean => document.visibilityState === 'visible';

/** Settles the clocks and asks again. Focus inside one of our frames is not a blur: `hasFocus()` is still true then. */
export const look = (leaving?: boolean): void => {
  const now = settle(!leaving && isSeen() && document.hasFocus());
  if (!firstSeen && isSeen()) {
    firstSeen = now;
    live(now[0]);
  }
};

/**
 * Replays what was seen before the tag ran, from navigation start. Browsers without `visibility-state` entries
 * (https://developer.mozilla.org/docs/Web/API/VisibilityStateEntry) are taken to have been as they are all along.
 */
export const replay = (): void => {
  const seen = performance.getEntriesByType('visibility-state');
  for (const { name, startTime } of seen.length ? seen : [{ name: document.visibilityState, startTime: 0 }]) {
    const visible = name > 'v';
    turn(visible && document.hasFocus(), startTime);
    if (visible && !firstSeen) {
      firstSeen = [startTime, 0, 0];
      live(startTime);
    }
  }
};
