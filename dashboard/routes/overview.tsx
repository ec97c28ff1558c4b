/** The overview, whole or filtered, and the page that waits for a first visit in its place. */
import { Hono } from 'hono';
import { pinned } from '../../build/dashboard/generated.mjs';
import { answerOverview } from '../../collector/report/answers.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { readBegun } from '../../collector/report/first-visit.ts';
import { OVERVIEW_METRICS } from '../../collector/report/overview.ts';
import { isProblem } from '../../collector/report/query.ts';
import { readRealtime } from '../../collector/report/realtime.ts';
import { readRefused } from '../../collector/report/refused.ts';
import { daysOf, isOver } from '../comparison.ts';
import { sitePath } from '../links.ts';
import { OverviewPage } from '../pages/overview.tsx';
import { StartPage } from '../pages/start.tsx';
import { spareUnchanged } from '../unchanged.ts';
import { filterProblem, readView } from '../view.ts';
import { addedFilter } from './add-filter.ts';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const REFUSED_DAYS = 7;

export const overviewRoutes = new Hono<App>()
  .get('/s/:key', spareUnchanged, async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    const begun = await readBegun(c.env, site);
    if (begun === 'nothing') return c.redirect(sitePath(site, '/start'), 303);
    // Imported history may be long past: all of it is shown until something is measured.
    const view = readView(ui.url.searchParams, site, ui.nowMs, begun === 'imported' ? 'all' : undefined);
    const added = addedFilter(ui, { path: sitePath(site), view, more: [] });
    if (added !== null) return c.redirect(added, 303);
    const whole = view.filters.length === 0;
    const [overview, refused, now] = await Promise.all([
      answerOverview(c.env, site, view, ui.nowMs),
      whole ? readRefused(c.env.EVENTS, site, REFUSED_DAYS, ui.nowMs) : null,
      whole ? readRealtime(c.env, site, ui.nowMs) : null,
    ]);
    const days = isProblem(overview)
      ? daysOf(site, await settleRange(c.env, site, view.range, ui.nowMs), view, ui.nowMs)
      : overview.meta;
    return c.html(
      <OverviewPage
        ui={ui}
        frame={frame}
        site={site}
        view={view}
        overview={overview}
        days={days}
        importedOnly={begun === 'imported'}
        metrics={OVERVIEW_METRICS}
        unread={filterProblem(ui.url.searchParams)}
        now={now}
        refused={refused}
        live={!isProblem(overview) && (days.updating || !isOver(site, days, ui.nowMs))}
      />,
    );
  })
  .get('/s/:key/start', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    const begun = await readBegun(c.env, site);
    if (begun === 'measured') return c.redirect(`${sitePath(site)}?period=day`, 303);
    const refused = await readRefused(c.env.EVENTS, site, REFUSED_DAYS, ui.nowMs);
    return c.html(
      <StartPage
        ui={ui}
        frame={frame}
        site={site}
        origin={ui.url.origin}
        refused={refused}
        imported={begun === 'imported'}
        watching={c.req.query('watch') !== 'off'}
        pinned={pinned}
      />,
    );
  });
