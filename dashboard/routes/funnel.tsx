/** The way of opt-ins: what PEOPLE knows of it, and by source what the facts know. */
import { Hono } from 'hono';
import { FUNNEL_BY, type FunnelBy, readFunnel } from '../../collector/people/opt-in-funnel.ts';
import { answerQuery } from '../../collector/report/answers.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { dimensionOf } from '../../collector/report/dimensions.ts';
import { readStoreNames } from '../../collector/report/labels.ts';
import { metricOf } from '../../collector/report/metrics.ts';
import { readOptInSources } from '../../collector/report/opt-in-sources.ts';
import { resolveRange, type Span } from '../../collector/report/period.ts';
import { isProblem, type Period, type Query } from '../../collector/report/query.ts';
import { homeOf } from '../../collector/report/run-query.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import type { Site } from '../../collector/store/sites.ts';
import { FUNNEL_PERIODS, FUNNEL_TABS, FunnelPage, type ShownRow } from '../pages/funnel.tsx';
import { overview } from '../text/overview.ts';
import { people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import { nameOf } from '../value-names.ts';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const MOST = 200;
const isBy = (name: string): name is FunnelBy => FUNNEL_BY.some((by) => by === name);

/** Facts of this many pageviews are read for a page that somebody waits for. */
const MOST_PAGEVIEWS = 300_000;

/**
 * By source. A site with more pageviews in the period than can be read is told what its rollups know: withdrawals are not among it.
 */
async function bySource(env: Env, site: Site, ui: Ui, period: Period, span: Span): Promise<ShownRow[]> {
  const source = dimensionOf('source');
  const metrics = ['opt_ins', 'opt_ins_confirmed', 'pageviews'].flatMap((name) => metricOf(name) ?? []);
  if (!source) return [];
  const query: Query = {
    ...{ metrics, dimensions: [source], filters: [], orderBy: [], limit: MOST, offset: 0, source: 'auto' },
    ...{ range: period, compare: null, matchWeekdays: false },
  };
  const answer = await answerQuery(env, site, query, ui.nowMs);
  if (isProblem(answer)) return [];
  if ((answer.totals.metrics[2] ?? 0) <= MOST_PAGEVIEWS) {
    const rows = await readOptInSources(homeOf(env, site).EVENTS, site, span);
    return rows.map((row) => ({ ...row, name: nameOf(ui, source.name, row.name), waiting: null, lapsed: null }));
  }
  return answer.results
    .filter(({ metrics: [submitted] }) => (submitted ?? 0) > 0)
    .map(({ dimensions: [name = ''], metrics: [submitted = null, confirmed = null] }) => ({
      name: nameOf(ui, source.name, name),
      ...{ submitted, confirmed, withdrawn: null, waiting: null, lapsed: null },
    }));
}

export const funnelRoutes = new Hono<App>().get('/s/:key/people/funnel', async (c) => {
  const visit = await visitOf(c, c.req.param('key'), 'see_persons');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  const { ui, frame, site } = visit;
  const params = ui.url.searchParams;
  const by = FUNNEL_TABS.find((one) => one === params.get('by')) ?? 'source';
  const period = FUNNEL_PERIODS.find((one) => one === params.get('period')) ?? '28d';
  const span = resolveRange(site, await settleRange(c.env, site, period, ui.nowMs), ui.nowMs);
  const [{ rows, total }, { stores }] = await Promise.all([
    readFunnel(c.env.PEOPLE, site.id, isBy(by) ? by : 'page', span),
    readStoreNames(c.env.PEOPLE, site.id),
  ]);
  const named = (name: string): string => {
    if (by === 'store') return name === '0' ? ui.say(text.web) : (stores.get(Number(name)) ?? ui.say(overview.none));
    return by === 'touchpoint' ? ui.say(name === 'web' ? text.web : text.kiosk) : name;
  };
  const shown =
    by === 'source' ? await bySource(c.env, site, ui, period, span) : rows.map((row) => ({ ...row, name: named(row.name) }));
  const days = { from: dateOfDay(span.from), to: dateOfDay(span.to) };
  return c.html(<FunnelPage {...{ ui, frame, site, by, period, days, total }} rows={shown} />);
});
