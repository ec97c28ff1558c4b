/** Local storage that may be missing, blocked or full: it throws in sandboxed frames and on a full disk. */
export const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** Writes, or removes when there is nothing to write. */
export const write = (key: string, value?: string): void => {
  try {
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
  } catch {}
};
