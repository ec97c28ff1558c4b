/** The staff PIN, checked without a network: slow to compute, and slower to guess. It opens the panel and decrypts nothing. */
import type { StaffKit } from '../kiosk-extra/staff-press.ts';

/** Wrong ones before a pause, which doubles from then on. */
const FREE = 5;
const PAUSE = 60_000;
const LONGEST = 3_600_000;

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
const spell = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');

const hash = async (typed: string, salt: string, iterations: number): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(typed), 'PBKDF2', false, ['deriveBits']);
  return spell(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations }, key, 256));
};

type Tries = { wrong: number; until: number };

/** @returns `open`, `wrong`, or the seconds to wait: a restart ends no pause. */
export const tryPin = async (staff: StaffKit, typed: string): Promise<'open' | 'wrong' | number> => {
  const pin = staff.pin();
  const { wrong, until } = (await staff.read<Tries>('pin')) ?? { wrong: 0, until: 0 };
  const left = Math.min(until - Date.now(), LONGEST);
  if (left > 0) return Math.ceil(left / 1000);
  if (!pin) return 'wrong';
  // Counted before it is judged: a power cut in between is no further try.
  const next = wrong + 1;
  const pause = next < FREE ? 0 : Math.min(PAUSE * 2 ** (next - FREE), LONGEST);
  await staff.write({ pin: { wrong: next, until: pause ? Date.now() + pause : 0 } });
  if ((await hash(typed, pin.salt, pin.iterations)) !== pin.hash) return 'wrong';
  await staff.write({ pin: undefined });
  return 'open';
};
