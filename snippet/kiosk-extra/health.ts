/** Every two minutes or so: how this kiosk is, against the collector's clock, its settings, and now and then another key. */
import type { Health, HealthAnswer } from '../../collector/wire.ts';
import { countWaiting, retryRefused } from './batch.ts';
import { makeDeviceKey } from './device-key.ts';
import { type Identity, keepIdentity, keepNext, readIdentity, readNext } from './identity.ts';
import { bar } from './kiosk-sender.ts';
import { kit, read, write } from './kit.ts';
import { postSigned } from './signed.ts';
import { noteClock } from './times.ts';

const EVERY = 120_000;
const DAY = 86_400_000;
/** A key is replaced after this: what was copied from a disk once is worth nothing later. */
const ROTATE = 30 * DAY;

/**
 * What the disk is worth, as it turned out: a marker that is a day old has survived a night. Until then, a kiosk that was started
 * with a secret in its address is one whose storage is wiped.
 */
const judgeStorage = async (): Promise<Health['health']['storage']> => {
  if (kit.memory?.()) return 'none';
  const disk = (await read<number>('disk')) ?? Date.now();
  await write({ disk });
  return Math.abs(Date.now() - disk) > DAY || !kit.codes.provision ? 'persistent' : 'resets';
};

/** The key that is to take the present one's place; the same until the collector has said yes. */
const nextKey = async ({ since }: Identity) => {
  // A clock that was set back is no reason to wait for years.
  if (Math.abs(Date.now() - since) < ROTATE) return undefined;
  const next = (await readNext()) ?? (await makeDeviceKey());
  await keepNext(next);
  return next;
};

const isAnswer = (answer: unknown): answer is HealthAnswer =>
  typeof answer === 'object' && answer !== null && 'now' in answer && 'seal' in answer;

/** Says it once; resolves to how many opt-ins of today the collector has, or undefined when it did not hear. */
export const sayHealth = async (): Promise<number | undefined> => {
  const identity = await readIdentity();
  if (!identity || identity.lost) return undefined;
  const next = await nextKey(identity);
  const asked = Date.now();
  const said: Health = {
    v: 1,
    site: kit.config.site ?? '',
    sentAt: asked,
    tag: __TAG__,
    boot: kit.boot,
    health: {
      ...(await countWaiting()),
      storage: await judgeStorage(),
      errors: kit.errors,
      test: kit.settings().settings.test === true,
    },
    settings: kit.settings().version,
    rotate: next?.publicKey,
  };
  const posted = await postSigned(identity, JSON.stringify(said));
  if (posted.outcome_ === 'barred') await bar(identity, posted.reason_);
  if (posted.outcome_ !== 'settled' || !isAnswer(posted.answer_)) return undefined;
  const { now, seal, settings, version, device, today = 0 } = posted.answer_;
  await noteClock(now, (asked + Date.now()) / 2);
  if (device && next) await keepIdentity({ ...identity, device, key: next.key, seal, since: Date.now() });
  else if (seal !== identity.seal) await keepIdentity({ ...identity, seal });
  if (settings) kit.settle(settings, version);
  return today;
};

/** Opt-ins that were refused are tried again once a day. */
const retryDaily = async (): Promise<void> => {
  const last = (await read<number>('retried')) ?? 0;
  if (Math.abs(Date.now() - last) < DAY) return;
  await write({ retried: Date.now() });
  await retryRefused();
};

/** From now on. Never rejects; a fifth of chance, so that a shop's screens do not speak at once. */
export const keepSaying = async (flush: () => unknown): Promise<void> => {
  try {
    await retryDaily();
    await sayHealth();
  } catch {
    // The disk refused, or the key could not be made: next time.
  }
  flush();
  setTimeout(() => keepSaying(flush), EVERY * (0.9 + Math.random() / 5));
};
