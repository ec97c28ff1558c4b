/** Patterns with stars, against the regular expression that means the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../collector/acquisition/glob.ts';

const asRegExp = (pattern: string) => new RegExp(`^${pattern.replace(/[.+?^$|()[\]{}\\/-]/g, '\\$&').replaceAll('*', '[^]*')}$`);

test('a pattern means what its regular expression means', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '.', '-'), maxLength: 8 });
  fc.assert(
    fc.property(piece, piece, (pattern, text) => {
      expect(matchesGlob(pattern, text)).toBe(asRegExp(pattern.toLowerCase()).test(text.toLowerCase()));
    }),
    { numRuns: 2_000 },
  );
});

test('no pattern makes it hang', () => {
  const began = performance.now();
  for (let i = 0; i < 50; i += 1) matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(120));
  expect(performance.now() - began).toBeLessThan(500);
});
