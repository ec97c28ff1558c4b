/** The chart with the links that choose its figure, and the same figures as a table. */
import { metricOf } from '../../collector/report/metrics.ts';
import type { Overview } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { begunRows, completeCount, LineChart } from '../chart/line-chart.tsx';
import { CHARTS, type Chart, type View, viewHref } from '../links.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { Value } from './value.tsx';

type Series = Overview['series'];
type Props = { ui: Ui; site: Site; view: View; series: Series };

const isMeasured = (series: Series, name: string) =>
  series.rows.some((row) => (row.metrics[series.metrics.indexOf(name)] ?? null) !== null);

/** What is drawn: the reader's choice, else the first figure that was measured. */
export function chosenChart(series: Series, asked: Chart | null): Chart {
  if (asked && isMeasured(series, asked)) return asked;
  return CHARTS.find((name) => isMeasured(series, name)) ?? 'visits';
}

const Twin = ({ ui, series }: { ui: Ui; series: Series }) => {
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
          {begunRows(series).map((row, i) => (
            <tr>
              <th scope="row">
                {ui.format.bucket(series.bucket, row.dimensions[0] ?? '', true)}
                {i >= complete && ` (${ui.say(text.incomplete)})`}
              </th>
              {metrics.map((metric, column) => (
                <td class="num">
                  <Value ui={ui} metric={metric} value={row.metrics[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};

export const ChartSection = ({ ui, site, view, series }: Props) => {
  const chosen = chosenChart(series, view.chart);
  const metric = metricOf(chosen);
  return (
    <section class="over-time" aria-labelledby="over-time">
      <header>
        <h2 id="over-time">{ui.say(text.over)}</h2>
        <nav class="tabs" aria-label={ui.say(text.chartMetric)}>
          {CHARTS.filter((name) => isMeasured(series, name)).map((name) => (
            <a href={`${viewHref(site, view, { chart: name })}#over-time`} aria-current={name === chosen ? 'true' : undefined}>
              {ui.say(metricOf(name)?.label ?? { fr: name, en: name })}
            </a>
          ))}
        </nav>
      </header>
      {metric && <LineChart ui={ui} series={series} metric={metric} />}
      {series.bucket === 'hour' && <p class="remark">{ui.say(text.hourVisitors)}</p>}
      <Twin ui={ui} series={series} />
    </section>
  );
};
