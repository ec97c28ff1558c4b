/** npm test: installs what is missing, then runs every suite. A suite that cannot run fails. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const chromium = ensureChromium();
const { build } = await import('./build.mjs');
await build();

// Browser tests measure time, and must not compete with others for two cores; those of kiosks wait for seconds, and need few.
const suites = [[['unit', 'workerd']], [['browser']], [['e2e'], ['kiosk']]];
const failed = [];
/** @param shown whether to print as it goes, or when it has ended. @returns when the suite has ended. */
const run = (projects, shown) =>
  new Promise((resolve) => {
    const args = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((p) => ['--project', p]),
      ...process.argv.slice(2),
    ];
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      env: { ...process.env, CHROMIUM_PATH: chromium },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    child.on('close', (code) => {
      process.stdout.write(said);
      if (code !== 0) failed.push(projects.join(', '));
      resolve();
    });
  });
for (const together of suites) await Promise.all(together.map((projects, i) => run(projects, i === 0)));
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join('; ')}\n`);
  process.exit(1);
}
