/** Questions from outside: whatever a body says, it is a query or a problem that names its field, and never an exception. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIMENSIONS } from '../../collector/report/dimensions.ts';
import { matchNames } from '../../collector/report/filters/match.ts';
import { wildcard } from '../../collector/report/filters/wildcard.ts';
import { METRICS } from '../../collector/report/metrics.ts';
import { isProblem, readQuery } from '../../collector/report/query.ts';

const FIELDS = [
  ...['site', 'metrics', 'date_range', 'dimensions', 'filters', 'compare', 'match_weekdays', 'order_by', 'limit', 'offset'],
  ...['source', 'body'],
];
const isFair = (body: unknown): void => {
  const read = readQuery(body);
  if (!isProblem(read)) return;
  expect(read.code).toMatch(/^[a-z_]+$/);
  expect(read.detail.length).toBeGreaterThan(5);
  expect(read.detail_fr.length).toBeGreaterThan(5);
  expect(read.detail.isWellFormed() && read.detail_fr.isWellFormed() && read.field.isWellFormed()).toBe(true);
  expect(read.detail.length).toBeLessThan(1_500);
  if (read.code !== 'unknown_field') expect(FIELDS).toContain(read.field);
};

test('any JSON at all', () => {
  fc.assert(fc.property(fc.jsonValue(), isFair), { numRuns: 300 });
});

const name = fc.oneof(
  fc.constantFrom(
    ...METRICS.map((m) => m.name),
    ...DIMENSIONS.map((d) => d.name),
    'prop:format',
    'prop:',
    '__proto__',
    'toString',
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const anything = fc.jsonValue({ maxDepth: 2 });
const some = <T>(wanted: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: wanted }, { weight: 1, arbitrary: anything });
const condition = fc.tuple(some(fc.constantFrom('is', 'contains_not', 'matches_wildcard')), some(name), some(fc.array(name)));
const nested = fc.oneof(
  condition,
  fc.tuple(fc.constantFrom('and', 'or'), fc.array(condition)),
  fc.tuple(fc.constant('not'), condition),
);
const body = fc.record(
  {
    metrics: some(fc.array(name, { maxLength: 4 })),
    date_range: some(
      fc.oneof(fc.constantFrom('7d', 'all', 'day'), fc.tuple(name, name), fc.constant(['2026-10-01', '2026-10-03'])),
    ),
    dimensions: some(fc.array(name, { maxLength: 3 })),
    filters: some(fc.array(nested, { maxLength: 3 })),
    compare: some(fc.constantFrom('year', 'previous_period', null)),
    match_weekdays: some(fc.boolean()),
    order_by: some(fc.array(fc.tuple(name, fc.constantFrom('asc', 'desc')))),
    limit: some(fc.integer()),
    offset: some(fc.double()),
    source: some(fc.constantFrom('auto', 'raw')),
  },
  { requiredKeys: ['metrics'] },
);

test('bodies that are nearly right', () => {
  fc.assert(fc.property(body, isFair), { numRuns: 1_000 });
});

const deep = (levels: number): unknown => {
  let filter: unknown = ['is', 'page', ['/']];
  for (let i = 0; i < levels; i += 1) filter = ['not', filter];
  return filter;
};
const ask = (more: Record<string, unknown>) => readQuery({ metrics: ['visits'], ...more });
const is = (n: number) => Array.from({ length: n }, (_, i) => ['is', 'page', [`/${i}`]]);

describe('filters', () => {
  test.each([
    ['1,000 filters', is(1_000), 'too_many_filters'],
    ['1,000 in a group', [['or', is(1_000)]], 'too_many_filters'],
    [
      '60 in two groups',
      [
        ['or', is(30)],
        ['and', is(30)],
      ],
      'too_many_filters',
    ],
    ['1,000 values', [['is', 'page', Array.from({ length: 1_000 }, (_, i) => `/${i}`)]], 'too_many_filters'],
    ['a filter 5 levels deep', [deep(5)], 'too_many_filters'],
    ['a filter 10,000 levels deep', [deep(10_000)], 'too_many_filters'],
    ['a value of 1 MB', [['is', 'page', ['x'.repeat(1_048_576)]]], 'too_long'],
    ['no value', [['is', 'page', []]], 'bad_filter'],
    ['an empty group', [['or', []]], 'bad_filter'],
    ['an unknown operator', [['matches_regex', 'page', ['(a+)+$']]], 'bad_filter'],
    ['a filter on time', [['is', 'time:day', ['2026-10-01']]], 'not_filterable'],
    ['a number', [3], 'bad_filter'],
    ['an unknown option', [['is', 'page', ['/'], { caseSensitive: false }]], 'bad_filter'],
    ['a dimension that turns text around', [['is', 'page\u202egnp.exe', ['/']]], 'unknown_dimension'],
  ])('%s: %#', (_, filters, code) => {
    expect(ask({ filters })).toMatchObject({ code, field: 'filters' });
  });

  test('names in a problem carry nothing that a screen would obey', () => {
    const read = ask({ dimensions: ['a\u202eb\u0000c\ud800'] });
    if (!isProblem(read)) throw new Error('read');
    expect(read.detail).toContain('“abc');
    for (const sign of ['\u202e', '\u0000', '\ud800']) expect(read.detail).not.toContain(sign);
  });

  test('a problem does not repeat a long text', () => {
    const read = ask({ compare: 'x'.repeat(60_000) });
    expect(isProblem(read) && read.detail.length).toBeLessThan(500);
  });

  test.each([50, 1])('%i conditions are fine', (n) => {
    expect(isProblem(ask({ filters: is(n) }))).toBe(false);
    expect(isProblem(ask({ filters: [deep(3)] }))).toBe(false);
  });
});

test.each([
  [{ metric: ['visits'] }, 'unknown_field', 'metric'],
  [{ site_id: 'x' }, 'unknown_field', 'site_id'],
  [{ metrics: ['visits', 'visits'] }, 'asked_twice', 'metrics'],
  [{ metrics: ['engagement_score'] }, 'unknown_metric', 'metrics'],
  [{ dimensions: ['page', 'page'] }, 'asked_twice', 'dimensions'],
  [{ dimensions: ['page', 'source', 'os'] }, 'bad_query', 'dimensions'],
  [{ dimensions: ['prop:'] }, 'unknown_dimension', 'dimensions'],
  [{ dimensions: ['prop: x'] }, 'unknown_dimension', 'dimensions'],
  [{ date_range: ['0000-01-01', '2026-01-01'] }, 'impossible_date', 'date_range'],
  [{ date_range: ['2026-01-01', '9999-12-31'] }, 'impossible_date', 'date_range'],
  [{ date_range: ['2026-02-29', '2026-03-01'] }, 'impossible_date', 'date_range'],
  [{ order_by: [['pageviews', 'desc']] }, 'not_asked', 'order_by'],
  [{ order_by: [['visits', 'down']] }, 'bad_query', 'order_by'],
  [{ match_weekdays: 'yes' }, 'bad_query', 'match_weekdays'],
  [{ source: 'guess' }, 'bad_query', 'source'],
  [{ limit: 0.5 }, 'bad_query', 'limit'],
])('%j is a problem', (more, code, field) => {
  expect(ask(more)).toMatchObject({ code, field });
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', 'é', '😀'), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '*', 'é', '😀'), maxLength: 8 });

test('wildcards are those of the equivalent regular expression', () => {
  const oracle = (p: string) =>
    new RegExp(
      `^${p
        .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
        .replace(/(\\\*){2,}/g, '[^]*')
        .replace(/\\\*/g, '[^/]*')}$`,
      'u',
    );
  fc.assert(
    fc.property(pattern, text, (p, t) => {
      expect(wildcard(p)(t)).toBe(oracle(p).test(t));
    }),
    { numRuns: 2_000 },
  );
});

test('a pattern made to be slow is not', () => {
  const slow = wildcard(`${'*a'.repeat(500)}b`);
  expect(slow('a'.repeat(2_000))).toBe(false);
});

test('a condition and its negation never agree', () => {
  const page = DIMENSIONS.find((d) => d.name === 'page');
  if (!page) throw new Error('no pages');
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), text, fc.boolean(), (values, value, ignoresCase) => {
      const holds = (op: 'is' | 'is_not' | 'contains' | 'contains_not') =>
        matchNames({ op, dimension: page, values, ignoresCase })([value]);
      expect(holds('is')).toBe(!holds('is_not'));
      expect(holds('contains')).toBe(!holds('contains_not'));
      if (holds('is')) expect(holds('contains')).toBe(true);
    }),
  );
});
