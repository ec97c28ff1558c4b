/**
 * npm run bench: every budget beside its measured value. `--full` fills months of 1 and 10 million pageviews and plays the lives of a
 * site of 10 million, which takes an hour or more; without it the month has 100,000. `--part NAME` measures one part (sizes, browser,
 * month, reports, lives, load, prices), and may be given again. `--json` prints `[{name, value, unit, budget, ok}]`, `--budgets` measures only what
 * CI holds and fails when one is broken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ensureInstalled, root, stop } from './install.mjs';

const PARTS = ['sizes', 'browser', 'month', 'reports', 'lives', 'load', 'prices'];
const flag = { type: 'boolean', default: false };
const { values: asked } = parseArgs({
  options: { json: flag, budgets: flag, full: flag, part: { type: 'string', multiple: true, default: PARTS } },
});
const unknown = asked.part.find((name) => !PARTS.includes(name));
if (unknown) stop(`There is no part “${unknown}”. Parts: ${PARTS.join(', ')}.`);
const { json, budgets: only } = asked;
const measures = (part) => asked.part.includes(part) && !(only && ['browser', 'load', 'prices'].includes(part));

ensureInstalled();
const { build } = await import('./build.mjs');
const { buildBench } = await import('./bench-worker.mjs');
const { measureLives, CI_SIZES, DEVICES, FULL_SIZES, SIZES } = await import('./bench-lives.mjs');
const { measureMonth } = await import('./bench-month.mjs');
const built = await build();
await buildBench();

/** @type {{name: string, value: number, unit: string, budget: number | null, ok: boolean | null, ci: boolean}[]} */
const results = [];
const note = (name, value, unit, budget, ci) =>
  results.push({ name, value, unit, budget, ok: budget === null ? null : value <= budget, ci });
const noteAll = (rows) => {
  for (const row of rows) note(...row);
};
const say = (text) => process.stderr.write(text);

if (measures('sizes')) {
  for (const { name, bytes, gzip, brotli, budget } of built) {
    note(`${name} minified`, bytes, 'B', null, false);
    note(`${name} gzip`, gzip, 'B', null, false);
    note(`${name} brotli`, brotli, 'B', budget, true);
  }
  const assets = join(root, 'build/assets/d');
  const packed = (kind) =>
    readdirSync(assets)
      .filter((name) => name.endsWith(kind))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0);
  note('dashboard JS, gzip', packed('.js'), 'B', 6 * 1024, true);
  note('dashboard CSS, gzip', packed('.css'), 'B', null, false);
}
if (measures('browser')) {
  const { measureBrowser } = await import('./bench-browser.mjs');
  noteAll(await measureBrowser());
}

let month;
if (measures('month') || measures('prices'))
  for (const pageviews of asked.full && !only ? [1_000_000, 10_000_000] : [100_000]) {
    const { rows, figures } = await measureMonth(pageviews, asked.full ? say : undefined);
    // Prices are those of a site with a past: bytes at a million where they were measured.
    month ??= figures;
    noteAll(rows);
  }
let reports = '';
if (measures('reports')) {
  const { measureReports } = await import('./bench-reports.mjs');
  // CI asks its questions of the month above, too.
  const sizes = only ? [] : asked.full ? [100_000, 1_000_000, 10_000_000] : [100_000, 1_000_000];
  const { rows, text } = await measureReports(sizes, json ? undefined : say);
  noteAll(rows);
  reports = text;
}
let lives;
if (measures('lives') || measures('prices')) {
  lives = await measureLives(only ? CI_SIZES : [...SIZES, ...(asked.full ? FULL_SIZES : [])], json || only ? undefined : say);
  noteAll(lives.rows);
}
let cpuMs;
if (measures('load') || measures('prices')) {
  const { measureLoad } = await import('./bench-load.mjs');
  const { withBench } = await import('./bench-worker.mjs');
  const [load] = await withBench(measureLoad);
  ({ cpuMs } = load);
  noteAll(load.rows);
}
let prices = '';
if (measures('prices')) {
  const { priceOf } = await import('./bench-prices.mjs');
  const { rows, text } = priceOf({
    month,
    countsOf: lives.countsOf,
    sizes: [10_000, 1_000_000, 100_000_000],
    devices: DEVICES,
    cpuMs,
  });
  noteAll(rows);
  prices = text;
}

if (json)
  process.stdout.write(
    `${JSON.stringify(
      results.map(({ ci, ...r }) => r),
      null,
      2,
    )}\n`,
  );
else {
  const width = Math.max(...results.map((r) => r.name.length));
  for (const { name, value, unit, budget, ok } of results) {
    const judged =
      budget === null
        ? ''
        : `budget ${budget} ${unit}   ${ok ? `ok, ${Math.round((1 - value / Math.max(budget, 1)) * 100)} % below` : 'OVER'}`;
    process.stdout.write(`${name.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(8)} ${judged}\n`);
  }
}
if (reports && !json && !only) process.stdout.write(`\n${reports}\n\n`);
if (prices && !json) process.stdout.write(`\n${prices}\n\n`);
const broken = results.filter((r) => r.ci && r.ok === false);
for (const r of broken) process.stderr.write(`Over budget: ${r.name} is ${r.value} ${r.unit}, budget ${r.budget}.\n`);
if (only && broken.length > 0) process.exit(1);
