/** The name of a metric that opens its own definition: a popover of the platform, so it works without a script. */
import type { Metric, Words } from '../../collector/report/metric.ts';
import { WINDOWS } from '../../collector/report/metric-windows.ts';
import { helpPhrases, helpWords } from '../text/help.ts';
import { overview as text } from '../text/overview.ts';
import { shell } from '../text/shell.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  metric: Metric;
  coverage?: number | undefined;
  interval?: readonly [number, number] | undefined;
  why?: Words | null;
};

/** The button: the metric's own label, or a shorter one where the place says the rest. */
export const DefinitionButton = ({ ui, metric, label = metric.label }: { ui: Ui; metric: Metric; label?: Words | undefined }) => (
  <button type="button" class="term" popovertarget={`what-${metric.name}`}>
    {ui.say(label)}
    <span class="spoken"> ({ui.say(text.definition)})</span>
  </button>
);

/** The card it opens. */
export const DefinitionCard = ({ ui, metric, coverage, interval, why }: Props) => (
  <dialog
    popover="auto"
    id={`what-${metric.name}`}
    class="card"
    aria-label={`${ui.say(text.definition)} – ${ui.say(metric.label)}`}
  >
    <p class="card-title">{ui.say(metric.label)}</p>
    <p>{ui.say(metric.definition)}</p>
    <dl class="facts">
      <dt>{ui.say(text.formula)}</dt>
      <dd>
        <code>{ui.say(metric.formula)}</code>{' '}
        <span class="from">{ui.say(helpPhrases.version(ui.format.count(metric.version)))}</span>
      </dd>
      <dt>{ui.say(helpWords.window)}</dt>
      <dd>{ui.say(WINDOWS[metric.counts])}</dd>
      {coverage !== undefined && (
        <>
          <dt>{ui.say(text.coverage)}</dt>
          <dd>{ui.format.share(coverage)}</dd>
        </>
      )}
      {interval && (
        <>
          <dt>{ui.say(text.interval)}</dt>
          <dd>{ui.format.interval(interval)}</dd>
        </>
      )}
      {why && (
        <>
          <dt>{ui.say(text.why)}</dt>
          <dd>{ui.say(why)}</dd>
        </>
      )}
    </dl>
    <p class="card-links">
      <a href="/help/what-we-count#metrics">{ui.say(text.allDefinitions)}</a>
      <button type="button" class="quiet" popovertarget={`what-${metric.name}`} popovertargetaction="hide">
        {ui.say(shell.close)}
      </button>
    </p>
  </dialog>
);
