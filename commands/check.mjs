/** What CI checks besides the tests: types, lint, architecture rules, and the budgets that must hold. */
import { spawnSync } from 'node:child_process';
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
for (const [name, command, args] of steps) {
  process.stdout.write(`\n— ${name}\n`);
  if (spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0)
    failed.push(name);
}
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exit(1);
}
