/** The hash tree: RFC 6962's own numbers, and for any list every leaf's path leads to the root, and no other leaf's does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafOf, pathOf, rootBy, rootOf } from '../../collector/people/hash-tree.ts';

test('the root of nothing is the hash of nothing; leaves and nodes cannot be mistaken for each other', () => {
  expect(rootOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  // RFC 6962 test vectors (certificate-transparency): the leaf of the empty text.
  expect(leafOf('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(rootOf([leafOf('')])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
});

test('every leaf leads to the root by its own path and place only', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (texts, a, b) => {
      const leaves = texts.map(leafOf);
      const [i, j] = [a % leaves.length, b % leaves.length];
      const path = pathOf(leaves, i);
      const root = rootOf(leaves);
      expect(rootBy(leaves[i] ?? '', i, leaves.length, path)).toBe(root);
      if (i !== j) {
        expect(rootBy(leaves[j] ?? '', i, leaves.length, path)).not.toBe(root);
        expect(rootBy(leaves[i] ?? '', j, leaves.length, path)).not.toBe(root);
      }
      expect(rootBy(leaves[i] ?? '', i, leaves.length, [...path, root])).not.toBe(root);
      expect(rootBy(leaves[i] ?? '', leaves.length, leaves.length, path)).toBeNull();
    }),
  );
});
