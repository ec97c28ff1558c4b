/** A ranked table of the overview: pages or sources, each with a bar for its share of the largest. */
import type { Child } from 'hono/jsx';
import { metricOf } from '../../collector/report/metrics.ts';
import type { Row } from '../../collector/report/result.ts';
import { Bar } from '../chart/marks.tsx';
import { channelNames, sourceNames } from '../text/channels.ts';
import { overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { DefinitionButton } from './definition.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { Value } from './value.tsx';

type Ranked = { metrics: string[]; rows: Row[]; total: number };
type Props = { ui: Ui; id: string; title: string; note: string; first: string; ranked: Ranked; head: (row: Row) => Child };

const Breakdown = ({ ui, id, title, note, first, ranked, head }: Props) => {
  const metrics = ranked.metrics.flatMap((name) => metricOf(name) ?? []);
  const largest = Math.max(1, ...ranked.rows.map((row) => row.metrics[0] ?? 0));
  const { count } = ui.format;
  return (
    <Section id={id} title={title} note={note}>
      {ranked.rows.length === 0 ? (
        <p class="empty">{ui.say(text.nothing)}</p>
      ) : (
        <Table
          kind="ranked"
          caption={title}
          first={first}
          columns={metrics.map((metric) => ({
            label: <DefinitionButton ui={ui} metric={metric} />,
            plain: ui.say(metric.label),
          }))}
          rows={ranked.rows.map((row) => ({
            head: (
              <>
                {head(row)}
                <Bar share={(row.metrics[0] ?? 0) / largest} />
              </>
            ),
            cells: metrics.map((metric, column) => <Value ui={ui} metric={metric} value={row.metrics[column]} />),
          }))}
        />
      )}
      {ranked.total > ranked.rows.length && (
        <p class="remark">{ui.say(overviewCounts.partOf(count(ranked.rows.length), count(ranked.total)))}</p>
      )}
    </Section>
  );
};

/** A value that stands for "nothing said" has words; any other is shown as it came. */
function named(ui: Ui, names: typeof sourceNames, value: string | undefined): string {
  if (value === undefined || value === '') return ui.say(text.none);
  const words = Object.hasOwn(names, value) ? names[value] : undefined;
  return words ? ui.say(words) : value;
}

export const Pages = ({ ui, pages }: { ui: Ui; pages: Ranked }) => (
  <Breakdown
    ui={ui}
    id="pages"
    title={ui.say(text.pages)}
    note={ui.say(text.pagesNote)}
    first={ui.say(text.page)}
    ranked={pages}
    head={(row) => <span class="path">{named(ui, sourceNames, row.dimensions[0])}</span>}
  />
);

export const Sources = ({ ui, sources }: { ui: Ui; sources: Ranked }) => (
  <Breakdown
    ui={ui}
    id="sources"
    title={ui.say(text.sources)}
    note={ui.say(text.sourcesNote)}
    first={ui.say(text.source)}
    ranked={sources}
    head={(row) => {
      const [source, channel] = [named(ui, sourceNames, row.dimensions[0]), named(ui, channelNames, row.dimensions[1])];
      return (
        <>
          <span class="path">{source}</span>
          {channel !== source && <span class="tag">{channel}</span>}
        </>
      );
    }}
  />
);
