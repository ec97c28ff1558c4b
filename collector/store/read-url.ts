/** `new URL` without the throw. */

/** @returns null when the text is no absolute URL. */
export function readUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
