/** Plays fault scenarios: bundles the simulation, starts a workerd for each core, and hands out seeds. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { swapMigration, swapping } from '../faults/swapping.mjs';
import { root } from './install.mjs';

const CHUNK = 10;
const WORKERS = 2;

async function bundle(plant) {
  const esbuild = await import('esbuild');
  const outfile = join(root, `build/faults-worker/${plant || 'plain'}/index.js`);
  await esbuild.build({
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    absWorkingDir: root,
    logLevel: 'error',
    entryPoints: ['faults/worker.ts'],
    outfile,
    conditions: ['workerd', 'worker', 'browser', 'import'],
    external: ['cloudflare:*', 'node:*'],
    mainFields: ['module', 'main'],
    plugins: [swapping(plant, root)],
  });
  return outfile;
}

/** A workerd of its own with empty databases. */
async function startWorker(script, plant) {
  const { startFaults } = await import('./server.mjs');
  // In memory where there is such a folder: faults are injected, the disk is not what is tried here (that is what --kills does).
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'comptoir-faults-'));
  const worker = await startFaults({ dataDir, script, edit: (file, statements) => swapMigration(plant, file, statements) });
  return {
    call: worker.call,
    async stop() {
      await worker.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Processor seconds of this process and its children so far; null where there is no /proc. */
function processorSeconds() {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
    const ticks = children.map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return Number(fields[11]) + Number(fields[12]);
    });
    const { user, system } = process.resourceUsage ? process.cpuUsage() : { user: 0, system: 0 };
    return ticks.reduce((a, b) => a + b, 0) / 100 + (user + system) / 1e6;
  } catch {
    return null;
  }
}

/** Plays seeds, a chunk at a time on each worker, until they are done or one fails. */
async function playAll(workers, first, scenarios, by, onChunk) {
  const total = { scenarios: 0, counts: {}, contain: {} };
  const failed = [];
  let next = first;
  await Promise.all(
    workers.map(async (worker) => {
      while (next < first + scenarios && failed.length === 0) {
        const seeds = Array.from({ length: Math.min(CHUNK, first + scenarios - next) }, (_, i) => next + i);
        next += seeds.length;
        for (const { seed, violation, counts } of await worker.call(`/play?seeds=${seeds}${by}`)) {
          total.scenarios += 1;
          for (const [name, n] of Object.entries(counts)) {
            total.counts[name] = (total.counts[name] ?? 0) + n;
            total.contain[name] = (total.contain[name] ?? 0) + 1;
          }
          if (violation !== null) failed.push({ seed, violation });
        }
        onChunk(total);
      }
    }),
  );
  return { total, failed: failed.sort((a, b) => a.seed - b.seed) };
}

/**
 * Plays scenarios.
 *
 * @param {{scenarios: number, seed: number, plant?: string, d1?: boolean, onChunk?: (total: object) => void}} options
 *   `plant`: a bug to swap in; `d1`: all of them through the D1 binding.
 * @param {(worker: {call: (path: string) => Promise<any>}, failed: object, by: string) => Promise<void>} onFailure explains the first that failed.
 */
export async function runScenarios({ scenarios, seed, plant = '', d1 = false, onChunk = () => {} }, onFailure = async () => {}) {
  const script = await bundle(plant);
  const workers = await Promise.all(Array.from({ length: scenarios > CHUNK ? WORKERS : 1 }, () => startWorker(script, plant)));
  const [began, processor] = [Date.now(), processorSeconds()];
  const by = d1 ? '&by=d1' : '';
  try {
    const { total, failed } = await playAll(workers, seed, scenarios, by, onChunk);
    const seconds = (Date.now() - began) / 1000;
    const used = processor === null ? null : processorSeconds() - processor;
    if (failed.length > 0) await onFailure(workers[0], failed[0], by);
    return { total, failed, seconds, processorSeconds: used };
  } finally {
    await Promise.all(workers.map((w) => w.stop()));
  }
}
