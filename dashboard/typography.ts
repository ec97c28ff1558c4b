/** Spaces and quotes as a French or an English reader expects them, so that texts can be written plainly in the source. */
import type { Language } from '../collector/report/metric.ts';

const THIN = '\u202f';
const NO_BREAK = '\u00a0';

/**
 * Only touches spaces and apostrophes that are already there, so addresses, times and code stay as they are.
 *
 * @see https://fr.wikipedia.org/wiki/Espace_insécable#En_France
 */
export function setType(text: string, language: Language): string {
  const curly = text.replace(/(?<=[\p{L}\d])'/gu, '’').replace(/(?<=\d) (?=[\p{L}%])/gu, NO_BREAK);
  if (language === 'en') return curly.replace(/(?<=\d)\u00a0%/g, '%');
  return curly.replace(/[ \u00a0](?=[;:?!%»])/g, THIN).replace(/« /g, `«${THIN}`);
}
