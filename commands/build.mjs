/** Builds everything that runs: tag files, dashboard assets, the Worker, and the demo. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

async function bundle(esbuild, options) {
  await esbuild.build({ bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning', absWorkingDir: root, ...options });
}

/**
 * @returns {Promise<{name: string, bytes: number, gzip: number, brotli: number, budget: number}[]>} sizes of the tag files.
 */
export async function build() {
  const esbuild = await import('esbuild');
  const { buildSnippet } = await import('./build-snippet.mjs');
  const { pinTag } = await import('./pin-tag.mjs');
  const { buildDashboard } = await import('./build-dashboard.mjs');
  const outDir = join(root, 'build');
  mkdirSync(join(outDir, 'assets'), { recursive: true });
  const sizes = await buildSnippet({ root, outDir: join(outDir, 'assets') });
  await pinTag({ root, outDir });
  await buildDashboard({ root, outDir });
  const worker = {
    platform: 'node',
    conditions: ['workerd', 'worker', 'browser', 'import'],
    external: ['cloudflare:*', 'node:*'],
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  };
  await bundle(esbuild, { ...worker, entryPoints: ['collector/worker.ts'], outfile: join(outDir, 'worker/index.js') });
  await bundle(esbuild, { ...worker, entryPoints: ['demo/worker.ts'], outfile: join(outDir, 'demo-worker/index.js') });
  await bundle(esbuild, {
    platform: 'node',
    target: 'node20',
    entryPoints: ['demo/server.ts'],
    outfile: join(outDir, 'demo/server.mjs'),
  });
  return sizes;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  for (const { name, bytes, gzip, brotli, budget } of await build()) {
    process.stdout.write(
      `${name.padEnd(12)} ${String(bytes).padStart(6)} B, gzip ${gzip} B, brotli ${brotli} B of ${budget} B\n`,
    );
  }
  if (!existsSync(join(root, 'build/worker/index.js'))) process.exit(1);
}
