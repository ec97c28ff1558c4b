/** Filters in addresses: whatever they say, text and filter are the same thing; whatever a stranger types is a filter or a sentence. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FILTER_LIMITS, filterToJson } from '../../collector/report/filters/filter.ts';
import { filtersFromText, filtersToText } from '../../collector/report/filters/filter-text.ts';
import { readFilters } from '../../collector/report/filters/read-filters.ts';
import { isProblem } from '../../collector/report/problem.ts';

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ',', ';', '\\', '(', ')', 'or(', 'not', '~', 'is,page,/a'),
);
const condition = fc
  .tuple(
    fc.constantFrom('is', 'is_not', 'contains', 'contains_not', 'matches_wildcard'),
    fc.constantFrom('page', 'source', 'store', 'prop:a,b', 'prop:;)'),
    fc.array(value, { minLength: 1, maxLength: 3 }),
    fc.constantFrom([], [{ case_sensitive: false }]),
  )
  .map(([op, name, values, options]): unknown => [op, name, values, ...options]);
const nested = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    condition,
    fc.tuple(fc.constantFrom('and', 'or'), fc.array(inner, { minLength: 1, maxLength: 3 })),
    inner.map((one) => ['not', one]),
  );
const filters = fc.array(nested(nested(condition)), { maxLength: 4 });

test('any filters survive being written into an address and read again', () => {
  fc.assert(
    fc.property(filters, (raw) => {
      const read = readFilters(raw);
      if (isProblem(read)) throw new Error(read.detail);
      const text = new URLSearchParams(new URLSearchParams({ f: filtersToText(read) }).toString()).get('f') ?? '';
      const again = filtersFromText(text);
      if (isProblem(again)) throw new Error(`${text}: ${again.detail}`);
      expect(again.map(filterToJson)).toEqual(read.map(filterToJson));
      expect(filtersToText(again)).toBe(filtersToText(read));
    }),
  );
});

test('any text is filters or a problem that says so in both languages', () => {
  const scraps = fc.array(fc.constantFrom('is', 'or(', ')', ',', ';', '\\', 'page', '/a', 'not(', '~', 'contains'), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        scraps.map((all) => all.join('')),
      ),
      (text) => {
        const read = filtersFromText(text);
        if (isProblem(read)) expect([read.field, read.detail !== '', read.detail_fr !== '']).toEqual(['filters', true, true]);
        else expect(filtersFromText(filtersToText(read))).toEqual(read);
      },
    ),
  );
  const codeOf = (text: string) => {
    const read = filtersFromText(text);
    return isProblem(read) ? read.code : 'fine';
  };
  expect(codeOf('is,page,/a')).toBe('fine');
  expect(codeOf('is,nothing,/a')).toBe('unknown_dimension');
  expect(codeOf('is,time:day,2026-01-01')).toBe('not_filterable');
  expect(codeOf('is,page')).toBe('bad_filter');
  expect(codeOf('or(is,page,/a')).toBe('bad_filter');
  expect(codeOf('not('.repeat(20_000))).toBe('bad_filter');
  expect(codeOf(`is,page${',/a'.repeat(FILTER_LIMITS.values)},/b`)).toBe('fine');
  expect(codeOf(Array.from({ length: FILTER_LIMITS.conditions + 1 }, () => 'is,page,/a').join(';'))).toBe('too_many_filters');
});
