/** The staff PIN of a store's kiosks. */
import { pbkdf2Sync } from 'node:crypto';
import type { KioskSettings } from '../wire.ts';

const ITERATIONS = 100_000;
/** A staff PIN as the kiosk checks it without a network: slow to guess, and it opens the staff panel only. */
export function hashPin(pin: string, random: (bytes: number) => Uint8Array): NonNullable<KioskSettings['pin']> {
  const salt = Buffer.from(random(16));
  const hash = pbkdf2Sync(pin, salt, ITERATIONS, 32, 'sha256').toString('base64url');
  return { salt: salt.toString('base64url'), hash, iterations: ITERATIONS };
}
