/** What happens now. The overview's island asks for it again and again; without the island it is a page like any other. */
import { Hono } from 'hono';
import { readRealtime } from '../../collector/report/realtime.ts';
import { NowPage } from '../pages/now.tsx';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

export const nowRoutes = new Hono<App>().get('/s/:key/now', async (c) => {
  const visit = await visitOf(c, c.req.param('key'), 'see_figures');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  const { ui, frame, site } = visit;
  return c.html(<NowPage ui={ui} frame={frame} site={site} now={await readRealtime(c.env, site, ui.nowMs)} />);
});
