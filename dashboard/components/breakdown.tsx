/** A ranked table of the overview: pages or sources, each row a link to its own traffic, with a bar for its share of the largest. */
import { dimensionOf, NONE } from '../../collector/report/dimensions.ts';
import { metricOf } from '../../collector/report/metrics.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { Row } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Bar } from '../chart/marks.tsx';
import type { Picked } from '../filter-edit.ts';
import { sitePath, viewHref } from '../links.ts';
import { lists } from '../text/lists.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { nameOf } from '../value-names.ts';
import type { View } from '../view.ts';
import { DefinitionButton } from './definition.tsx';
import { RowLink } from './row-link.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { Refusal } from './too-much.tsx';
import { Value } from './value.tsx';

type Ranked = { metrics: string[]; rows: Row[]; total: number };
type Props = {
  ui: Ui;
  site: Site;
  view: View;
  id: 'pages' | 'sources';
  /** The row's dimensions; the first one names it, a second one stands beside it. */
  by: readonly [string, ...string[]];
  ranked: Ranked | Problem;
};

/** What a row is about. A second value that only repeats the first says nothing more. */
function pickedBy(by: readonly string[], row: Row): Picked[] {
  const values = by.map((name, i): Picked => [name, row.dimensions[i] ?? '']);
  return values.filter(([, value], i) => i === 0 || value !== values[0]?.[1]);
}

const Rows = ({ ui, site, view, by, ranked }: Omit<Props, 'ranked'> & { ranked: Ranked }) => {
  const metrics = ranked.metrics.flatMap((name) => metricOf(name) ?? []);
  const largest = Math.max(1, ...ranked.rows.map((row) => (row.dimensions[0] === NONE ? 0 : (row.metrics[0] ?? 0))));
  const [first] = by;
  const label = dimensionOf(first)?.label;
  return (
    <Table
      kind="ranked"
      caption={label ? ui.say(label) : first}
      first={label ? ui.say(label) : first}
      columns={metrics.map((metric) => ({ label: <DefinitionButton ui={ui} metric={metric} />, plain: ui.say(metric.label) }))}
      rows={ranked.rows.map((row) => {
        const picked = pickedBy(by, row);
        const [name, beside] = picked.map(([dimension, value]) => nameOf(ui, dimension, value));
        return {
          head: (
            <>
              <RowLink ui={ui} site={site} view={view} picked={picked} name={name ?? ''} />
              {beside !== undefined && <span class="tag">{beside}</span>}
              <Bar share={(row.metrics[0] ?? 0) / largest} />
            </>
          ),
          cells: metrics.map((metric, column) => (
            <Value ui={ui} metric={metric} value={row.metrics[column]} suppressed={row.suppressed} />
          )),
        };
      })}
    />
  );
};

export const Breakdown = ({ ranked, ...props }: Props) => {
  const { ui, site, view, id, by } = props;
  const { count } = ui.format;
  return (
    <Section id={id} title={ui.say(text[id])} note={ui.say(text[`${id}Note`])}>
      {isProblem(ranked) ? (
        <Refusal ui={ui} problem={ranked} />
      ) : (
        <>
          {ranked.rows.length === 0 ? <p class="empty">{ui.say(text.nothing)}</p> : <Rows {...props} ranked={ranked} />}
          <p class="remark">
            {ranked.total > ranked.rows.length && (
              <span>{ui.say(overviewCounts.partOf(count(ranked.rows.length), count(ranked.total)))}</span>
            )}{' '}
            <a href={viewHref(site, view, {}, `/by/${by[0]}`)}>
              {ui.say(lists.more)}
              <span class="spoken"> – {ui.say(text[id])}</span>
            </a>
            {by.includes('channel') && (
              <>
                {' · '}
                <a href={sitePath(site, '/channels')}>{ui.say(text.channelRules)}</a>
              </>
            )}
          </p>
        </>
      )}
    </Section>
  );
};
