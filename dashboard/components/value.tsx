/** One value of a metric, or the words "not measured", which open the reason: never a zero that was not counted. */
import type { Metric } from '../../collector/report/metric.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; metric: Metric; value: number | null | undefined; suppressed?: readonly string[] | undefined };

/** The page it stands on has the metric's definition card. @param suppressed metrics that small cells hide in this row. */
export const Value = ({ ui, metric, value, suppressed }: Props) =>
  suppressed?.includes(metric.name) ? (
    <span class="unmeasured" title={ui.say(text.hiddenWhy)}>
      {ui.say(text.hidden)}
      <span class="spoken">. {ui.say(text.hiddenWhy)}</span>
    </span>
  ) : value === null || value === undefined ? (
    <button type="button" class="term unmeasured" popovertarget={`what-${metric.name}`}>
      {ui.say(text.notMeasured)}
    </button>
  ) : (
    <span class="number">{ui.format.value(metric, value)}</span>
  );
