/** Web next to each store: the same columns, in the order they were opened, never ranked. */
import { store } from '../../collector/report/dimensions/store.ts';
import type { Metric } from '../../collector/report/metric.ts';
import { metricOf } from '../../collector/report/metrics.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { Overview, Row } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Whisker } from '../chart/marks.tsx';
import { isApplicable } from '../reports.ts';
import { overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { nameOf } from '../value-names.ts';
import type { View } from '../view.ts';
import { Change } from './change.tsx';
import { DefinitionButton } from './definition.tsx';
import { RowLink } from './row-link.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { Refusal } from './too-much.tsx';
import { Value } from './value.tsx';

/** Small changes are shown only where they say most. */
const WITH_CHANGE = ['visits', 'opt_ins'];

type CellProps = { ui: Ui; row: Row; metric: Metric; column: number; max: number; open: boolean };

const Cell = ({ ui, row, metric, column, max, open }: CellProps) => {
  const value = row.metrics[column] ?? null;
  const interval = row.intervals?.[metric.name];
  if (!isApplicable(metric, store, row.dimensions[0] ?? '')) return <span class="unmeasured">{ui.say(text.notApplicable)}</span>;
  return (
    <>
      <Value ui={ui} metric={metric} value={value} suppressed={row.suppressed} />
      {WITH_CHANGE.includes(metric.name) && (
        <Change ui={ui} metric={metric} now={value} before={row.comparison?.metrics[column]} open={open} />
      )}
      {value !== null && interval && (
        <>
          <Whisker value={value} interval={interval} max={max} />
          <small>{ui.format.interval(interval)}</small>
        </>
      )}
    </>
  );
};

type Props = { ui: Ui; site: Site; view: View; touchpoints: Overview['touchpoints']; open: boolean };

const Rows = ({ ui, site, view, touchpoints, open }: Props) => {
  const metrics = touchpoints.metrics.flatMap((name) => metricOf(name) ?? []);
  const max = Math.max(0.001, ...touchpoints.rows.flatMap((row) => Object.values(row.intervals ?? {}).map(([, high]) => high)));
  return (
    <Table
      kind="touchpoints"
      caption={ui.say(text.touchpoints)}
      first={ui.say(text.touchpoint)}
      columns={metrics.map((metric) => ({ label: <DefinitionButton ui={ui} metric={metric} />, plain: ui.say(metric.label) }))}
      rows={touchpoints.rows.map((row) => ({
        head: (
          <RowLink
            ui={ui}
            site={site}
            view={view}
            picked={[['store', row.dimensions[0] ?? '']]}
            name={nameOf(ui, 'store', row.dimensions[0] ?? '')}
          />
        ),
        cells: metrics.map((metric, column) => <Cell ui={ui} row={row} metric={metric} column={column} max={max} open={open} />),
      }))}
    />
  );
};

export const Touchpoints = ({
  touchpoints,
  ...props
}: Omit<Props, 'touchpoints'> & { touchpoints: Overview['touchpoints'] | Problem }) => {
  const { ui } = props;
  return (
    <Section wide id="touchpoints" title={ui.say(text.touchpoints)} note={ui.say(text.touchpointsNote)}>
      {isProblem(touchpoints) ? (
        <Refusal ui={ui} problem={touchpoints} />
      ) : touchpoints.rows.length === 0 ? (
        <p class="empty">{ui.say(text.nothing)}</p>
      ) : (
        <Rows {...props} touchpoints={touchpoints} />
      )}
    </Section>
  );
};
