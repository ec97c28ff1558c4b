/**
 * npm run faults: the fault simulation. `--scenarios N --seed S` plays N scenarios from seed S on; `--plants` (or `--plant NAME`) proves
 * that planted bugs are caught; `--kills N` kills the server N times under load.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLANTS, swapping } from '../faults/plants.mjs';
import { ensureInstalled, root, stop } from './install.mjs';

const CHUNK = 10;
/** A planted bug must be caught within so many scenarios. */
const PLANT_WITHIN = 50;
const WORKERS = 2;
const SHRINK_TRIES = 250;

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const print = (line) => process.stdout.write(`${line}\n`);

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
async function startWorker(script) {
  const { startFaults } = await import('./server.mjs');
  // In memory where there is such a folder: faults are injected, the disk is not what is tried here (that is what --kills does).
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'comptoir-faults-'));
  const worker = await startFaults({ dataDir, script });
  return {
    call: worker.call,
    async stop() {
      await worker.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Plays seeds, a chunk at a time on each worker, until they are done or one fails. */
async function playAll(workers, first, scenarios, onChunk) {
  const total = { scenarios: 0, acts: 0, messages: 0, acknowledged: 0, faults: 0, facts: 0, reports: 0 };
  const failed = [];
  let next = first;
  await Promise.all(
    workers.map(async (worker) => {
      while (next < first + scenarios && failed.length === 0) {
        const seeds = Array.from({ length: Math.min(CHUNK, first + scenarios - next) }, (_, i) => next + i);
        next += seeds.length;
        for (const { seed, violation, count } of await worker.call(`/play?seeds=${seeds}`)) {
          total.scenarios += 1;
          for (const [key, n] of Object.entries(count)) total[key] += n;
          if (violation !== null) failed.push({ seed, violation });
        }
        onChunk?.(total);
      }
    }),
  );
  return { total, failed: failed.sort((a, b) => a.seed - b.seed) };
}

async function explain(worker, { seed, violation }, flags) {
  print(`\nSeed ${seed} fails: ${violation}`);
  print(`Replay it: npm run faults -- --scenarios 1 --seed ${seed}${flags}\n\nShrinking …`);
  const small = await worker.call(`/shrink?seeds=${seed}&tries=${SHRINK_TRIES}`);
  if (small.violation === null) return print('It did not fail again: it depends on the timing of actors that work at once.');
  print(`The same in ${small.steps.length} steps (${small.tried} tries), in ${small.zone}: ${small.violation}`);
  for (const line of small.happenings) print(`  ${line}`);
  for (const line of small.steps) print(`  → ${line}`);
}

/** @returns whether no scenario failed. */
export async function runScenarios({ scenarios, seed, plant = '', quiet = false }) {
  const script = await bundle(plant);
  const workers = await Promise.all(Array.from({ length: scenarios > CHUNK ? WORKERS : 1 }, () => startWorker(script)));
  const began = Date.now();
  let shown = 0;
  try {
    const { total, failed } = await playAll(workers, seed, scenarios, (t) => {
      if (quiet || t.scenarios - shown < 200) return;
      shown = t.scenarios;
      print(`${t.scenarios} scenarios, ${t.messages} messages, ${t.faults} faults, ${Math.round((Date.now() - began) / 1000)} s`);
    });
    const seconds = (Date.now() - began) / 1000;
    if (failed.length > 0 && !quiet) await explain(workers[0], failed[0], plant ? ` --plant ${plant}` : '');
    return { total, failed, seconds };
  } finally {
    await Promise.all(workers.map((w) => w.stop()));
  }
}

async function runPlants(names, seed) {
  let survived = 0;
  for (const name of names) {
    const { failed } = await runScenarios({ scenarios: PLANT_WITHIN, seed, plant: name, quiet: true });
    const [first] = failed;
    if (!first) survived += 1;
    print(
      first
        ? `caught   ${name} at scenario ${first.seed - seed + 1}: ${first.violation.slice(0, 160)}`
        : `SURVIVED ${name} for ${PLANT_WITHIN} scenarios: ${PLANTS[name].says}`,
    );
  }
  if (survived > 0) process.exitCode = 1;
}

ensureInstalled();
const seed = Number(option('seed', 1));
const plant = option('plant', '');
if (plant && !PLANTS[plant]) stop(`There is no planted bug “${plant}”. There are: ${Object.keys(PLANTS).join(', ')}.`);
if (process.argv.includes('--kills')) {
  const { runKills } = await import('./faults-kills.mjs');
  await runKills(Number(option('kills', 20)));
} else if (process.argv.includes('--plants') || (plant && !process.argv.includes('--scenarios')))
  await runPlants(plant ? [plant] : Object.keys(PLANTS), seed);
else {
  const { total, failed, seconds } = await runScenarios({ scenarios: Number(option('scenarios', 200)), seed, plant });
  print(
    `\n${total.scenarios} scenarios in ${Math.round(seconds)} s: ${total.acts} acts, ${total.messages} messages, ${total.acknowledged} acknowledged, ` +
      `${total.faults} faults, ${total.facts} facts stored, ${total.reports} reports compared.`,
  );
  print(
    failed.length > 0
      ? `FAILED: seeds ${failed.map((f) => f.seed).join(', ')}`
      : 'Nothing acknowledged was lost, nothing counted twice, every report as the model says.',
  );
  if (failed.length > 0) process.exitCode = 1;
}
