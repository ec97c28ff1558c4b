/** `new URL` as a value; parsed once, as nearly every URL is good. */

/** @returns null when the text is no absolute URL. */
export function readUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
