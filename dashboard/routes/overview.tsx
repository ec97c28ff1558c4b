/** The overview, and the page that waits for a first visit in its place. */
import { Hono } from 'hono';
import { pinned } from '../../build/dashboard/generated.mjs';
import { hasAnyPageview } from '../../collector/report/first-visit.ts';
import { OVERVIEW_METRICS, readOverview } from '../../collector/report/overview.ts';
import { readRefused } from '../../collector/report/refused.ts';
import { isOver } from '../comparison.ts';
import { readView, sitePath } from '../links.ts';
import { OverviewPage } from '../pages/overview.tsx';
import { StartPage } from '../pages/start.tsx';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const REFUSED_DAYS = 7;

export const overviewRoutes = new Hono<App>()
  .get('/s/:key', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    if (!(await hasAnyPageview(c.env, site))) return c.redirect(sitePath(site, '/start'), 303);
    const view = readView(ui.url.searchParams, site, ui.nowMs);
    const [overview, refused] = await Promise.all([
      readOverview(c.env, site, { range: view.range, compare: view.compare }, ui.nowMs),
      readRefused(c.env.EVENTS, site, REFUSED_DAYS, ui.nowMs),
    ]);
    const live = overview.meta.updating || !isOver(site, overview, ui.nowMs);
    return c.html(
      <OverviewPage
        ui={ui}
        frame={frame}
        site={site}
        view={view}
        overview={overview}
        metrics={OVERVIEW_METRICS}
        refused={refused}
        live={live}
      />,
    );
  })
  .get('/s/:key/start', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    if (await hasAnyPageview(c.env, site)) return c.redirect(`${sitePath(site)}?period=day`, 303);
    const refused = await readRefused(c.env.EVENTS, site, REFUSED_DAYS, ui.nowMs);
    return c.html(
      <StartPage
        ui={ui}
        frame={frame}
        site={site}
        origin={ui.url.origin}
        refused={refused}
        watching={c.req.query('watch') !== 'off'}
        pinned={pinned}
      />,
    );
  });
