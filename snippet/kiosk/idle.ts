/** The idle timer: a warning that any touch refuses, then the reset. */
import { config } from '../config.ts';
import { announce } from './announce.ts';

const seconds = Number(config.idle) || 45;
/** A person needs time to say "I am still here": https://www.w3.org/WAI/WCAG22/Understanding/timing-adjustable */
const warning = Math.min(20, seconds / 2);

let timer = 0;

export const stopIdle = (): void => clearTimeout(timer);

export const restartIdle = (onIdle: () => void): void => {
  stopIdle();
  timer = setTimeout(
    () => {
      announce('idle-warning', { seconds: warning });
      timer = setTimeout(onIdle, warning * 1000);
    },
    (seconds - warning) * 1000,
  );
};
