/** The suggestion for a slip in an address: what is known is left alone, what is near is offered, what is far is nobody's business. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, suggest } from '../../snippet/optin-element/typo.ts';

test.each([
  ['ada@gmial.com', 'ada@gmail.com'],
  ['ada@gmail.con', 'ada@gmail.com'],
  ['Ada.L@GMAL.COM', 'Ada.L@gmail.com'],
  ['ada@oranje.fr', 'ada@orange.fr'],
  ['ada@hotmial.fr', 'ada@hotmail.fr'],
  ['ada@laposte.ne', 'ada@laposte.net'],
  ['ada@fre.fr', 'ada@free.fr'],
])('%s: perhaps %s', (typed, meant) => expect(suggest(typed)).toBe(meant));

test.each([
  'ada@gmail.com',
  'ada@sfr.fr',
  'ada@free.fr',
  'ada@maison-amarante.fr',
  'ada@univ-lyon2.fr',
  'ada',
  '@gmail.con',
  'a@b@gmail.con',
  '',
])('%s: nothing to say', (typed) => expect(suggest(typed)).toBeUndefined());

test('the distance is a metric, and the length of what was added', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(distance(a, b)).toBe(distance(b, a));
      expect(distance(a, b) === 0).toBe(a === b);
      expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      expect(distance(a, a + b)).toBe(b.length);
    }),
    { numRuns: 300 },
  );
});
