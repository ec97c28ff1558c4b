/** npm test: installs what is missing, then runs every suite. A suite that cannot run fails. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const chromium = ensureChromium();
const { build } = await import('./build.mjs');
await build();

// One after the other: browser tests measure time, and must not compete with the others for two cores.
const suites = [['unit', 'workerd'], ['browser'], ['e2e']];
const failed = [];
for (const projects of suites) {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((p) => ['--project', p]),
    ...process.argv.slice(2),
  ];
  const done = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium },
  });
  if (done.status !== 0) failed.push(projects.join(', '));
}
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join('; ')}\n`);
  process.exit(1);
}
