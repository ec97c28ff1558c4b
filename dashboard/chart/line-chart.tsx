/** A line over time: drawn on the server, legible at any width, read out by its title and its table. */
import type { Metric } from '../../collector/report/metric.ts';
import type { Overview } from '../../collector/report/result.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { drawSeries, layOut, PATH_SIZE, positionOf } from './geometry.ts';

type Series = Overview['series'];
const percent = (value: number) => `${Number(value.toFixed(2))}%`;

/** How many buckets are over. */
export function completeCount(series: Series): number {
  const first = series.incompleteFrom === null ? -1 : series.rows.findIndex((row) => row.dimensions[0] === series.incompleteFrom);
  return first < 0 ? series.rows.length : first;
}

/** Buckets that have begun: the rest lies in the future and is neither drawn nor listed. */
export function begunRows(series: Series) {
  return series.rows.slice(0, Math.min(series.rows.length, completeCount(series) + 1));
}

/** Runs of imported buckets as parts of the width: from half a step before the first to half a step after the last. */
export function importedBands(series: Series): { from: number; to: number }[] {
  const step = positionOf(1, series.rows.length) - positionOf(0, series.rows.length);
  const bands: { from: number; to: number; next: number }[] = [];
  for (const [i, row] of series.rows.entries()) {
    if (!row.imported) continue;
    const to = Math.min(100, positionOf(i, series.rows.length) + step / 2);
    const last = bands.at(-1);
    if (last?.next === i) Object.assign(last, { to, next: i + 1 });
    else bands.push({ from: Math.max(0, positionOf(i, series.rows.length) - step / 2), to, next: i + 1 });
  }
  return bands;
}

/** What a person who does not see the chart is told first. */
function describe(ui: Ui, series: Series, metric: Metric, values: (number | null)[]): string {
  const measured = values.filter((value) => value !== null);
  const [first, last] = [series.rows.at(0)?.dimensions[0], series.rows.at(-1)?.dimensions[0]];
  if (measured.length === 0 || first === undefined || last === undefined) return ui.say(metric.label);
  const name = (bucket: string) => ui.format.bucket(series.bucket, bucket, true);
  return `${ui.say(metric.label)}, ${name(first)} – ${name(last)}, ${ui.format.count(Math.min(...measured))} – ${ui.format.count(Math.max(...measured))}`;
}

export const LineChart = ({ ui, series, metric }: { ui: Ui; series: Series; metric: Metric }) => {
  const column = series.metrics.indexOf(metric.name);
  const begun = begunRows(series).length;
  const values = series.rows.map((row, i) => (i < begun ? (row.metrics[column] ?? null) : null));
  const earlier = series.rows.map((row) => row.comparison?.metrics[column] ?? null);
  const complete = completeCount(series);
  const plot = layOut(values, complete, earlier);
  const ghost = earlier.some((value) => value !== null) ? drawSeries(earlier, plot.yOf, earlier.length).solid : '';
  const end = plot.points.findLast((point) => point.y !== null);
  const open = complete < values.length;
  return (
    <div
      class="chart"
      id="chart"
      data-crosshair
      data-column={column}
      data-buckets={values.length}
      data-label={ui.say(text.explore)}
    >
      <svg class="plot" role="img" aria-labelledby="chart-title">
        <title id="chart-title">{describe(ui, series, metric, values)}</title>
        {importedBands(series).map(({ from, to }) => (
          <rect class="imported" x={percent(from)} y="0" width={percent(to - from)} height="100%" />
        ))}
        {plot.yTicks.map(({ y }) => (
          <line class={y === 100 ? 'base' : 'grid'} x1="0" x2="100%" y1={percent(y)} y2={percent(y)} />
        ))}
        <svg
          width="100%"
          height="100%"
          viewBox={`0 0 ${PATH_SIZE} ${PATH_SIZE}`}
          preserveAspectRatio="none"
          class="lines"
          aria-hidden="true"
        >
          <path class="fill" d={plot.fill} />
          {ghost && <path class="ghost" d={ghost} />}
          <path class="line" d={plot.solid} />
          {plot.tail && <path class="tail" d={plot.tail} />}
        </svg>
        {end?.y !== undefined && end.y !== null && (
          <circle class={open ? 'end open' : 'end'} cx={percent(end.x)} cy={percent(end.y)} r="4" />
        )}
        {plot.yTicks
          .filter(({ value }) => value > 0)
          .map(({ y, value }) => (
            <text class="y-label" x="0" y={percent(y)} dy="-6">
              {ui.format.count(value)}
            </text>
          ))}
      </svg>
      <svg class="axis" aria-hidden="true">
        {plot.xTicks.map((tick) => (
          <text class={tick.always ? '' : 'wide'} x={percent(tick.x)} y="16" text-anchor={tick.anchor}>
            {ui.format.bucket(series.bucket, series.rows[tick.index]?.dimensions[0] ?? '', false)}
          </text>
        ))}
      </svg>
    </div>
  );
};
