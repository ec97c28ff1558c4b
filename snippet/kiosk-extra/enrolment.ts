/** Enrolment: the code or secret from the address against a device name, by POST, with a key that never leaves this browser. */
import type { Enrolment, EnrolmentAnswer } from '../../collector/wire.ts';
import { makeDeviceKey } from './device-key.ts';
import { keepIdentity, keepPending, type Pending, readIdentity, readPending } from './identity.ts';
import { kit } from './kit.ts';
import { backoff, calm, post } from './post.ts';

const isDevice = (answer: unknown): answer is EnrolmentAnswer =>
  typeof answer === 'object' && answer !== null && 'device' in answer;

/** Asks until the collector itself says yes or no; the same key may ask again with the same code. */
const exchange = async (pending: Pending): Promise<boolean> => {
  const { key, publicKey, enrol, provision } = pending;
  const asked: Enrolment = { v: 1, site: kit.config.site ?? '', enrol, provision, publicKey };
  const posted = await post(JSON.stringify(asked));
  if (posted.outcome_ === 'kept') {
    await new Promise((resolve) => setTimeout(resolve, Math.max(posted.waitMs_, backoff())));
    return exchange(pending);
  }
  calm();
  if (posted.outcome_ === 'settled' && isDevice(posted.answer_)) {
    const { device, kiosk, store, seal } = posted.answer_;
    await keepIdentity({ device, kiosk, store, seal, key, lost: false, since: Date.now() });
    kit.announce('enrolment', { ok: true, kiosk, store });
    return true;
  }
  await keepPending();
  kit.announce('enrolment', { ok: false, reason: posted.reason_ });
  return false;
};

/** Says whether this kiosk may send now. A kiosk that is enrolled ignores a code, unless the collector no longer knows it. */
export const enrol = async (): Promise<boolean> => {
  const identity = await readIdentity();
  const { enrol: code, provision } = kit.codes;
  if ((code || provision) && (!identity || identity.lost)) {
    // A page that starts again before the answer came asks with the key it asked with before.
    const before = await readPending();
    const same = before && before.enrol === code && before.provision === provision;
    if (!same) await keepPending({ ...(await makeDeviceKey()), ...(code ? { enrol: code } : { provision: provision ?? '' }) });
  }
  const pending = await readPending();
  if (pending) return exchange(pending);
  const known = identity && !identity.lost;
  kit.announce(
    'enrolment',
    known
      ? { ok: true, kiosk: identity.kiosk, store: identity.store }
      : { ok: false, reason: identity ? 'unknown_device' : 'not_enrolled' },
  );
  return Boolean(known);
};
