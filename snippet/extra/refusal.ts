/** `comptoir('measure', …)`: the core has stopped at once; here is the rest of it. */
import { box, isRefused, shared } from './core.ts';
import { mirror } from './durable.ts';
import { isKind, keysOf } from './kept.ts';
import { move, readPaths } from './paths.ts';

/** Nothing is measured, even where that cannot be remembered; what was and is not sent is forgotten. An opt-in was asked for by the person and stays. */
const forget = (): void => {
  shared.path_ = () => {};
  for (const key of keysOf(box)) if (!isKind(box[key], 'opt-in')) delete box[key];
  mirror();
};

export const measure = (measured: unknown): void => {
  if (measured === false) forget();
  // The end of a refusal makes no new visitor of one who never refused.
  else if (isRefused()) {
    delete localStorage.comptoir;
    readPaths();
    // The page in front counts from now, even if it is left before the next heartbeat.
    move();
  }
};
