/**
 * npm run faults: the fault simulation. `--scenarios N --seed S` plays N scenarios from seed S on, `--d1` all of them through the D1
 * binding; `--plants` (or `--plant NAME`) proves that planted bugs are caught; `--kills N` kills the server N times under load.
 */
import { PLANTS } from '../faults/plants.mjs';
import { runScenarios } from './faults-run.mjs';
import { ensureInstalled, stop } from './install.mjs';

/** A planted bug must be caught within so many scenarios. */
const PLANT_WITHIN = 50;
const SHRINK_TRIES = 400;

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
function whole(name, fallback) {
  const value = Number(option(name, fallback));
  if (!Number.isSafeInteger(value) || value < 1) stop(`--${name} takes a whole number from 1 on, e.g. --${name} ${fallback}.`);
  return value;
}
const print = (line) => process.stdout.write(`${line}\n`);

/** Prints a failing scenario in the smallest form that still fails. */
const explain =
  (flags) =>
  async (worker, { seed, violation }, by) => {
    print(`\nSeed ${seed} fails: ${violation}`);
    print(`Replay it: npm run faults -- --scenarios 1 --seed ${seed}${flags}\n\nShrinking …`);
    const small = await worker.call(`/shrink?seeds=${seed}&tries=${SHRINK_TRIES}${by}`);
    if (small.violation === null) return print('It did not fail again: it depends on the timing of actors that work at once.');
    print(`The same in ${small.steps.length} steps (${small.tried} tries), in ${small.zone}: ${small.violation}`);
    for (const line of small.happenings) print(`  ${line}`);
    for (const line of small.steps) print(`  → ${line}`);
  };

function printTally({ scenarios, counts, contain }) {
  const width = Math.max(...Object.keys(counts).map((name) => name.length));
  print(`\n${''.padEnd(width)}        how many   in scenarios`);
  for (const name of Object.keys(counts).sort())
    print(
      `${name.padEnd(width)}  ${String(counts[name]).padStart(14)}   ${String(Math.round((100 * contain[name]) / scenarios)).padStart(10)} %`,
    );
}

async function playScenarios(options) {
  const flags = `${options.plant ? ` --plant ${options.plant}` : ''}${options.d1 ? ' --d1' : ''}`;
  const began = Date.now();
  let shown = 0;
  const onChunk = ({ scenarios, counts }) => {
    if (scenarios - shown < 200) return;
    shown = scenarios;
    print(
      `${scenarios} scenarios, ${counts.messages} messages, ${counts.faults} faults, ${Math.round((Date.now() - began) / 1000)} s`,
    );
  };
  const { total, failed, seconds, processorSeconds } = await runScenarios({ ...options, onChunk }, explain(flags));
  printTally(total);
  const used = processorSeconds === null ? '' : ` (${Math.round(processorSeconds)} s of processor)`;
  print(`\n${total.scenarios} scenarios in ${Math.round(seconds)} s${used}.`);
  print(
    failed.length > 0
      ? `FAILED: seeds ${failed.map((f) => f.seed).join(', ')}`
      : 'Nothing acknowledged was lost, nothing counted twice, every report as the model says.',
  );
  if (failed.length > 0) process.exitCode = 1;
}

async function runPlants(names, seed, d1) {
  let survived = 0;
  for (const name of names) {
    const { failed } = await runScenarios({ scenarios: PLANT_WITHIN, seed, plant: name, d1 });
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
const seed = whole('seed', 1);
const plant = option('plant', '');
const d1 = process.argv.includes('--d1');
if (plant && !PLANTS[plant]) stop(`There is no planted bug “${plant}”. There are: ${Object.keys(PLANTS).join(', ')}.`);
if (process.argv.includes('--kills')) {
  const { runKills } = await import('./faults-kills.mjs');
  await runKills(whole('kills', 20));
} else if (process.argv.includes('--plants') || (plant && !process.argv.includes('--scenarios')))
  await runPlants(plant ? [plant] : Object.keys(PLANTS), seed, d1);
else await playScenarios({ scenarios: whole('scenarios', 200), seed, plant, d1 });
