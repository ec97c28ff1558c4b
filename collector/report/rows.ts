/** Figures become rows: values, comparison, intervals, and why a value is missing. */
import type { Figures, Metric } from './metric.ts';
import type { Row } from './result.ts';
import type { WhyCode } from './why.ts';

/** Relative change, or null where either side is not measured or there was nothing before. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

/** What an import keeps from being said: visitors of several days, and whatever it has no figure for. */
function lackOfImport(metric: Metric, { imported }: Figures): WhyCode | undefined {
  if (!imported) return undefined;
  if (metric.name === 'visitors' && imported.visitors === null) return 'imported_by_day';
  return imported.alone && !imported.metrics.has(metric.name) ? 'not_imported' : undefined;
}

/** What keeps a metric from being measured in some figures. */
const lackOf = (metric: Metric, figures: Figures): WhyCode | undefined =>
  (figures.lacks && (figures.lacks.all ?? figures.lacks[metric.counts] ?? (metric.needs && figures.lacks[metric.needs]))) ??
  lackOfImport(metric, figures);

/** With what was imported, for a metric that means the same there. */
function withImported(metric: Metric, figures: Figures): Figures {
  const { imported, sums, visitors } = figures;
  if (!imported?.metrics.has(metric.name)) return figures;
  return {
    ...figures,
    sums: {
      ...sums,
      pageviews: sums.pageviews + imported.pageviews,
      visits: sums.visits + imported.visits,
      visit_pageviews: sums.visit_pageviews + imported.pageviews,
      events: sums.events + imported.events,
    },
    visitors: visitors && { ...visitors, visitors: visitors.visitors + (imported.visitors ?? 0) },
  };
}

const valueIn = (metric: Metric, figures: Figures) => metric.value(withImported(metric, figures));

/** Why a metric has no value in some figures, or null when it has one. */
export function whyNull(metric: Metric, figures: Figures): WhyCode | null {
  const lack = lackOf(metric, figures);
  if (lack) return lack;
  return valueIn(metric, figures) === null ? (metric.whyNull?.(figures) ?? 'empty') : null;
}

const measure = (metric: Metric, figures: Figures): number | null => (lackOf(metric, figures) ? null : valueIn(metric, figures));

/**
 * One row of an answer.
 *
 * @param compared the same of the comparison period; null when nothing is there, undefined without a comparison.
 */
export function toRow(
  dimensions: string[],
  metrics: readonly Metric[],
  figures: Figures,
  compared: Figures | null | undefined,
): Row {
  const row: Row = { dimensions, metrics: metrics.map((m) => measure(m, figures)) };
  if (figures.imported) row.imported = true;
  if (compared !== undefined) {
    const before = metrics.map((m) => (compared ? measure(m, compared) : null));
    row.comparison = { metrics: before, change: before.map((b, i) => changeOf(row.metrics[i] ?? null, b)) };
  }
  for (const [i, m] of metrics.entries()) {
    const interval = row.metrics[i] === null ? null : m.interval?.(figures);
    if (interval) row.intervals = { ...row.intervals, [m.name]: interval };
  }
  return row;
}
