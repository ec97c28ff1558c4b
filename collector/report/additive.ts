/** Over which dimensions the parts of a figure add up to the whole. */
import type { Dimension } from './dimension.ts';
import type { Metric } from './metric.ts';

/** A visit is on several pages and has several events; an act that is no event is seen with each event of its visit. */
export function isAdditiveOver(metric: Metric, dimensions: readonly Dimension[]): boolean {
  if (!metric.additive) return false;
  const has = (scope: Dimension['scope']) => dimensions.some((d) => d.scope === scope);
  if (metric.counts === 'visits') return !has('act') && !has('event');
  return metric.counts === 'events' || metric.counts === 'exposures' || !has('event');
}
