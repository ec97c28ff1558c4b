/**
 * The part of the bench that fills a month of a brand through the real commit, closes its windows as cron does, and looks how many
 * bytes each table takes and what the overview reads.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { budgetsOf, rowsOf } from './bench-reports.mjs';
import { withBench } from './bench-worker.mjs';
import { tableBytes } from './table-bytes.mjs';

const FACTS = [
  'pageviews',
  'events',
  'opt_ins',
  'identifications',
  'kiosk_visits',
  'exposures',
  'pages',
  'origins',
  'places',
  'names',
];
const DICTIONARIES = ['pages', 'origins', 'places', 'names'];
const WINDOWS = ['rollups', 'visitor_days', 'visitor_cells', 'open_visits', 'closings', 'dirty', 'exports'];
const one = (value) => Number(value.toFixed(1));

/** Bytes by table of the database that has facts in it. */
function readFiles(dataDir) {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject');
  const files = readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite');
  return files.map((name) => tableBytes(join(folder, name))).find((tables) => tables.has('pageviews'));
}

/**
 * @param {number} wanted pageviews of the month.
 * @param {(text: string) => void} say progress, for months that take minutes.
 * @returns rows of name, value, unit, budget or null, and whether CI holds it; and the figures that a price is made of.
 */
export async function measureMonth(wanted, say = () => {}) {
  const [measured, tables] = await withBench(async (bench) => {
    const { days } = await bench.call('/month/days');
    const began = Date.now();
    let pageviews = 0;
    for (let day = 0; day < days; day += 1) {
      pageviews += (await bench.call(`/month/fill?day=${day}&n=${wanted}`)).pageviews;
      while (!(await bench.call(`/month/close?day=${day}`)).done) {
        /* a few steps at a time, as a request may not last for ever */
      }
      say(
        `  ${pageviews.toLocaleString('en')} pageviews, ${day + 1} of ${days} days closed, ${Math.round((Date.now() - began) / 1000)} s\n`,
      );
    }
    const overview = await bench.call('/month/read');
    const asked = await rowsOf(bench);
    const history = await bench.call('/month/export');
    const idle = await bench.call('/idle');
    const database = await bench.database('EVENTS');
    return { pageviews, overview, asked, history, idle, size: (await database.prepare('SELECT 1').run()).meta.size_after };
  }, readFiles);
  const { pageviews, overview, asked, history, idle, size } = measured;
  const per = (names) => names.reduce((sum, name) => sum + (tables?.get(name) ?? 0), 0) / pageviews;
  const at = `at ${pageviews.toLocaleString('en')} pageviews`;
  const facts = per(FACTS);
  const windows = per(WINDOWS);
  const table = (name) => [`  ${name}`, one(per([name])), 'B', null, false];
  return {
    rows: [
      [`bytes per pageview ${at}: facts and dictionaries`, one(facts), 'B', 110, true],
      table('pageviews'),
      [`  dictionaries (${DICTIONARIES.join(', ')})`, one(per(DICTIONARIES)), 'B', null, false],
      [`bytes per pageview ${at}: rollups and visitor-days`, one(windows), 'B', 60, true],
      ...['rollups', 'visitor_days', 'visitor_cells'].map(table),
      ['  everything else in that database, free pages included', one(size / pageviews - facts - windows), 'B', null, false],
      ['  bytes of its history in R2, per fact', one(history.bytes / history.facts), 'B', null, false],
      [`overview ${at}: rows read`, overview.rowsRead, 'rows', 60_000, true],
      [`overview ${at}: time, median of 7`, Math.round(overview.medianMs), 'ms', 100, false],
      ...budgetsOf(`${pageviews.toLocaleString('en')} pageviews`, asked, true).filter(([name]) =>
        name.startsWith('the largest list'),
      ),
    ],
    figures: {
      pageviews,
      factBytes: facts,
      windowBytes: windows,
      visitorDayBytes: per(['visitor_days', 'visitor_cells']),
      historyBytes: history.bytes / history.facts,
      historyFiles: history.files,
      idle,
    },
  };
}
