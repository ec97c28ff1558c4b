/** A row as it is told: without the figures about persons that small cells hide. */
import type { Metric } from './metric.ts';
import type { Row } from './result.ts';

/** @param hiding the metrics to hide, in the row itself (`now`) or in what it is compared with (`then`). */
export function toldRow(
  row: Row,
  metrics: readonly Metric[],
  hiding: readonly Metric[],
  { now, then }: { now: boolean; then: boolean },
): Row {
  if (!now && !then) return row;
  const names = hiding.map(({ name }) => name);
  const without = (values: readonly (number | null)[]) =>
    values.map((value, i) => (names.includes(metrics[i]?.name ?? '') ? null : value));
  const { intervals, comparison, ...rest } = row;
  const kept = Object.entries(intervals ?? {}).filter(([name]) => !now || !names.includes(name));
  return {
    ...rest,
    ...(now ? { metrics: without(row.metrics), suppressed: names } : {}),
    ...(kept.length > 0 ? { intervals: Object.fromEntries(kept) } : {}),
    ...(comparison
      ? {
          comparison: {
            metrics: then ? without(comparison.metrics) : comparison.metrics,
            change: without(comparison.change),
            ...(then ? { suppressed: names } : {}),
          },
        }
      : {}),
  };
}
