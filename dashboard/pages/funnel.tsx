/** The way of opt-ins as bars with the same figures as a table: submitted, confirmed, withdrawn again, by source, page, store or wording. */
import type { FunnelRow } from '../../collector/people/opt-in-funnel.ts';
import type { Period } from '../../collector/report/query.ts';
import type { Site } from '../../collector/store/sites.ts';
import { PeopleHead } from '../components/people-parts.tsx';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { queryOf, sitePath } from '../links.ts';
import { funnelByWords, people as text } from '../text/people.ts';
import { periodNames } from '../text/periods.ts';
import type { Ui } from '../ui.ts';

export const FUNNEL_TABS = ['source', 'page', 'store', 'wording', 'touchpoint'] as const;
export type FunnelTab = (typeof FUNNEL_TABS)[number];
export const FUNNEL_PERIODS: readonly Period[] = ['7d', '28d', '91d', '12mo', 'all'];
/** By source what only PEOPLE knows may be missing. Names are as readers see them. */
export type ShownRow = { [name in keyof FunnelRow]: name extends 'name' ? string : number | null };
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  by: FunnelTab;
  period: Period;
  days: { from: string; to: string };
  rows: readonly ShownRow[];
  total: ShownRow;
};

const STEPS = ['submitted', 'confirmed', 'withdrawn'] as const;
const hrefOf = (site: Site, by: FunnelTab, period: Period) =>
  `${sitePath(site, '/people/funnel')}?${queryOf([
    ['by', by],
    ['period', period],
  ])}`;

/** Three bars on one scale; the table below says the same in figures. */
const Steps = ({ ui, total }: { ui: Ui; total: ShownRow }) => (
  <dl class="steps">
    {STEPS.map((step) => (
      <div>
        <dt>{ui.say(text[step])}</dt>
        <dd>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect
              class={step}
              x="0"
              y="0"
              height="6"
              width={total.submitted ? (100 * (total[step] ?? 0)) / total.submitted : 0}
            />
          </svg>
          <b>{total[step] === null ? ui.say(text.notMeasured) : ui.format.count(total[step])}</b>
          {step === 'confirmed' && total.submitted ? (
            <span>{ui.format.share((total.confirmed ?? 0) / total.submitted)}</span>
          ) : null}
          {step === 'withdrawn' && total.confirmed ? (
            <span>{ui.format.share((total.withdrawn ?? 0) / total.confirmed)}</span>
          ) : null}
        </dd>
      </div>
    ))}
  </dl>
);

const Figures = ({ ui, by, rows, total }: Props) => {
  // By source nobody knows who still waits: no column for what is measured nowhere.
  const rest = rows.some(({ waiting }) => waiting !== null);
  const columns = [
    text.submitted,
    text.confirmed,
    text.confirmedShare,
    text.withdrawn,
    ...(rest ? [text.waiting, text.lapsed] : []),
  ];
  const count = (n: number | null) => (n === null ? ui.say(text.notMeasured) : ui.format.count(n));
  const cells = (row: ShownRow) => [
    count(row.submitted),
    count(row.confirmed),
    row.submitted && row.confirmed !== null ? ui.format.share(row.confirmed / row.submitted) : '–',
    count(row.withdrawn),
    ...(rest ? [count(row.waiting), count(row.lapsed)] : []),
  ];
  return (
    <Table
      caption={`${ui.say(text.funnel)} – ${ui.say(funnelByWords[by])}`}
      first={ui.say(funnelByWords[by])}
      columns={columns.map((words) => ({ label: ui.say(words), plain: ui.say(words) }))}
      rows={rows.map((row) => ({ head: <span class="path">{row.name}</span>, cells: cells(row) }))}
      foot={{ head: ui.say(text.whole), cells: cells(total) }}
    />
  );
};

export const FunnelPage = (props: Props) => {
  const { ui, frame, site, by, period, days, rows, total } = props;
  return (
    <Page ui={ui} frame={frame} place="people" title={`${ui.say(text.funnel)} – ${site.name}`}>
      <PeopleHead ui={ui} site={site} part="funnel" />
      <div class="pickers">
        <nav class="periods" aria-label={ui.say(text.period)}>
          {FUNNEL_PERIODS.map((one) => (
            <a href={hrefOf(site, by, one)} aria-current={one === period ? 'true' : undefined}>
              {ui.say(periodNames[one])}
            </a>
          ))}
        </nav>
      </div>
      <Section id="steps" title={ui.say(text.funnel)} note={`${ui.format.days(days.from, days.to)}. ${ui.say(text.funnelNote)}`}>
        {total.submitted ? <Steps ui={ui} total={total} /> : <p class="empty">{ui.say(text.none)}</p>}
      </Section>
      {rows.length > 0 && (
        <section class="section wide" aria-labelledby="by">
          <header>
            <h2 id="by">{`${ui.say(text.by)} ${ui.say(funnelByWords[by]).toLowerCase()}`}</h2>
            <nav class="tabs" aria-label={ui.say(text.by)}>
              {FUNNEL_TABS.map((one) => (
                <a href={hrefOf(site, one, period)} aria-current={one === by ? 'page' : undefined}>
                  {ui.say(funnelByWords[one])}
                </a>
              ))}
            </nav>
          </header>
          <div class="content">
            <Figures {...props} />
          </div>
        </section>
      )}
    </Page>
  );
};
