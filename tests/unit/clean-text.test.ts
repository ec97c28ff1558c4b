/** Text from outside: whatever comes in, what is kept is harmless, short enough, and stays the same when cleaned again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../collector/store/clean-text.ts';

const nasty = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      '\0',
      '\ud800',
      '\udc00',
      '\u202e',
      '\u2066',
      '\u200f',
      '\u061c',
      '\u2028',
      '\ufeff',
      '\ufffd',
      '😀',
      ' ',
      '\n',
      'a',
    ),
  ),
  maxLength: 60,
});
// Built from escapes, not copied from the code: controls, line separators, and everything Unicode calls a bidi control.
const HARMFUL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u;

test('no control, direction mark or half character is left, and nothing is longer than asked', () => {
  fc.assert(
    fc.property(nasty, fc.integer({ min: 1, max: 40 }), (text, max) => {
      const clean = cleanText(text, max);
      expect(clean.length).toBeLessThanOrEqual(max);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(HARMFUL);
      expect(clean).toBe(clean.trim());
      expect(cleanText(clean, max)).toBe(clean);
    }),
    { numRuns: 2_000 },
  );
});

test('ordinary text is kept as it is', () => {
  for (const text of ['Maison Amarante', 'naïve café', '日本語', 'שלום', '👩‍👩‍👧', '<b>"\'; DROP TABLE pageviews; --'])
    expect(cleanText(text, 100)).toBe(text);
  expect(cleanText('😀😀', 3)).toBe('😀');
});
