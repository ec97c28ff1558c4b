/** Figures of stores or kiosks as a table: one row each, the whole below, every column with its definition. */
import type { Child } from 'hono/jsx';
import type { Metric } from '../../collector/report/metric.ts';
import type { QueryResult, Row } from '../../collector/report/result.ts';
import { Whisker } from '../chart/marks.tsx';
import { PLACE_METRICS } from '../place-query.ts';
import { lists } from '../text/lists.ts';
import { stores as text } from '../text/stores.ts';
import type { Ui } from '../ui.ts';
import { DefinitionButton } from './definition.tsx';
import { Definitions } from './definitions.tsx';
import { Table } from './table.tsx';
import { Value } from './value.tsx';

/** A value, with its interval where it is a proportion, on one scale for all rows. */
const Figure = ({ ui, metric, row, at, max }: { ui: Ui; metric: Metric; row: Row; at: number; max: number }) => {
  const value = row.metrics[at] ?? null;
  const interval = row.intervals?.[metric.name];
  return (
    <>
      <Value ui={ui} metric={metric} value={value} />
      {value !== null && interval && (
        <>
          <Whisker value={value} interval={interval} max={max} />
          <small>{ui.format.interval(interval)}</small>
        </>
      )}
    </>
  );
};

/** `row` is null where nothing came from a place: nought, if a screen was in service there, else not measured. */
export type PlaceRow = { name: Child; before?: Child; row: Row | null; inService: boolean };
type Props = {
  ui: Ui;
  caption: string;
  first: string;
  before?: string;
  rows: readonly PlaceRow[];
  answer: QueryResult;
  csv: string;
};

const empty = (inService: boolean): Row => ({
  dimensions: [],
  metrics: PLACE_METRICS.map(({ unit }) => (unit === 'count' && inService ? 0 : null)),
});

export const PlaceFigures = ({ ui, caption, first, before, rows, answer, csv }: Props) => {
  const intervals = [...answer.results, answer.totals].flatMap((row) => Object.values(row.intervals ?? {}));
  const max = Math.max(0.001, ...intervals.map(([, high]) => high));
  const cellsOf = (row: Row, more: Child) => [
    ...(before === undefined ? [] : [more]),
    ...PLACE_METRICS.map((metric, at) => <Figure ui={ui} metric={metric} row={row} at={at} max={max} />),
  ];
  return (
    <>
      <Table
        kind="touchpoints places"
        caption={caption}
        first={first}
        columns={[
          ...(before === undefined ? [] : [{ label: before, plain: before }]),
          ...PLACE_METRICS.map((metric) => ({
            label: <DefinitionButton ui={ui} metric={metric} />,
            plain: ui.say(metric.label),
          })),
        ]}
        rows={rows.map(({ name, row, inService, before: more }) => ({
          head: name,
          cells: cellsOf(row ?? empty(inService), more ?? ''),
        }))}
        {...(rows.length > 1 && { foot: { head: ui.say(text.all), cells: cellsOf(answer.totals, '') } })}
      />
      <p class="ways">
        <a href={csv} download>
          {ui.say(lists.csv)}
        </a>
      </p>
      <Definitions
        ui={ui}
        names={PLACE_METRICS.map(({ name }) => name)}
        about={[answer.meta]}
        intervals={answer.totals.intervals}
      />
    </>
  );
};
