/** The table of a list: every row a link to its own traffic, every column sorted by a link and explained by its name. */
import { NONE } from '../../collector/report/dimensions.ts';
import type { Metric } from '../../collector/report/metric.ts';
import type { QueryResult, Row } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Bar } from '../chart/marks.tsx';
import { withoutComparison } from '../comparison.ts';
import { columnsOf, type List, listHref, type Sort, sortsByName } from '../list.ts';
import { isApplicable } from '../reports.ts';
import { lists as text } from '../text/lists.ts';
import { overview } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { nameOf } from '../value-names.ts';
import type { View } from '../view.ts';
import { Change } from './change.tsx';
import { DefinitionButton } from './definition.tsx';
import { RowLink } from './row-link.tsx';
import { type Column, type Sorting, Table } from './table.tsx';
import { Value } from './value.tsx';

type Props = { ui: Ui; site: Site; view: View; list: List; answer: QueryResult; fairness: 'fair' | 'early' | 'open' };

/** A link that sorts by a column: most first for figures, A to Z for names, and the other way round when it is sorted so already. */
function sorting({ ui, site, view, list }: Props, by: string, label: string, isFirst: boolean): Sorting {
  const current = list.sort ?? { by: columnsOf(list)[0]?.name ?? '', direction: 'desc' as const };
  const usual = by === list.dimension.name ? 'asc' : 'desc';
  const isSorted = current.by === by;
  const direction: Sort['direction'] = isSorted ? (current.direction === 'asc' ? 'desc' : 'asc') : usual;
  const sort: Sort | null = isFirst && direction === 'desc' ? null : { by, direction };
  const words = direction === 'asc' ? text.ascending : text.descending;
  return {
    state: isSorted ? (current.direction === 'asc' ? 'ascending' : 'descending') : 'none',
    href: listHref(site, view, list, { sort }),
    says: `${ui.say(text.sortBy)} ${label}, ${ui.say(words)}`,
  };
}

/** The change of the first figure; what was not there before is new, unless nothing was measured then. */
const Shift = ({ ui, metric, row, totals, open }: { ui: Ui; metric: Metric; row: Row; totals: Row; open: boolean }) => {
  const [now, before] = [row.metrics[0], row.comparison?.metrics[0] ?? null];
  if (before === null && now && (totals.comparison?.metrics[0] ?? null) !== null)
    return <span class="change flat">{ui.say(text.fresh)}</span>;
  return before === null ? (
    <span class="unmeasured">–</span>
  ) : (
    <Change ui={ui} metric={metric} now={now} before={before} base open={open} />
  );
};

/** A value, with its interval where it is a proportion. */
const Figure = ({ ui, metric, row, at }: { ui: Ui; metric: Metric; row: Row; at: number }) => {
  const interval = row.intervals?.[metric.name];
  return (
    <>
      <Value ui={ui} metric={metric} value={row.metrics[at]} suppressed={row.suppressed} />
      {interval && <small>{ui.format.interval(interval)}</small>}
    </>
  );
};

export const ListTable = (props: Props) => {
  const { ui, site, view, list, answer, fairness } = props;
  const { name } = list.dimension;
  const metrics = columnsOf(list);
  const [main] = metrics;
  const rows = fairness === 'early' ? answer.results.map(withoutComparison) : answer.results;
  const compares = main !== undefined && rows.some((row) => row.comparison);
  const sizes = rows.map((row) => (row.dimensions[0] === NONE ? 0 : (row.metrics[0] ?? 0)));
  const largest = Math.max(1, ...sizes);
  const columns = metrics.map(
    (metric, i): Column => ({
      label: <DefinitionButton ui={ui} metric={metric} />,
      plain: ui.say(metric.label),
      sorting: sorting(props, metric.name, ui.say(metric.label), i === 0),
    }),
  );
  if (compares) columns.splice(1, 0, { label: ui.say(text.change), plain: ui.say(text.change) });
  const cellsOf = (row: Row) => {
    const value = row.dimensions[0];
    const cells = metrics.map((metric, i) =>
      value !== undefined && !isApplicable(metric, list.dimension, value) ? (
        <span class="unmeasured">{ui.say(overview.notApplicable)}</span>
      ) : (
        <Figure ui={ui} metric={metric} row={row} at={i} />
      ),
    );
    const open = fairness === 'open';
    if (compares) cells.splice(1, 0, <Shift ui={ui} metric={main} row={row} totals={answer.totals} open={open} />);
    return cells;
  };
  const label = ui.say(list.dimension.label);
  return (
    <Table
      kind="ranked list"
      caption={label}
      first={label}
      firstSorting={sortsByName(list) ? sorting(props, name, label, false) : undefined}
      columns={columns}
      rows={rows.map((row, i) => ({
        head: (
          <>
            <RowLink
              ui={ui}
              site={site}
              view={view}
              picked={[[name, row.dimensions[0] ?? '']]}
              name={nameOf(ui, name, row.dimensions[0] ?? '')}
            />
            <Bar share={(sizes[i] ?? 0) / largest} />
          </>
        ),
        cells: cellsOf(row),
      }))}
      foot={{ head: ui.say(text.total), cells: cellsOf(fairness === 'early' ? withoutComparison(answer.totals) : answer.totals) }}
    />
  );
};
