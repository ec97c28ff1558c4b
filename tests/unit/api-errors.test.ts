/** Every code that the API may answer stands on the help page of errors, in both languages, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const sources = ['api', 'report'].flatMap((folder) =>
  readdirSync(join(ROOT, 'collector', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'collector', folder, file), 'utf8')),
);
const PATTERNS = [
  /\bproblem\(\s*\d{3},\s*'(\w+)'/g,
  /\bproblem\(\s*'(\w+)'/g,
  /\bcode: '(\w+)', field/g,
  /\bfirstFault\(\s*'(\w+)'/g,
  // The usual code of a function that makes problems; its callers give others last.
  /\bcode = '(\w+)'/g,
  // Told by the name of what is unknown.
  /`unknown_\$\{what\}`()/g,
];
const used = new Set(
  sources.flatMap((source) =>
    [...PATTERNS, ...(/\bcode = '\w+'/.test(source) ? [/,\s*'([a-z]+_[a-z_]+)',?\s*\)/g] : [])].flatMap((pattern) =>
      [...source.matchAll(pattern)].flatMap(([, code]) => (code ? [code] : ['unknown_metric', 'unknown_dimension'])),
    ),
  ),
);

test.each(['fr', 'en'])('%s', (language) => {
  const page = readFileSync(join(ROOT, 'docs/help', language, 'api-errors.md'), 'utf8');
  const documented = [...page.matchAll(/^\| \d{3} \| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code),
  );
  expect(used.size).toBeGreaterThan(20);
  expect(documented.sort()).toEqual([...used].sort());
});
