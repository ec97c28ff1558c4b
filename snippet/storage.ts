/** Local storage that may be missing, blocked or full: it throws in sandboxed frames and on a full disk. */
import { config } from './config.ts';

/** A person's own refusal is remembered even where nothing else may be stored. */
export const REFUSED = '0';

/** Writes what is given, removes when it is empty, and says what is there now: nothing when writing failed. */
export const store = (key: string, value?: string): string | undefined => {
  try {
    if (value && (config.storage !== 'none' || value === REFUSED)) localStorage.setItem(key, value);
    if (value === '') localStorage.removeItem(key);
    return localStorage.getItem(key) ?? undefined;
  } catch {}
};
