/** The chart with the links that choose its figure, and the same figures as a table whose days lead to themselves. */
import { metricOf } from '../../collector/report/metrics.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { Overview } from '../../collector/report/result.ts';
import { dayOfDate } from '../../collector/store/calendar.ts';
import { begunRows, completeCount, LineChart } from '../chart/line-chart.tsx';
import { type Here, hrefOf } from '../links.ts';
import { importedWords } from '../text/imports.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { CHARTS, type Chart } from '../view.ts';
import { Refusal } from './too-much.tsx';
import { Value } from './value.tsx';

type Series = Overview['series'];
/** `last`: the last day of the period, where its last bucket ends. */
type Props = { ui: Ui; here: Here; series: Series; last: string };

const isMeasured = (series: Series, name: string) =>
  series.rows.some((row) => (row.metrics[series.metrics.indexOf(name)] ?? null) !== null);

const hasAny = (series: Series, name: string) => series.rows.some((row) => (row.metrics[series.metrics.indexOf(name)] ?? 0) > 0);

/** What is drawn: the reader's choice, else the first figure that there is any of, else the first that was measured. */
export function chosenChart(series: Series, asked: Chart | null): Chart {
  if (asked && isMeasured(series, asked)) return asked;
  return CHARTS.find((name) => hasAny(series, name)) ?? CHARTS.find((name) => isMeasured(series, name)) ?? 'visits';
}

/** The days of a bucket as a period of its own; null for hours, which are none. */
function rangeOf({ bucket, rows }: Series, at: number, last: string): { from: number; to: number } | null {
  const from = dayOfDate(rows[at]?.dimensions[0] ?? '');
  const next = rows[at + 1]?.dimensions[0];
  const to = next === undefined ? dayOfDate(last) : (dayOfDate(next) ?? 0) - 1;
  return bucket === 'hour' || from === null || to === null ? null : { from, to };
}

const Twin = ({ ui, here, series, last }: Props) => {
  const metrics = series.metrics.flatMap((name) => metricOf(name) ?? []);
  const complete = completeCount(series);
  return (
    <details id="chart-table" class="twin">
      <summary>{ui.say(text.chartTable)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{ui.say(text.date)}</th>
            {metrics.map((metric) => (
              <th scope="col" class="num">
                {ui.say(metric.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {begunRows(series).map((row, i) => {
            const range = rangeOf(series, i, last);
            const name = ui.format.bucket(series.bucket, row.dimensions[0] ?? '', true);
            return (
              <tr>
                <th scope="row">
                  {range ? <a href={hrefOf(here, { range })}>{name}</a> : name}
                  {i >= complete && ` (${ui.say(text.incomplete)})`}
                  {row.imported && ` (${ui.say(importedWords.row)})`}
                </th>
                {metrics.map((metric, column) => {
                  const before = row.comparison?.metrics[column] ?? null;
                  return (
                    <td class="num">
                      <Value ui={ui} metric={metric} value={row.metrics[column]} suppressed={row.suppressed} />
                      {before !== null && (
                        <small class="from"> {ui.say(overviewCounts.from(ui.format.value(metric, before)))}</small>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
};

const Chosen = ({ ui, here, series, last }: Props) => {
  const chosen = chosenChart(series, here.view.chart);
  const metric = metricOf(chosen);
  const hasVisitors = isMeasured(series, 'visitors');
  return (
    <>
      <header>
        <h2 id="over-time">{ui.say(text.over)}</h2>
        <nav class="tabs" aria-label={ui.say(text.chartMetric)}>
          {CHARTS.filter((name) => isMeasured(series, name)).map((name) => (
            <a href={`${hrefOf(here, { chart: name })}#over-time`} aria-current={name === chosen ? 'true' : undefined}>
              {ui.say(metricOf(name)?.label ?? { fr: name, en: name })}
            </a>
          ))}
        </nav>
      </header>
      {metric && <LineChart ui={ui} series={series} metric={metric} />}
      {series.bucket === 'hour' && !hasVisitors && <p class="remark">{ui.say(text.hourVisitors)}</p>}
      {series.rows.some((row) => row.imported) && <p class="remark">{ui.say(importedWords.band)}</p>}
      <Twin ui={ui} here={here} series={series} last={last} />
    </>
  );
};

export const ChartSection = ({ series, ...props }: Omit<Props, 'series'> & { series: Series | Problem }) => (
  <section class="over-time" aria-labelledby="over-time">
    {isProblem(series) ? (
      <>
        <h2 id="over-time">{props.ui.say(text.over)}</h2>
        <Refusal ui={props.ui} problem={series} />
      </>
    ) : (
      <Chosen {...props} series={series} />
    )}
  </section>
);
