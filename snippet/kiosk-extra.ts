/**
 * `kiosk.x.js`: what a kiosk does when it can be heard. Enrolment, sending, word of its health, the dashboard's settings and texts,
 * the warning before a reset, and the way to the staff panel. Loaded by `kiosk.js`, which keeps everything until it is there.
 */
import type { StartExtra } from './kiosk/kit.ts';
import { enrol } from './kiosk-extra/enrolment.ts';
import { keepSaying, sayHealth } from './kiosk-extra/health.ts';
import { watchIdle } from './kiosk-extra/idle-warning.ts';
import { deliver, flush, hearBy, hurry, resume } from './kiosk-extra/kiosk-sender.ts';
import { kit, takeKit } from './kiosk-extra/kit.ts';
import { watchStaff } from './kiosk-extra/staff-press.ts';
import { watchTest } from './kiosk-extra/test-mode.ts';
import { watchTexts } from './kiosk-extra/texts.ts';

export const start: StartExtra = (given) => {
  takeKit(given);
  watchTexts();
  watchIdle();
  watchStaff();
  watchTest();
  hearBy(sayHealth);
  addEventListener('online', hurry);
  enrol().then(
    // First the hour, then what is dated by it.
    (may) => {
      if (may) keepSaying(resume);
    },
    () => kit.announce('enrolment', { ok: false, reason: 'storage' }),
  );
  return { flush, deliver };
};
