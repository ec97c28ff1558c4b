/** Enrolment: the code from the address against a device name, by POST, with a key that never leaves this browser. */
import type { Enrolment, EnrolmentAnswer } from '../../collector/wire.ts';
import { config } from '../config.ts';
import { announce } from './announce.ts';
import { makeDeviceKey } from './device-key.ts';
import { enrolCode } from './enrol-code.ts';
import { keepIdentity, keepPending, type Pending, readIdentity, readPending } from './identity.ts';
import { backoff, calm, post } from './post.ts';

const isDevice = (answer: unknown): answer is EnrolmentAnswer =>
  typeof answer === 'object' && answer !== null && 'device' in answer;

/** Asks until the collector itself says yes or no; the same key may ask again with the same code. */
const exchange = async (pending: Pending): Promise<boolean> => {
  const { key_, publicKey_, code_ } = pending;
  const asked: Enrolment = { v: 1, site: config.site ?? '', enrol: code_, publicKey: publicKey_ };
  const posted = await post(JSON.stringify(asked));
  if (posted.outcome_ === 'kept') {
    await new Promise((resolve) => setTimeout(resolve, Math.max(posted.waitMs_, backoff())));
    return exchange(pending);
  }
  calm();
  if (posted.outcome_ === 'settled' && isDevice(posted.answer_)) {
    const { device, kiosk, store } = posted.answer_;
    await keepIdentity({ device, kiosk, store, key_, lost_: false });
    announce('enrolment', { ok: true, kiosk, store });
    return true;
  }
  await keepPending();
  announce('enrolment', { ok: false, reason: posted.reason_ });
  return false;
};

/** Says whether this kiosk may send now. A kiosk that is enrolled ignores a code, unless the collector no longer knows it. */
export const enrol = async (): Promise<boolean> => {
  const identity = await readIdentity();
  if (enrolCode && (!identity || identity.lost_)) await keepPending({ ...(await makeDeviceKey()), code_: enrolCode });
  const pending = await readPending();
  if (pending) return exchange(pending);
  const known = identity && !identity.lost_;
  announce(
    'enrolment',
    known
      ? { ok: true, kiosk: identity.kiosk, store: identity.store }
      : { ok: false, reason: identity ? 'unknown_device' : 'not_enrolled' },
  );
  return Boolean(known);
};
