/** Who this kiosk is, as far as the disk remembers: enrolled, waiting for an answer to its code, or nobody yet. */
import type { EnrolmentAnswer } from '../../collector/wire.ts';
import { read, write } from './kit.ts';

/** `lost`: the collector no longer knows the device; only then is another code accepted. `since`: by this clock, for rotation. */
export type Identity = EnrolmentAnswer & { key: CryptoKey; lost: boolean; since: number };
/** A code on its way. Kept with its key, so that a lost answer or a power cut can be asked for again. */
export type Pending = { key: CryptoKey; publicKey: string; enrol?: string; provision?: string };
/** A key that is to take the place of the present one, until the collector has said yes. */
export type Next = { key: CryptoKey; publicKey: string };

export const readIdentity = (): Promise<Identity | undefined> => read('device');
export const readPending = (): Promise<Pending | undefined> => read('pending');
export const keepPending = (pending?: Pending): Promise<void> => write({ pending });
export const readNext = (): Promise<Next | undefined> => read('next');
export const keepNext = (next: Next): Promise<void> => write({ next });

/** One transaction: there is no moment with both, or with neither. */
export const keepIdentity = (device: Identity): Promise<void> => write({ device, pending: undefined, next: undefined });
