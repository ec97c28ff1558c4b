/** Builds the bench's Worker, and starts it on empty databases in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './install.mjs';

export async function buildBench() {
  const esbuild = await import('esbuild');
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
}

/**
 * @template T
 * @param {(bench: {origin: string, pid: number | null, call: (path: string) => Promise<any>, database: (name: string) => Promise<any>}, dataDir: string) => Promise<T>} measure
 * @param {(dataDir: string) => T | void} [afterwards] looks at the files when the Worker has let go of them.
 * @returns what was measured, and what was seen afterwards.
 */
export async function withBench(measure, afterwards = () => undefined) {
  const { startBench } = await import('./server.mjs');
  const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));
  try {
    const bench = await startBench({ dataDir });
    let measured;
    try {
      measured = await measure(bench, dataDir);
    } finally {
      await bench.stop();
    }
    return [measured, afterwards(dataDir)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
