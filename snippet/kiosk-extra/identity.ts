/** Who this kiosk is, as far as the disk remembers: enrolled, waiting for an answer to its code, or nobody yet. */
import type { EnrolmentAnswer } from '../../collector/wire.ts';
import { readKept, writeKept } from './kiosk-database.ts';

/** `lost_`: the collector no longer knows the device; only then is another code accepted. */
export type Identity = EnrolmentAnswer & { key_: CryptoKey; lost_: boolean };
/** A code on its way. Kept with its key, so that a lost answer or a power cut can be asked for again. */
export type Pending = { key_: CryptoKey; publicKey_: string; code_: string };

const IDENTITY = 'identity';
const PENDING = 'pending';

export const readIdentity = (): Promise<Identity | undefined> => readKept(IDENTITY);
export const readPending = (): Promise<Pending | undefined> => readKept(PENDING);
export const keepPending = (pending?: Pending): Promise<void> => writeKept({ [PENDING]: pending });

/** One transaction: there is no moment with both, or with neither. */
export const keepIdentity = (identity: Identity): Promise<void> => writeKept({ [IDENTITY]: identity, [PENDING]: undefined });
