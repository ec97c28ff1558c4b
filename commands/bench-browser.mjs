/** The part of the bench that needs a browser: what the tag costs a page at load, and how exact it is, scenario by scenario. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { root } from './install.mjs';

const LOADS = 9;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const round = (value) => Math.round(value * 10) / 10;

async function loadCost() {
  const esbuild = await import('esbuild');
  const outfile = join(root, 'build/bench/load-cost.mjs');
  await esbuild.build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    entryPoints: [join(root, 'bench/load-cost.ts')],
    outfile,
  });
  const { measureLoadCost } = await import(pathToFileURL(outfile).href);
  const { none, least, tag, longTasks } = await measureLoadCost(join(root, 'build/assets'), LOADS);
  const [ours, bare] = [median(tag.load), median(least.load)];
  return [
    ['load at 4× slowdown: main thread in the tag until 0.1 s after load, median', round(ours), 'ms', null, false],
    ['  of a script with one storage read and one request', round(bare), 'ms', null, false],
    ['  ratio of the two', round(ours / bare), '×', 3, false],
    ['  after that, in tasks of its own, with c.x.js', round(median(tag.later)), 'ms', null, false],
    ['  the whole page with the tag / without', round(median(tag.page) / median(none.page)), '×', null, false],
    ['  tasks of ours over 50 ms', longTasks, 'tasks', 0, false],
  ];
}

/** Runs the browser suite, which writes what it measured. */
function accuracy() {
  const files = () => readdirSync(join(root, 'build')).filter((name) => /^accuracy-.*\.json$/.test(name));
  for (const name of files()) rmSync(join(root, 'build', name));
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'browser'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const rows = files().flatMap((name) => JSON.parse(readFileSync(join(root, 'build', name), 'utf8')));
  return [
    ['browser scenarios that failed', status === 0 ? 0 : 1, 'or more', 0, false],
    ...rows
      .sort((a, b) => b.errorMs - a.errorMs)
      .map(({ scenario, errorMs, views }) => [
        `active time, ${scenario} (${views} pageview${views > 1 ? 's' : ''}): largest error`,
        errorMs,
        'ms',
        100,
        false,
      ]),
  ];
}

/** @returns rows of name, value, unit, budget or null, and whether CI holds it. */
export async function measureBrowser() {
  process.env.CHROMIUM_PATH = ensureChromium();
  return [...(await loadCost()), ...accuracy()];
}
