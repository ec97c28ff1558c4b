/** The headline row: nine figures in two groups, each with its change, its coverage and its definition one tap away. */
import type { Metric } from '../../collector/report/metric.ts';
import { metricOf } from '../../collector/report/metrics.ts';
import type { Meta, Row } from '../../collector/report/result.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { Change } from './change.tsx';
import { DefinitionButton } from './definition.tsx';
import { Value } from './value.tsx';

/** Figures about coming and staying; every other one is about the relationship. */
const TRAFFIC = ['visitors', 'visits', 'pageviews', 'pages_per_visit', 'time_on_page'];
/** Figures that say how time on page is spread: they stand below it. */
const SPREAD = new Map([
  ['time_on_page_median', text.median],
  ['time_on_page_p75', text.p75],
]);
/** Counted on the day of the request, and shown with the opt-ins. */
const ELSEWHERE = ['opt_ins_confirmed'];

type Figure = {
  metric: Metric;
  now: number | null;
  before: number | null | undefined;
  interval: [number, number] | undefined;
  suppressed: string[] | undefined;
};
type CellProps = { ui: Ui; figure: Figure; spread: Figure[]; coverage: number | undefined; open: boolean };

const Cell = ({ ui, figure: { metric, now, before, interval, suppressed }, spread, coverage, open }: CellProps) => (
  <div class="figure">
    <dt>
      <DefinitionButton ui={ui} metric={metric} />
    </dt>
    <dd class="value">
      <Value ui={ui} metric={metric} value={now} suppressed={suppressed} />
    </dd>
    <dd class="note">
      <Change ui={ui} metric={metric} now={now} before={before} base open={open} />
    </dd>
    {now !== null && interval && <dd class="note">{ui.format.interval(interval)}</dd>}
    {spread
      .filter((one) => one.now !== null)
      .map((one) => (
        <dd class="note spread">
          <DefinitionButton ui={ui} metric={one.metric} label={SPREAD.get(one.metric.name)} />{' '}
          <Value ui={ui} metric={one.metric} value={one.now} />
        </dd>
      ))}
    {now !== null && coverage !== undefined && <dd class="note">{ui.say(overviewCounts.coverage(ui.format.share(coverage)))}</dd>}
  </div>
);

type Props = { ui: Ui; row: Row; names: readonly string[]; meta: Meta; open: boolean };

/** @param names the metrics of the row, in its order. */
export const Headline = ({ ui, row, names, meta, open }: Props) => {
  const all = names.flatMap((name, i): Figure[] => {
    const metric = metricOf(name);
    return metric
      ? [
          {
            metric,
            now: row.metrics[i] ?? null,
            before: row.comparison?.metrics[i],
            interval: row.intervals?.[name],
            suppressed: row.suppressed,
          },
        ]
      : [];
  });
  const figures = all.filter(({ metric }) => !SPREAD.has(metric.name) && !ELSEWHERE.includes(metric.name));
  const groups = [
    { title: text.traffic, figures: figures.filter((f) => TRAFFIC.includes(f.metric.name)) },
    { title: text.relation, figures: figures.filter((f) => !TRAFFIC.includes(f.metric.name)) },
  ];
  return (
    <section class="headline" aria-label={ui.say(text.figures)}>
      {groups.map((group) => (
        <div class="figures">
          <h2>{ui.say(group.title)}</h2>
          <dl>
            {group.figures.map((figure) => (
              <Cell
                ui={ui}
                figure={figure}
                spread={figure.metric.name === 'time_on_page' ? all.filter(({ metric }) => SPREAD.has(metric.name)) : []}
                coverage={meta.coverage[figure.metric.name]}
                open={open}
              />
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
};
