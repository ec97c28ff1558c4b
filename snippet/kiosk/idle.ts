/** The idle timer: a warning that any touch refuses, then the reset. */
import { announce } from './announce.ts';
import { idleSeconds } from './kiosk-settings.ts';

let timer = 0;

export const stopIdle = (): void => clearTimeout(timer);

/** @param gone milliseconds that are over already. */
export const restartIdle = (onIdle: () => void, gone = 0): void => {
  stopIdle();
  const seconds = idleSeconds();
  // A person needs time to say "I am still here": https://www.w3.org/WAI/WCAG22/Understanding/timing-adjustable
  const warning = Math.min(20, seconds / 2);
  timer = setTimeout(
    () => {
      announce('idle-warning', { seconds: warning });
      timer = setTimeout(onIdle, warning * 1000);
    },
    (seconds - warning) * 1000 - gone,
  );
};
