/** The exposure: this screen shown with nobody touching it, from a load or a reset until the first touch. */
import type { Message } from '../../collector/wire.ts';
import { describe } from './about.ts';
import { keep } from './kiosk-outbox.ts';
import { flush } from './network.ts';
import { shown } from './screens.ts';

/** A screen that somebody touches within this was not waiting for anybody. */
const WAITED = 5_000;

type Exposure = Extract<Message, { kind: 'exposure' }>;
let exposure: Exposure | undefined;
let since = 0;
let timer = 0;

/** Written once when it has begun to count, and once more when it ends; both are states of one message. */
const write = (): Promise<void> => {
  if (!exposure) return Promise.resolve();
  exposure.shownMs = Math.min(Math.round(performance.now() - since), 86_400_000);
  return keep([exposure]);
};

export const beginExposure = (): void => {
  since = performance.now();
  const about = describe(shown);
  clearTimeout(timer);
  timer = setTimeout(() => {
    exposure = { kind: 'exposure', ...about };
    write().then(flush, () => {});
  }, WAITED);
};

export const endExposure = (): void => {
  clearTimeout(timer);
  write().catch(() => {});
  exposure = undefined;
};
