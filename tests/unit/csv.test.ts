/** CSV that any reader reads back, and no spreadsheet runs. The reader is another's: csv-parse. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, csvLine, FRENCH_EXCEL, PLAIN, toCsv } from '../../collector/api/csv.ts';
import { fileName } from '../../collector/api/file-name.ts';

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[=+\-@\t\r;,"\n 0-9.x]{0,8}$/),
  fc.integer(),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.constant(null),
);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
const numeric = (text: string) => /^-?\d+([.,]\d+)?$/.test(text);

test.each([
  ['plain', PLAIN],
  ['French Excel', FRENCH_EXCEL],
])('%s: what was written is read back, but for the apostrophes', (_, style) => {
  fc.assert(
    fc.property(table, (rows) => {
      const header = rows[0]?.map((_cell, i) => `c${i}`) ?? [];
      const text = toCsv(header, rows, style);
      expect(text.startsWith('\ufeff')).toBe(style.mark);
      const read: string[][] = parse(text, {
        delimiter: style.separator,
        bom: true,
        record_delimiter: '\r\n',
        relax_column_count: false,
      });
      expect(read.length).toBe(rows.length + 1);
      rows.forEach((row, y) => {
        row.forEach((value, x) => {
          const got = read[y + 1]?.[x] ?? '';
          if (typeof value === 'string') expect([value, `'${value}`]).toContain(got);
          else if (value === null) expect(got).toBe('');
          else expect(Number(got.replace(style.decimal, '.'))).toBeCloseTo(value, 5);
          expect(/^[=+\-@\t\r]/.test(got) && !numeric(got), JSON.stringify(got)).toBe(false);
        });
      });
    }),
    { numRuns: process.env.COMPTOIR_LONG ? 5_000 : 200 },
  );
});

test.each<[Cell, string, string]>([
  ['=HYPERLINK("http://evil.example")', '"\'=HYPERLINK(""http://evil.example"")"', '"\'=HYPERLINK(""http://evil.example"")"'],
  ['+33 1 02', "'+33 1 02", "'+33 1 02"],
  ['-2+3', "'-2+3", "'-2+3"],
  ['@SUM(1)', "'@SUM(1)", "'@SUM(1)"],
  ['\tx', "'\tx", "'\tx"],
  ['-12.5', '-12.5', '-12.5'],
  ['/café; thé, lait', '"/café; thé, lait"', '"/café; thé, lait"'],
  [-3, '-3', '-3'],
  [0.1 + 0.2, '0.3', '0,3'],
  [-0.25, '-0.25', '-0,25'],
  [1e-9, '0', '0'],
  [-1e-9, '0', '0'],
  [12_345_678, '12345678', '12345678'],
  [null, '', ''],
])('%j', (value, plain, french) => {
  expect(csvLine([value, 'x'], PLAIN)).toBe(`${plain},x\r\n`);
  expect(csvLine([value, 'x'], FRENCH_EXCEL)).toBe(`${french};x\r\n`);
});

test('names of files are safe and telling', () => {
  expect(fileName(['Maison Amarante', '2026-10-01', 'time:day'], 'csv')).toBe('maison-amarante-2026-10-01-time-day.csv');
  expect(fileName(['../../"x\r\ny"', ''], 'zip')).toBe('x-y.zip');
  expect(fileName(['日本'], 'csv')).toBe('export.csv');
});
