/** Sends the outbox: signed, one request at a time, again and again until the collector has answered for everything. */
import type { Envelope, SignedEnvelope } from '../../collector/wire.ts';
import { config } from '../config.ts';
import { announce } from './announce.ts';
import { sign } from './device-key.ts';
import { type Identity, keepIdentity, readIdentity } from './identity.ts';
import { transact } from './kiosk-database.ts';
import { type Batch, settle, takeBatch } from './kiosk-outbox.ts';
import { backoff, calm, post } from './post.ts';

/** How long a barred kiosk keeps silent. A new enrolment ends it. */
const BARRED = 15 * 60_000;

/** Strictly increasing, over restarts and power cuts too: raised on the disk before it is used. */
const nextSequence = (): Promise<number> =>
  transact(
    'readwrite',
    (store) => {
      const request = store.get('sequence');
      let next = 1;
      request.onsuccess = () => {
        next = (Number(request.result) || 0) + 1;
        store.put(next, 'sequence');
      };
      return () => next;
    },
    true,
  );

/** Stamped and signed anew at each transmission: only the difference of two readings of one clock dates a message. */
const seal = async ({ entries_, lost_ }: Batch, { device, key_ }: Identity): Promise<string> => {
  const about: Omit<Envelope, 'messages'> = { v: 1, site: config.site ?? '', sentAt: Date.now(), tag: __TAG__, lost: lost_ };
  const body = `${JSON.stringify(about).slice(0, -1)},"messages":[${entries_.map(([, json]) => json)}]}`;
  const sequence = await nextSequence();
  const signed: SignedEnvelope = { v: 1, device, sequence, signature: await sign(key_, `${device}.${sequence}.${body}`), body };
  return JSON.stringify(signed);
};

let notBefore = 0;
/** The collector asked for this silence; the network coming back does not end it. */
let ordered = false;
let timer = 0;
let wanted = false;
let running = false;

const later = (ms: number): void => {
  clearTimeout(timer);
  timer = setTimeout(flush, ms);
};

const wait = (ms: number, byCollector = false): false => {
  ordered = byCollector;
  notBefore = performance.now() + ms;
  later(ms);
  return false;
};

/** Sends one batch; says whether there may be more to send now. */
const sendBatch = async (): Promise<boolean> => {
  const identity = await readIdentity();
  if (!identity || identity.lost_) return false;
  const batch = await takeBatch();
  if (!batch.entries_.length) return false;
  const posted = await post(await seal(batch, identity));
  if (posted.outcome_ === 'kept') return wait(Math.max(posted.waitMs_, backoff()), posted.waitMs_ > 0);
  calm();
  if (posted.outcome_ === 'settled') {
    await settle(batch);
    return true;
  }
  if (posted.reason_ === 'unknown_device') {
    await keepIdentity({ ...identity, lost_: true });
    announce('enrolment', { ok: false, reason: posted.reason_ });
  }
  return wait(BARRED, true);
};

/** Every message of the outbox, opt-ins first; one sender at a time, over all windows of the kiosk. */
export const flush = async (): Promise<void> => {
  wanted = true;
  if (running) return;
  const left = notBefore - performance.now();
  if (left > 0) return later(left);
  running = true;
  try {
    await navigator.locks.request('comptoir-kiosk', { ifAvailable: true }, async (lock) => {
      if (!lock) return wait(BARRED / 30);
      while (wanted) {
        wanted = false;
        while (await sendBatch());
        if (performance.now() < notBefore) return false;
      }
      return true;
    });
  } catch {
    // The disk refused: what it holds it still holds.
    wait(backoff());
  }
  running = false;
  // Asked for again while the lock was being given back.
  if (wanted && performance.now() >= notBefore) flush();
};

/** Enrolled again: earlier silence no longer counts. */
export const resume = (): void => {
  notBefore = 0;
  calm();
  flush();
};

/** The network says it is back. All screens of a shop hear that at once, so each waits a little of its own. */
export const hurry = (): void => {
  if (ordered && performance.now() < notBefore) return;
  notBefore = 0;
  later(Math.random() * 10_000);
};
