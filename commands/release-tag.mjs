/**
 * npm run release:tag: makes the current core one that site owners may pin. Commit what it writes; it can never be taken back,
 * because pages in the world will name its hash.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './install.mjs';

ensureInstalled();
const changed = spawnSync('git', ['status', '--porcelain', '--', 'snippet', ':!snippet/released', 'commands/build-snippet.mjs'], {
  cwd: root,
});
if (String(changed.stdout).trim() !== '')
  stop('The tag has changes that are not committed. What is released must be what the repository says: commit them first.');

const { buildSnippet } = await import('./build-snippet.mjs');
const { release } = await import('./pin-tag.mjs');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const outDir = mkdtempSync(join(tmpdir(), 'comptoir-release-'));
try {
  const core = (await buildSnippet({ root, outDir })).find(({ name }) => name === 'c.js');
  if (!core || core.brotli > core.budget) stop(`c.js is over its budget: ${core?.brotli} of ${core?.budget} B.`);
  const code = readFileSync(join(outDir, 'c.js'));
  const { entry, isNew } = await release({ root, code, version, date: new Date().toISOString().slice(0, 10) });
  process.stdout.write(`${entry.name} ${isNew ? 'is released now: commit snippet/released' : `was released on ${entry.date}`}.

  <script defer src="https://HOST/${entry.name}" integrity="${entry.integrity}" crossorigin="anonymous" data-site="KEY"></script>
`);
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
