/** Is this page in front of somebody, and since when? Visible, and its window focused. */
import { type Reading, settle } from './engagement.ts';

/** The clocks when the page was first seen; undefined until then. A prerendered page is hidden until it is activated. */
export let firstSeen: Reading | undefined;

export const isSeen = (): boolean => !document.hidden;

/** Asks again; for the time before the tag ran the answer lies in the past. Focus inside one of our frames is not a blur. */
export const look = (seen = isSeen(), at?: number, patience?: number): void => {
  const clocks = settle(seen && document.hasFocus(), at, patience);
  if (seen) firstSeen ??= clocks;
};

/**
 * Replays what was seen before the tag ran, from navigation start. Browsers without `visibility-state` entries
 * (https://developer.mozilla.org/docs/Web/API/VisibilityStateEntry) are taken to have been as they are all along.
 */
export const replay = (): void => {
  const seen = performance.getEntriesByType('visibility-state');
  if (!seen[0]) look(isSeen(), 0);
  for (const { name, startTime } of seen) look(name > 'v', startTime, Infinity);
  look(isSeen(), performance.now(), Infinity);
};
