/** Makes text from outside harmless to store and to show: no lone surrogates, no NUL or other controls, no direction tricks. */

// Controls, line separators, and the bidirectional marks that can make text read as something else.
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/** Clean, trimmed, at most `max` characters (code points are never cut in half). */
export function cleanText(text: string, max: number): string {
  const clean = text.toWellFormed().replace(UNSEEN, '').trim();
  return clean.length <= max
    ? clean
    : clean
        .slice(0, max)
        .toWellFormed()
        .replace(/\ufffd$/, '')
        .trimEnd();
}
