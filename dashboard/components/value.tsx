/** One value of a metric, or the words "not measured", which open the reason: never a zero that was not counted. */
import type { Metric } from '../../collector/report/metric.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

/** The page it stands on has the metric's definition card. */
export const Value = ({ ui, metric, value }: { ui: Ui; metric: Metric; value: number | null | undefined }) =>
  value === null || value === undefined ? (
    <button type="button" class="term unmeasured" popovertarget={`what-${metric.name}`}>
      {ui.say(text.notMeasured)}
    </button>
  ) : (
    <span class="number">{ui.format.value(metric, value)}</span>
  );
