/** What an answer says about itself: coverage, reasons, what does not add up. */
import { isAdditiveOver } from './additive.ts';
import type { Dimension } from './dimension.ts';
import type { Figures, Metric } from './metric.ts';
import type { Meta } from './result.ts';
import { whyNull } from './rows.ts';
import { type Why, why } from './why.ts';

/** Why metrics are null, in the order of the figures: the first reason of each. @param shown the only ones that have distributions. */
export function reasons(
  metrics: readonly Metric[],
  all: readonly Figures[],
  shown: readonly Figures[] = all,
): Record<string, Why> {
  const found: Record<string, Why> = {};
  for (const metric of metrics) {
    for (const figures of metric.needs === 'times' ? shown : all) {
      const code = whyNull(metric, figures);
      if (!code) continue;
      found[metric.name] = why(code);
      break;
    }
  }
  return found;
}

/** Coverage and reasons over a whole answer. @param rows figures of its rows. @param shown those of them that have distributions. */
export function describeMetrics(
  metrics: readonly Metric[],
  total: Figures,
  rows: readonly Figures[],
  dimensions: readonly Dimension[],
  shown: readonly Figures[] = rows,
): Pick<Meta, 'coverage' | 'not_measured' | 'not_additive'> {
  const coverage: Record<string, number> = {};
  for (const metric of metrics) {
    const share = whyNull(metric, total) === 'empty' ? null : metric.coverage?.(total);
    if (share !== null && share !== undefined) coverage[metric.name] = share;
  }
  return {
    coverage,
    not_measured: reasons(metrics, [total, ...rows], [total, ...shown]),
    not_additive: metrics.flatMap((m) => (isAdditiveOver(m, dimensions) ? [] : [m.name])),
  };
}
