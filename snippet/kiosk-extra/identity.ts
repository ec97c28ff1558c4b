/** Who this kiosk is, as far as the disk remembers: enrolled, waiting for an answer to its code, or nobody yet. */
import type { EnrolmentAnswer } from '../../collector/wire.ts';
import { read, write } from './kit.ts';

/** `lost`: the collector no longer knows the device; only then is another code accepted. `since`: by this clock, for rotation. */
export type Identity = EnrolmentAnswer & { key: CryptoKey; lost: boolean; since: number };
/** A code on its way. Kept with its key, so that a lost answer or a power cut can be asked for again. */
export type Pending = { key: CryptoKey; publicKey: string; enrol?: string; provision?: string };
/** A key that is to take the place of the present one, until the collector has said yes. */
export type Next = { key: CryptoKey; publicKey: string };

/** As the first kiosks wrote it, some names shortened anew by each build: there is one key in it, and what is true is that it was lost. */
const readFirst = async (): Promise<Identity | undefined> => {
  const first = await read<EnrolmentAnswer>('identity');
  const values: unknown[] = Object.values(first ?? {});
  const key = values.find((value) => value instanceof CryptoKey);
  if (!first || !key) return undefined;
  const { device, kiosk, store } = first;
  const identity = { device, kiosk, store, seal: '', key, lost: values.includes(true), since: Date.now() };
  await write({ device: identity, identity: undefined });
  return identity;
};

export const readIdentity = async (): Promise<Identity | undefined> => (await read<Identity>('device')) ?? readFirst();
export const readPending = (): Promise<Pending | undefined> => read('pending');
export const keepPending = (pending?: Pending): Promise<void> => write({ pending });
export const readNext = (): Promise<Next | undefined> => read('next');
export const keepNext = (next: Next): Promise<void> => write({ next });

/** One transaction: there is no moment with both, or with neither. */
export const keepIdentity = (device: Identity): Promise<void> => write({ device, pending: undefined, next: undefined });
