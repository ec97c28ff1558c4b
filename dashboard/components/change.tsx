/** A change against the comparison period, in sign, arrow and words, so that colour is never alone. */
import type { Metric } from '../../collector/report/metric.ts';
import type { Direction } from '../format.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

const ARROWS: Record<Direction, string> = { up: '↗', down: '↘', same: '→' };

function toneOf(metric: Metric, direction: Direction): string {
  if (direction === 'same' || metric.better === 'none') return 'flat';
  return direction === metric.better ? 'good' : 'bad';
}

type Props = { ui: Ui; metric: Metric; now: number | null | undefined; before: number | null | undefined; base?: boolean };

/** `base` adds the value before. */
export const Change = ({ ui, metric, now, before, base = false }: Props) => {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const change = ui.format.change(metric, now, before);
  const from = <span class="from">{ui.say(overviewCounts.from(ui.format.value(metric, before)))}</span>;
  if (!change) return <span class="change flat">{base ? from : ui.say(text.tooSmall)}</span>;
  const spoken = change.direction === 'up' ? text.up : change.direction === 'down' ? text.down : text.unchanged;
  return (
    <span class={`change ${toneOf(metric, change.direction)}`}>
      <span class="shift">
        <span aria-hidden="true">{ARROWS[change.direction]} </span>
        <span class="spoken">{ui.say(spoken)} </span>
        {change.direction === 'same' ? <span aria-hidden="true">{ui.say(text.unchanged)}</span> : change.text}
      </span>
      {base && <> {from}</>}
    </span>
  );
};
