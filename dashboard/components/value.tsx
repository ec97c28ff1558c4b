/** One value of a metric, or the words "not measured": never a zero that was not counted. */
import type { Metric } from '../../collector/report/metric.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

export const Value = ({ ui, metric, value }: { ui: Ui; metric: Metric; value: number | null | undefined }) =>
  value === null || value === undefined ? (
    <span class="unmeasured">{ui.say(text.notMeasured)}</span>
  ) : (
    <span class="number">{ui.format.value(metric, value)}</span>
  );
