/** The two clocks of the glossary: foreground time, and active time, which stops 30 s after the last sign of life. */
const IDLE = 3e4;
/** The heartbeat comes every second; a longer silence was sleep, a freeze or a debugger, and nobody read meanwhile. */
const SLEEP = 9e3;

/** How much active and foreground time the page had at a moment of `performance.now()`. */
export type Reading = [at: number, active: number, foreground: number];

let inFront = false;
let last = 0;
let life = 0;
let active = 0;
let foreground = 0;

/** A sign of life, or the start of a view. */
export const live = ([at]: Reading): void => {
  life = at;
};

/**
 * Brings the clocks to a moment, from which on the page is in front, or not. `performance.now()` is monotonic: a wall clock
 * set to summer time adds no hour.
 */
export const settle = (front = inFront, at = performance.now(), patience = SLEEP): Reading => {
  if (inFront && at - last < patience) {
    foreground += at - last;
    active += Math.max(0, Math.min(at, life + IDLE) - last);
  }
  inFront = front;
  last = at;
  return [at, active, foreground];
};
