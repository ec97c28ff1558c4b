/** SHA-256 of a text. */
import { createHash } from 'node:crypto';

/** In hex: of tokens that are only ever compared, of texts, and of ledger rows. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
