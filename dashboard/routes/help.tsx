/** Help pages, open to everyone; somebody signed in keeps the navigation. */
import { type Context, Hono } from 'hono';
import { help } from '../../build/dashboard/generated.mjs';
import { viewerOf } from '../../collector/access/accounts.ts';
import { HelpPageView } from '../pages/help.tsx';
import { type App, frameOf, uiOf } from './context.ts';
import { missing } from './missing.tsx';

async function show(c: Context<App>, slug: string | null) {
  const viewer = await viewerOf(c.env, c.req.raw);
  const site = viewer?.sites[0]?.site ?? null;
  const ui = uiOf(c, site);
  const pages = help[ui.language];
  const page = slug === null ? null : pages.find((one) => one.slug === slug);
  if (page === undefined) return missing(c);
  return c.html(<HelpPageView ui={ui} frame={viewer ? frameOf(viewer, site) : null} pages={pages} page={page} />);
}

export const helpRoutes = new Hono<App>()
  .get('/help', (c) => show(c, null))
  .get('/help/:page', (c) => show(c, c.req.param('page')));
