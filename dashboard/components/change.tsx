/** A change against the comparison period, in sign, arrow and words, so that colour is never alone. */
import type { Metric } from '../../collector/report/metric.ts';
import type { Direction } from '../format.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';

const ARROWS: Record<Direction, string> = { up: '↗', down: '↘', same: '→' };

/** Less than this share of the earlier value is no news, and gets no colour. */
const NEWS = 0.01;

function toneOf(metric: Metric, direction: Direction, shift: number): string {
  if (direction === 'same' || metric.better === 'none' || Math.abs(shift) < NEWS) return 'flat';
  return direction === metric.better ? 'good' : 'bad';
}

type Props = {
  ui: Ui;
  metric: Metric;
  now: number | null | undefined;
  before: number | null | undefined;
  base?: boolean;
  open?: boolean;
};

/** `base` adds the value before; `open` shows that value alone, because the period is not over. */
export const Change = ({ ui, metric, now, before, base = false, open = false }: Props) => {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const change = open ? null : ui.format.change(metric, now, before);
  if (!change && now === 0 && before === 0) return null;
  const from = <span class="from">{ui.say(overviewCounts.from(ui.format.value(metric, before)))}</span>;
  if (!change) return <span class="change flat">{from}</span>;
  const spoken = change.direction === 'up' ? text.up : change.direction === 'down' ? text.down : text.unchanged;
  return (
    <span class={`change ${toneOf(metric, change.direction, before === 0 ? 1 : now / before - 1)}`}>
      <span class="shift">
        <span aria-hidden="true">{ARROWS[change.direction]} </span>
        <span class="spoken">{ui.say(spoken)} </span>
        {change.direction === 'same' ? <span aria-hidden="true">{ui.say(text.unchanged)}</span> : change.text}
      </span>
      {base && <> {from}</>}
    </span>
  );
};
