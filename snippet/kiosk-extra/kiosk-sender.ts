/** Sends the outbox: one request at a time, again and again until the collector has answered for everything. */
import type { Answer, Envelope } from '../../collector/wire.ts';
import { type Batch, MESSAGES, settle, takeBatch } from './batch.ts';
import { type Identity, keepIdentity, readIdentity } from './identity.ts';
import { kit, read as readKept, write as writeKept } from './kit.ts';
import { backoff, calm, type Posted } from './post.ts';
import { postSigned } from './signed.ts';
import { hasHeard, readingFor } from './times.ts';

/** How long a barred kiosk keeps silent. A new enrolment ends it. */
const BARRED = 15 * 60_000;
/** An opt-in refused for these was never one; for any other reason it is kept, and tried again. */
const FINAL = ['bad_address', 'no_box', 'box_ticked', 'id_conflict'];

/** Stamped and signed anew at each transmission. */
const write = async (batch: Batch): Promise<string> => {
  const about: Omit<Envelope, 'messages'> = {
    v: 1,
    site: kit.config.site ?? '',
    sentAt: await readingFor(batch),
    tag: __TAG__,
    boot: kit.boot,
    lost: batch.lost,
  };
  return `${JSON.stringify(about).slice(0, -1)},"messages":[${batch.entries.map(({ json }) => json)}]}`;
};

/** How often the hour is asked for before what waits goes without it. */
const DEAF = 5;
let deaf = 0;
let hear: () => Promise<unknown> = async () => {};
/** What an earlier page made is dated by the collector's hour: `ask` gets it. */
export const hearBy = (ask: () => Promise<unknown>): void => {
  hear = ask;
};

let notBefore = 0;
/** The collector asked for this silence; the network coming back does not end it. */
let ordered = false;
let timer = 0;
let wanted = false;
let running = false;
/** Messages in a request: halved when one as a whole was refused, to find which of them it was. */
let limit = MESSAGES;

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

/** What was refused, by index, and may be taken another day. */
const refusedOf = (answer: unknown): Set<number> => {
  const { rej = [] } = (answer ?? {}) as Partial<Answer>;
  return new Set(rej.filter(([, reason]) => !FINAL.includes(reason)).map(([index]) => index));
};

const take = async (
  batch: Batch,
  { reason_: reason, answer_: answer }: Extract<Posted, { outcome_: 'settled' }>,
): Promise<true> => {
  if (reason === 'ok') {
    limit = MESSAGES;
    await settle(batch, refusedOf(answer));
  } else if (batch.entries.length > 1) limit = Math.ceil(batch.entries.length / 2);
  // Refused alone and as a whole: an opt-in is put apart, anything else is given up.
  else await settle(batch, new Set([0]));
  return true;
};

export const bar = async (identity: Identity, reason: string): Promise<void> => {
  if (reason === 'unknown_device') {
    await keepIdentity({ ...identity, lost: true });
    kit.announce('enrolment', { ok: false, reason });
  }
  wait(BARRED, true);
};

/** Sends one batch; says whether there may be more to send now. */
const sendBatch = async (): Promise<boolean> => {
  const identity = await readIdentity();
  if (!identity || identity.lost) return false;
  const batch = await takeBatch(limit);
  if (!batch.entries.length) return false;
  if (batch.boot !== kit.boot && !(await hasHeard())) {
    await hear();
    if (!(await hasHeard()) && deaf++ < DEAF) return wait(backoff());
  }
  const posted = await postSigned(identity, await write(batch));
  if (posted.outcome_ === 'kept') return wait(Math.max(posted.waitMs_, backoff()), posted.waitMs_ > 0);
  calm();
  if (posted.outcome_ === 'settled') return take(batch, posted);
  await bar(identity, posted.reason_);
  return false;
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

/** A person waits for the answer. */
const PATIENCE = 8_000;

/** Sends one message now; says whether the collector has it. If not, it is forgotten: the person is told that it failed. */
export const deliver = async (key: string): Promise<boolean> => {
  // A request that is under way may still bring it.
  for (const end = performance.now() + PATIENCE; performance.now() < end || running; ) {
    if (performance.now() < end) flush();
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (!(await readKept(key))) return !(await readKept(`q${key.slice(1)}`));
  }
  await writeKept({ [key]: undefined });
  return false;
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
