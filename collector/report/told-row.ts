/** A row as it is told: without the figures about persons that small cells hide. */
import type { Metric } from './metric.ts';
import type { Row } from './result.ts';

/** @param hiding the metrics to hide, in the row itself, or in what it is compared with. */
export function toldRow(
  row: Row,
  metrics: readonly Metric[],
  hiding: readonly Metric[],
  hides: { row: boolean; compared: boolean },
): Row {
  if (!hides.row && !hides.compared) return row;
  const names = hiding.map(({ name }) => name);
  const without = (values: readonly (number | null)[]) =>
    values.map((value, i) => (names.includes(metrics[i]?.name ?? '') ? null : value));
  const { intervals, comparison, ...rest } = row;
  const kept = Object.entries(intervals ?? {}).filter(([name]) => !hides.row || !names.includes(name));
  return {
    ...rest,
    ...(hides.row ? { metrics: without(row.metrics), suppressed: names } : {}),
    ...(kept.length > 0 ? { intervals: Object.fromEntries(kept) } : {}),
    ...(comparison
      ? {
          comparison: {
            metrics: hides.compared ? without(comparison.metrics) : comparison.metrics,
            change: without(comparison.change),
            ...(hides.compared ? { suppressed: names } : {}),
          },
        }
      : {}),
  };
}
