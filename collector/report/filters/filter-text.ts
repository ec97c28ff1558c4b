/**
 * Filters as a short text, for addresses that people share: `is,page,/a,/b;contains~,source,goo`. `;` joins filters that must all
 * hold, `or(…;…)`, `and(…;…)` and `not(…)` nest them, `~` after an operator ignores case, and `\` makes the next sign plain text.
 */
import { type Problem, problem } from '../problem.ts';
import { FILTER_LIMITS, type Filter } from './filter.ts';
import { readFilters } from './read-filters.ts';

const spell = (text: string): string => text.replaceAll(/[\\,;()]/g, '\\$&');

function toText(f: Filter): string {
  if (f.op === 'and' || f.op === 'or') return `${f.op}(${f.of.map(toText).join(';')})`;
  if (f.op === 'not') return `not(${toText(f.of)})`;
  return [f.op + (f.ignoresCase ? '~' : ''), f.dimension.name, ...f.values].map(spell).join(',');
}

export const filtersToText = (filters: readonly Filter[]): string => filters.map(toText).join(';');

/** A sign of the grammar, or text with its escapes taken off. */
type Token = { sign: string } | { text: string };

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let plain: string | null = null;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] ?? '';
    if (',;()'.includes(c)) {
      if (plain !== null) tokens.push({ text: plain });
      plain = null;
      tokens.push({ sign: c });
    } else if (c === '\\') {
      const next = text[++i];
      if (next === undefined) return null;
      plain = (plain ?? '') + next;
    } else plain = (plain ?? '') + c;
  }
  if (plain !== null) tokens.push({ text: plain });
  return tokens;
}

/** Reads the raw filters up to a closing sign; null where the grammar is broken. Names and bounds are checked afterwards. */
function parse(tokens: readonly Token[]): unknown[] | null {
  let at = 0;
  const sign = () => {
    const token = tokens[at];
    return token && 'sign' in token ? token.sign : null;
  };
  const text = () => {
    const token = tokens[at];
    if (!token || 'sign' in token) return '';
    at += 1;
    return token.text;
  };
  function list(depth: number): unknown[] | null {
    const found: unknown[] = [];
    for (;;) {
      const one = filter(depth);
      if (one === null) return null;
      found.push(one);
      if (sign() !== ';') return found;
      at += 1;
    }
  }
  function filter(depth: number): unknown[] | null {
    if (depth > FILTER_LIMITS.depth) return null;
    const op = text();
    if (sign() === '(') {
      at += 1;
      const of = list(depth + 1);
      if (of === null || sign() !== ')') return null;
      at += 1;
      return op === 'not' ? (of.length === 1 ? ['not', of[0]] : null) : [op, of];
    }
    const parts: string[] = [];
    while (sign() === ',') {
      at += 1;
      parts.push(text());
    }
    const [name, ...values] = parts;
    if (name === undefined || values.length === 0) return null;
    return op.endsWith('~') ? [op.slice(0, -1), name, values, { case_sensitive: false }] : [op, name, values];
  }
  const all = list(1);
  return at === tokens.length ? all : null;
}

/** @returns the filters of a text, none for an empty one; a problem says what is wrong, in words for people. */
export function filtersFromText(text: string): Filter[] | Problem {
  if (text === '') return [];
  const tokens = tokensOf(text);
  const raw = tokens && parse(tokens);
  const read = raw === null ? null : readFilters(raw);
  if (read === null)
    return problem('bad_filter', 'filters', {
      fr: "Un filtre s'écrit « is,page,/a » ; plusieurs se séparent par « ; ».",
      en: 'A filter is written “is,page,/a”; several are separated by “;”.',
    });
  return read;
}
