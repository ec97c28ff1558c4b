/** Makes text from outside harmless to store and to show: no lone surrogates, no NUL or other controls, no direction tricks. */

// Controls U+0000–001F and U+007F–009F, and the bidirectional marks that can make text read as something else.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Clean, trimmed, at most `max` characters (code points are never cut in half). */
export function cleanText(text: string, max: number): string {
  const clean = text.toWellFormed().replace(UNSEEN, '').trim();
  return clean.length <= max
    ? clean
    : clean
        .slice(0, max)
        .toWellFormed()
        .replace(/\ufffd$/, '');
}
