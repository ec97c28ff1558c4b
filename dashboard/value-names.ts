/** How values of dimensions are called on screen, and which values a typed name means. */
import { type Dimension, NONE } from '../collector/report/dimensions.ts';
import type { Condition, Filter, Operator } from '../collector/report/filters/filter.ts';
import type { Language, Words } from '../collector/report/metric.ts';
import { CLOSED, commonWords, valueWords } from './text/values.ts';
import type { Ui } from './ui.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** Every code of two letters: countries and languages are some of them. */
const CODES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));
/** Old codes have the names of new ones: `DD` was a part of what is `DE` now. */
const isCurrent = (code: string, asRegion: boolean): boolean => {
  const tag = asRegion ? `und-${code}` : code;
  return Intl.getCanonicalLocales(tag)[0] === tag;
};
const NAMERS = new Map<string, Intl.DisplayNames>();

const own = (names: Record<string, Words> | undefined, value: string): Words | null =>
  names && Object.hasOwn(names, value) ? (names[value] ?? null) : null;

/** Making one takes milliseconds; there are four. */
function namerOf(language: Language, type: 'region' | 'language'): Intl.DisplayNames {
  const found = NAMERS.get(language + type);
  if (found) return found;
  const made = new Intl.DisplayNames(language, { type, fallback: 'none' });
  NAMERS.set(language + type, made);
  return made;
}

/** What the language itself calls a country or a language; null for any other text. */
function codeName(language: Language, dimension: string, value: string): string | null {
  const type = dimension === 'country' ? 'region' : dimension === 'language' ? 'language' : null;
  if (type === null || !/^[a-z]{2}$/i.test(value)) return null;
  const name = namerOf(language, type).of(value);
  return name ? name.charAt(0).toLocaleUpperCase(language) + name.slice(1) : null;
}

export function nameOf(ui: Ui, dimension: string, value: string): string {
  const words = own(Object.hasOwn(valueWords, dimension) ? valueWords[dimension] : undefined, value) ?? own(commonWords, value);
  return words ? ui.say(words) : (codeName(ui.language, dimension, value) ?? value);
}

/** Whether a dimension's values are shown under other names than they are ordered by. */
export const isClosed = (dimension: Dimension): boolean => CLOSED.includes(dimension.name);

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

/** Values with a name of ours that fits. */
function valuesNamed(ui: Ui, { name: dimension }: Dimension, fits: (name: string) => boolean): string[] {
  const isCountry = dimension === 'country';
  const codes = isCountry ? CODES.map((c) => c.toUpperCase()) : dimension === 'language' ? CODES : [];
  const named = codes.filter((code) => isCurrent(code, isCountry) && codeName(ui.language, dimension, code) !== null);
  const worded = Object.hasOwn(valueWords, dimension) ? Object.keys(valueWords[dimension] ?? {}) : [];
  return [...new Set([...worded, NONE, ...named])].filter((value) => fits(fold(nameOf(ui, dimension, value))));
}

/** One of the values, or, where that is the shorter list, none of the others: no list is too long to be asked for. */
function oneOf(ui: Ui, dimension: Dimension, values: string[]): Condition {
  const others = valuesNamed(ui, dimension, () => true).filter((value) => !values.includes(value));
  return values.length <= others.length || others.length === 0
    ? { op: 'is', dimension, values, ignoresCase: false }
    : { op: 'is_not', dimension, values: others, ignoresCase: false };
}

/** Values whose names contain a text. Names of ours are looked through in the reader's language, texts of the site as they are. */
export function containing(ui: Ui, dimension: Dimension, text: string): Filter {
  const values = valuesNamed(ui, dimension, (name) => name.includes(fold(text)));
  if (isClosed(dimension)) return oneOf(ui, dimension, values.length > 0 ? values : [text]);
  const plain: Filter = { op: 'contains', dimension, values: [text], ignoresCase: true };
  return values.length === 0 ? plain : { op: 'or', of: [plain, oneOf(ui, dimension, values)] };
}

/** The condition that somebody means who chose an operator and typed a text. */
export function typedFilter(ui: Ui, dimension: Dimension, op: Operator, text: string): Filter {
  if (op === 'contains') return containing(ui, dimension, text);
  if (op === 'contains_not') return { op: 'not', of: containing(ui, dimension, text) };
  const named = op === 'matches_wildcard' ? [] : valuesNamed(ui, dimension, (name) => name === fold(text));
  return { op, dimension, values: named.length > 0 ? named : [text], ignoresCase: false };
}
