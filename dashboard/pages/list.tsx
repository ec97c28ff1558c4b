/** A report that lists the values of one dimension: pages, sources, campaigns, stores, places, devices, events. */
import type { Dimension } from '../../collector/report/dimensions.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { type Days, fairnessOf } from '../comparison.ts';
import { Definitions } from '../components/definitions.tsx';
import { ListTable } from '../components/list-table.tsx';
import { ListTools, Paging } from '../components/list-tools.tsx';
import { ReportHead } from '../components/report-head.tsx';
import { TooMuch } from '../components/too-much.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath, viewHref } from '../links.ts';
import { columnsOf, hereOf, type List } from '../list.ts';
import { dimensionsOf, type Report } from '../reports.ts';
import { listCounts, reportNames, lists as text } from '../text/lists.ts';
import { overview } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  view: View;
  list: List;
  report: Report;
  answer: QueryResult | Problem;
  /** What the page is about. */
  days: Days;
  csv: string;
  unread: Problem | null;
  live: boolean;
};

type Shown = Pick<Props, 'ui' | 'site' | 'view' | 'list'>;

/** The dimensions of the report; a property of events joins them when it is looked at. */
function kindsOf(report: Report, { dimension }: List): Dimension[] {
  const kinds = dimensionsOf(report);
  return kinds.some(({ name }) => name === dimension.name) ? kinds : [...kinds, dimension];
}

/** Its values follow from rules that the reader can see and add to. */
const isDecided = ({ name }: Dimension) => name === 'channel' || name === 'source';

/** What is asked of one dimension need not make sense for the next: only the view stays. */
const Kinds = ({ ui, site, view, list, kinds }: Shown & { kinds: Dimension[] }) => (
  <nav class="tabs" aria-label={ui.say(text.kinds)}>
    {kinds.map(({ name, label }) => (
      <a
        href={viewHref(site, view, {}, `/by/${encodeURIComponent(name)}`)}
        aria-current={name === list.dimension.name ? 'page' : undefined}
      >
        {ui.say(label)}
      </a>
    ))}
  </nav>
);

const Body = ({ answer, csv, ...shown }: Shown & { answer: QueryResult; csv: string }) => {
  const { ui, site, list } = shown;
  const fairness = fairnessOf(site, answer.meta, ui.nowMs);
  const empty = answer.results.length === 0;
  const notAdditive = columnsOf(list).some(({ name, additive }) => additive && answer.meta.not_additive?.includes(name));
  return (
    <>
      <ListTools {...shown} csv={empty ? null : csv} />
      {empty ? (
        <p class="empty">{ui.say(list.search === '' ? overview.nothing : listCounts.none(list.search))}</p>
      ) : (
        <>
          <ListTable {...shown} answer={answer} fairness={fairness} />
          <Paging {...shown} answer={answer} />
          {notAdditive && <p class="remark">{ui.say(text.totalNote)}</p>}
          {answer.meta.suppressed && <p class="remark">{ui.say(overview.hiddenNote)}</p>}
        </>
      )}
      <Definitions
        ui={ui}
        names={columnsOf(list).map(({ name }) => name)}
        about={[answer.meta]}
        intervals={answer.totals.intervals}
      />
    </>
  );
};

export const ListPage = ({ frame, report, answer, days, unread, live, ...shown }: Props) => {
  const { ui, site, view, list } = shown;
  const kinds = kindsOf(report, list);
  return (
    <Page ui={ui} frame={frame} place="overview" title={`${ui.say(list.dimension.label)} – ${site.name}`} script live={live}>
      <ReportHead
        ui={ui}
        site={site}
        here={hereOf(site, view, list)}
        title={ui.say(reportNames[report])}
        report={report}
        days={days}
        unread={unread}
      />
      <section class="section wide" aria-labelledby="list">
        <header>
          <h2 id="list" class={kinds.length > 1 ? 'spoken' : undefined}>
            {ui.say(list.dimension.label)}
          </h2>
          {kinds.length > 1 && <Kinds {...shown} kinds={kinds} />}
          <p class="remark">
            {ui.say(list.dimension.definition)}
            {isDecided(list.dimension) && (
              <>
                {' '}
                <a href={sitePath(site, '/channels')}>{ui.say(overview.channelRules)}</a>
              </>
            )}
          </p>
        </header>
        <div class="content">
          {isProblem(answer) ? <TooMuch ui={ui} site={site} view={view} problem={answer} /> : <Body {...shown} answer={answer} />}
        </div>
      </section>
    </Page>
  );
};
