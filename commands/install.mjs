/** Installs what is missing, with nothing but Node and npm: used by every command before it imports anything. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];

/** Ends the command with one sentence. */
export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    stop(
      `Comptoir needs Node ${LEAST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Install it from https://nodejs.org and try again.`,
    );
  }
}

function checkWritable() {
  try {
    accessSync(root, constants.W_OK | constants.R_OK);
  } catch {
    stop(`Comptoir cannot write into ${root}. Give yourself write access to this folder, or clone it somewhere you own.`);
  }
}

/** Checks Node and the folder, then makes node_modules what package-lock.json says, unless it is already. */
export function ensureInstalled() {
  checkNode();
  checkWritable();
  const stamp = join(root, 'node_modules/.comptoir-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stdout.write('Installing packages (once) …\n');
  // Install scripts are not needed: esbuild, workerd and sharp come as ready-made packages for each platform.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      });
  if (done.status !== 0)
    stop('npm could not install the packages. Its message stands above; a network or registry setting is the usual cause.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
