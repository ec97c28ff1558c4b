/** What CI checks besides the tests: types, lint, architecture rules, and the budgets that must hold. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const bin = (name) => join(root, 'node_modules/.bin', name);
const steps = [
  ['types', bin('tsc'), ['-p', '.']],
  ['types of the tag', bin('tsc'), ['-p', 'snippet']],
  ['types of the package', bin('tsc'), ['-p', 'packages/tag']],
  ['types of the islands', bin('tsc'), ['-p', 'dashboard/islands']],
  ['types of the browser tests', bin('tsc'), ['-p', 'tests/browser']],
  ['lint', bin('biome'), ['check', '.']],
  [
    'architecture',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', 'snippet', 'collector', 'dashboard', 'demo', 'packages'],
  ],
  ['budgets', process.execPath, ['commands/bench.mjs', '--budgets']],
];
const { build } = await import('./build.mjs');
await build();
const failed = [];
/** @returns what a step printed, when it has ended. */
const run = ([name, command, args]) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, shell: process.platform === 'win32' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) => {
      if (code !== 0) failed.push(name);
      process.stdout.write(`\n— ${name}\n${said}`);
      resolve();
    });
  });
// Two at a time; the budgets measure, and have the machine to themselves.
const waiting = steps.filter(([name]) => name !== 'budgets');
const worker = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
};
await Promise.all([worker(), worker()]);
for (const step of steps.filter(([name]) => name === 'budgets')) await run(step);
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exit(1);
}
