/** The tables of a period's archive: which breakdowns there are, and the file of definitions beside them. */
import type { Language } from '../report/metric.ts';
import { WINDOWS } from '../report/metric-windows.ts';
import { METRICS } from '../report/metrics.ts';
import { type Query, readQuery } from '../report/query.ts';
import { runQuery } from '../report/run-query.ts';
import type { Site } from '../store/sites.ts';
import type { ArchiveFile } from './archive.ts';
import { type CsvStyle, toCsv } from './csv.ts';
import { columnsOf, EXPORT_ROWS, tableOf } from './export-query.ts';
import type { Fault } from './problem.ts';

/** Figures of every table. A column that a breakdown cannot measure is empty. */
const FIGURES = [
  'visitors',
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'visit_time',
  'scroll_depth',
  'engagement_rate',
  'bounce_rate',
  'known_visitors',
  'recurring_visitors',
  'opt_ins',
  'opt_ins_confirmed',
  'opt_in_rate',
  'events',
  'exposures',
];
/** File name and dimension; without one it is the whole period. */
const TABLES: readonly (readonly [file: string, dimension: string | null])[] = [
  ['total', null],
  ['days', 'time:day'],
  ['pages', 'page'],
  ['entry-pages', 'entry_page'],
  ['exit-pages', 'exit_page'],
  ['channels', 'channel'],
  ['sources', 'source'],
  ['referrers', 'referrer'],
  ['campaigns', 'utm_campaign'],
  ['countries', 'country'],
  ['devices', 'device'],
  ['browsers', 'browser'],
  ['systems', 'os'],
  ['languages', 'language'],
  ['touchpoints', 'touchpoint'],
  ['stores', 'store'],
  ['kiosks', 'kiosk'],
];

/** The query of every table, or what is wrong with the period. */
export function readTables(dateRange: unknown): [file: string, query: Query][] | Fault {
  const tables: [string, Query][] = [];
  for (const [file, dimension] of TABLES) {
    const query = readQuery({
      metrics: FIGURES,
      date_range: dateRange,
      dimensions: dimension === null ? [] : [dimension],
    });
    if ('code' in query) return query;
    tables.push([file, { ...query, limit: EXPORT_ROWS }]);
  }
  return tables;
}

const definitions = (language: Language, style: CsvStyle): string =>
  toCsv(
    ['metric', 'label', 'unit', 'definition', 'formula', 'window', 'version'],
    METRICS.map(({ name, label, unit, definition, formula, counts, version }) => [
      ...[name, label[language], unit, definition[language], formula[language], WINDOWS[counts][language]],
      version,
    ]),
    style,
  );

/** Makes the files one after another: what stands in them, the definitions, and where the figures come from. */
export async function* makeTables(
  env: Env,
  site: Site,
  tables: readonly [file: string, query: Query][],
  style: CsvStyle,
  nowMs: number,
): AsyncGenerator<ArchiveFile, void> {
  const files: Record<string, unknown>[] = [];
  let period = { from: '', to: '' };
  for (const [file, query] of tables) {
    const result = await runQuery(env, site, query, nowMs);
    if ('code' in result) {
      // A table that cannot be answered is said, not left out in silence.
      files.push({ file: `${file}.csv`, problem: result });
      continue;
    }
    const names = (things: readonly { name: string }[]) => things.map(({ name }) => name);
    yield {
      name: `${file}.csv`,
      text: toCsv(
        columnsOf(names(query.dimensions), names(query.metrics), false),
        tableOf(result, names(query.metrics), false),
        style,
      ),
    };
    const { from, to, total_rows, not_measured } = result.meta;
    period = { from, to };
    files.push({ file: `${file}.csv`, rows: result.results.length, of: total_rows, not_measured });
  }
  yield { name: `definitions-${site.language}.csv`, text: definitions(site.language, style) };
  const about = {
    site: site.key,
    name: site.name,
    time_zone: site.zone,
    ...period,
    made_at: new Date(nowMs).toISOString(),
    files,
  };
  yield { name: 'about.json', text: `${JSON.stringify(about, null, 2)}\n` };
}
