/**
 * The part of the bench that asks the reports' questions of the same brand in several sizes: rows read, time, and how they grow. It fills a
 * month of each size and closes it; the rollup tables of ten million are also written directly, which takes seconds.
 */
import { withBench } from './bench-worker.mjs';
import { cpuOf } from './cpu-of.mjs';

/** A question reads at most so many rows, and takes at most so long on this machine; lists of the largest tables show their time alone. */
const [ROWS, MS] = [60_000, 100];
const RUNS = 5;
const GENERATED = '10,000,000 (tables alone)';

/** What reads most: one list of each rollup that has many values. */
const HEAVIEST = ['overview', 'by page', 'by entry_page', 'by source', 'by store', 'by event'];
/** The rows of these, each asked once. */
export async function rowsOf(bench) {
  const measured = [];
  for (const name of HEAVIEST) measured.push(...(await bench.call(`/reports/ask?only=${encodeURIComponent(name)}`)));
  return measured;
}

/**
 * Every question. Some are then asked again, when the code is warm, with the processor time they take, which does not count what else the machine
 * does, and beside what tells how fast it is: ten thousand rows, handed over by D1 as they are.
 */
async function askOf(bench, runs) {
  const measured = await bench.call(`/reports/ask?runs=${runs}`);
  for (const name of ['overview', 'by page', 'by source']) {
    const one = measured.find((other) => other.name === name);
    const before = cpuOf(bench.pid);
    const [asked] = await bench.call(`/reports/ask?runs=${2 * runs}&only=${encodeURIComponent(name)}`);
    const after = cpuOf(bench.pid);
    one.medianMs = asked.medianMs;
    if (before !== null && after !== null) one.cpuMs = ((after - before) * 1000) / asked.runs;
    one.bareRows = (await bench.call(`/reports/beside?runs=${2 * runs}&only=${encodeURIComponent(name)}`)).times;
  }
  return measured;
}

/** @param {number} pageviews of the month. */
async function ofSize(pageviews, say) {
  const [found] = await withBench(async (bench) => {
    const { days } = await bench.call('/month/days');
    const began = Date.now();
    for (let day = 0; day < days; day += 1) {
      await bench.call(`/reports/fill?day=${day}&n=${pageviews}`);
      while (!(await bench.call(`/month/close?day=${day}`)).done) {
        /* a few steps at a time, as a request may not last for ever */
      }
      say(
        `  ${pageviews.toLocaleString('en')}: ${day + 1} of ${days} days closed, ${Math.round((Date.now() - began) / 1000)} s\n`,
      );
    }
    return askOf(bench, RUNS);
  });
  return found;
}

/** @param {number} runs */
const ofTables = async (runs) =>
  (
    await withBench(async (bench) => {
      await bench.call('/reports/generate');
      return runs === 1 ? rowsOf(bench) : askOf(bench, runs);
    })
  )[0];

const worst = (measured, what) => Math.max(...measured.map((one) => one[what]));

/** The budgets of one size: the overview, and the worst of the lists that rollups answer. What was asked once has no time to speak of. */
export function budgetsOf(size, measured, ci) {
  const of = (kind) => measured.filter((one) => one.kind === kind);
  const rows = (name, kind) => [`${name} at ${size}: rows read`, worst(of(kind), 'rowsRead'), 'rows', ROWS, ci];
  const time = (name, kind, budget) => [
    `${name} at ${size}: time, median`,
    Math.round(worst(of(kind), 'medianMs')),
    'ms',
    budget,
    false,
  ];
  const cpu = measured.filter((one) => one.cpuMs !== undefined);
  const isTimed = measured.some((one) => one.runs > 1);
  return [
    rows('overview', 'overview'),
    rows('the largest list', 'list'),
    ...(isTimed ? [time('overview', 'overview', MS), time('the slowest list', 'list', size === GENERATED ? null : MS)] : []),
    ...cpu.flatMap(({ name, cpuMs, bareRows }) => [
      [`  ${name} at ${size}: processor time`, Math.round(cpuMs), 'ms', null, false],
      [`  ${name} at ${size}: × 10,000 bare rows`, Math.round(bareRows * 100) / 100, '×', null, false],
    ]),
  ];
}

const cell = (one) =>
  one.source === 'refused'
    ? 'refused'
    : `${one.rowsRead.toLocaleString('en')} rows ${Math.round(one.medianMs)} ms${one.source === 'raw' ? ' *' : ''}`;

/** One line a question, one column a size. */
function tableOf(sizes) {
  const [[, first]] = sizes;
  const lines = [['', ...sizes.map(([size]) => size)]];
  for (const [i, { name }] of first.entries()) lines.push([name, ...sizes.map(([, measured]) => cell(measured[i]))]);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) => line.map((one, i) => (i === 0 ? one.padEnd(widths[i]) : one.padStart(widths[i]))).join('   '));
  return `${text.join('\n')}\n* from facts, within their budget; “refused”: more facts than a question may read, and the answer says how many days would do.`;
}

/**
 * @param {number[]} sizes pageviews of the months that are made; none for the tables alone, whose rows are counted once.
 * @param {(text: string) => void} say progress, for sizes that take minutes.
 */
export async function measureReports(sizes, say = () => {}) {
  const found = [];
  for (const size of sizes) found.push([size.toLocaleString('en'), await ofSize(size, say)]);
  found.push([GENERATED, await ofTables(sizes.length > 0 ? RUNS : 1)]);
  return {
    rows: found.flatMap(([size, measured]) => budgetsOf(size, measured, size === GENERATED)),
    text: tableOf(found),
  };
}
