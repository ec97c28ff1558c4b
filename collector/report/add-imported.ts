/** Adds what other tools measured to an answer: on days nobody measured here, and in the metrics that mean the same there. */
import { dateOfDay, startOfDay } from '../store/calendar.ts';
import { BETWEEN, type ImportedDimension } from '../store/imported-dimensions.ts';
import { type Answered, figuresAt, keyOf } from './groups.ts';
import { type ImportedDays, type ImportedFigures, importedDimension, readImported, readImportedDays } from './imported.ts';
import { isEmpty } from './lacks.ts';
import type { Figures } from './metric.ts';
import type { Query } from './query.ts';
import type { CutSpan, Question } from './question.ts';
import type { Meta } from './result.ts';
import { isByTouchpoint, isHourly } from './rollup-plan.ts';
import { pieceFinder } from './time-cut.ts';

type Needs = readonly (keyof ImportedFigures)[];
/** Metrics that an import may have a part in, and the figures they need of it. */
const NEEDS: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  ['pageviews', ['pageviews']],
  ['visits', ['visits']],
  ['pages_per_visit', ['pageviews', 'visits']],
  ['visitors', ['visitors']],
  ['events', ['events']],
]);

type Plan = { dimension: ImportedDimension; valueOf: (value: string, name: string) => string };

/** Where the imported figures of a query are, and what stands in its rows for their value; null when imports cannot answer it. */
function planOf(query: Query): Plan | null {
  if (query.filters.length > 0 || query.source === 'raw') return null;
  const [first, second] = query.dimensions.filter((d) => !d.bucket);
  if (first && second) {
    const pair = ['source', 'channel'];
    return pair.includes(first.name) && pair.includes(second.name)
      ? { dimension: 'source_channel', valueOf: (value, name) => value.split(BETWEEN)[pair.indexOf(name)] ?? '' }
      : null;
  }
  // The other tools measured websites.
  if (first && isByTouchpoint(first.rollup)) return { dimension: 'total', valueOf: () => 'web' };
  const dimension = importedDimension(first?.name ?? null);
  return dimension && { dimension, valueOf: (value) => value };
}

/** @param visitors of one day, or null where there are several. */
function add(figures: Figures, row: ImportedFigures, visitors: number | null, metrics: ReadonlySet<string>): void {
  const sums = figures.imported ?? { pageviews: 0, visits: 0, events: 0, visitors: null, metrics, alone: isEmpty(figures) };
  figures.imported = {
    ...sums,
    pageviews: sums.pageviews + (row.pageviews ?? 0),
    visits: sums.visits + (row.visits ?? 0),
    events: sums.events + (row.events ?? 0),
    visitors,
  };
  // Something is known of this time after all.
  if (figures.lacks?.all === 'before_site') delete figures.lacks.all;
}

const describe = ({ from, to, days, tools }: ImportedDays, metrics: string[]): NonNullable<Meta['imported']> => ({
  from: dateOfDay(from),
  to: dateOfDay(to),
  days,
  tools,
  metrics,
});

/**
 * @returns which days are imported, and the asked metrics that they are in: none where the question is about something that no
 * import knows; null when no day of the span is imported.
 */
export async function addImported(
  { events, site, query }: Question,
  { span, pieces }: CutSpan,
  answered: Answered,
): Promise<{ about: NonNullable<Meta['imported']> | null; rowsRead: number }> {
  const found = await readImportedDays(events, site.id, span.from, span.to);
  let rowsRead = found.rowsRead;
  if (!found.days) return { about: null, rowsRead };
  const plan = isHourly(query, span) ? null : planOf(query);
  if (!plan) return { about: describe(found.days, []), rowsRead };
  const days = await readImported(events, site.id, span, 'total', true);
  const isCut = query.dimensions.some((d) => d.bucket);
  const rows = plan.dimension === 'total' ? days : await readImported(events, site.id, span, plan.dimension, isCut);
  rowsRead += days.rowsRead + (rows === days ? 0 : rows.rowsRead);
  const has = (needs: Needs) => rows.rows.every((row) => needs.every((figure) => figure === 'visitors' || row[figure] !== null));
  const metrics = new Set([...NEEDS].flatMap(([name, needs]) => (has(needs) ? [name] : [])));
  const isOneDay = ({ from, to }: { from: number; to: number }) => from === to;
  for (const row of days.rows) add(answered.total, row, isOneDay(span) ? row.visitors : null, metrics);
  if (query.dimensions.length > 0) {
    const find = pieceFinder(pieces);
    for (const row of rows.rows) {
      const piece = row.day === null ? pieces[0] : find(startOfDay(site.zone, row.day));
      if (!piece) continue;
      let kind = 0;
      const key = keyOf(query.dimensions.map((d) => (d.bucket ? (piece.labels[kind++] ?? '') : plan.valueOf(row.value, d.name))));
      const figures = figuresAt(answered.groups, key, answered.total.visitors !== null);
      add(figures, row, isOneDay(piece) ? row.visitors : null, metrics);
    }
  }
  const asked = query.metrics.map(({ name }) => name);
  return {
    about: describe(
      found.days,
      asked.filter((name) => metrics.has(name)),
    ),
    rowsRead,
  };
}
