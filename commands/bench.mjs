/**
 * npm run bench: every budget beside its measured value. `--json` prints `[{name, value, unit, budget, ok}]`, `--budgets` measures
 * only what CI holds and fails when one is broken.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const json = process.argv.includes('--json');
const only = process.argv.includes('--budgets');
const { build } = await import('./build.mjs');
const esbuild = await import('esbuild');

const sizes = await build();
await esbuild.build({
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'node',
  absWorkingDir: root,
  logLevel: 'warning',
  entryPoints: ['bench/worker.ts'],
  outfile: join(root, 'build/bench-worker/index.js'),
  conditions: ['workerd', 'worker', 'browser', 'import'],
  mainFields: ['module', 'main'],
});
const { startBench } = await import('./server.mjs');

/** @type {{name: string, value: number, unit: string, budget: number | null, ok: boolean | null, ci: boolean}[]} */
const results = [];
/** Budgets not met yet: CI holds the figure where it stands, so that it can only fall. Nothing here counts as met. */
const debts = JSON.parse(readFileSync(join(root, 'bench/debts.json'), 'utf8'));
const note = (name, value, unit, budget, ci) =>
  results.push({ name, value, unit, budget, ok: budget === null ? null : value <= budget, ci });

for (const { name, bytes, gzip, brotli, budget } of sizes) {
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

if (!only) {
  const { measureBrowser } = await import('./bench-browser.mjs');
  for (const row of await measureBrowser()) note(...row);
}

const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));
const bench = await startBench({ dataDir });
try {
  const overview = await bench.call('/overview?n=100000');
  const at = `at ${overview.pageviews.toLocaleString('en')} pageviews`;
  note(`overview ${at}: rows read`, overview.rowsRead, 'rows', 60_000, true);
  note(`overview ${at}: time, median of 7`, Math.round(overview.medianMs), 'ms', 100, false);
  note(`bytes per pageview ${at}: facts and dictionaries`, Math.round(overview.factBytes), 'B', 110, true);
  note(`bytes per pageview ${at}: rollups and visitor-days`, Math.round(overview.windowBytes), 'B', 60, true);
  if (!only) {
    for (const [device, query, budget] of [
      ['computers', '', 3.5],
      ['phones', '&touch', 3.5],
    ]) {
      const lives = await bench.call(`/lives?n=4000${query}`);
      const mix = `${device}, 1–10 min, 0–5 tab switches, ${lives.pageviews.toLocaleString('en')} pageviews a day`;
      note(`rows written per pageview's life: ${mix}`, Number(lives.rowsPerPageview.toFixed(2)), 'rows', budget, false);
      note('  of which messages (one row each)', Number(lives.factRowsPerPageview.toFixed(2)), 'rows', null, false);
      note('  requests, mean', Number(lives.requestsMean.toFixed(2)), 'requests', null, false);
      note('  requests, p95', lives.requestsP95, 'requests', null, false);
      note('  rows written by 50 repeats', lives.repeatRows, 'rows', 0, true);
    }
    const { measureLoad } = await import('./bench-load.mjs');
    for (const row of await measureLoad(bench)) note(...row);
  }
} finally {
  await bench.stop();
  rmSync(dataDir, { recursive: true, force: true });
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
const broken = results.filter((r) => r.ci && r.ok === false && !(debts[r.name]?.atMost >= r.value));
for (const r of results) {
  if (r.ok === false && debts[r.name])
    process.stdout.write(`Debt: ${r.name} is ${r.value} ${r.unit}, over its budget of ${r.budget}. ${debts[r.name].why}\n`);
}
for (const r of broken) process.stderr.write(`Over budget: ${r.name} is ${r.value} ${r.unit}, budget ${r.budget}.\n`);
if (only && broken.length > 0) process.exit(1);
