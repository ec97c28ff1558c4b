/** Stylesheet and islands. Their addresses carry a hash of their content, so a browser may keep them for good. */
import { Hono } from 'hono';
import { assets } from '../../build/dashboard/generated.mjs';
import type { App } from './context.ts';

const TYPES: Record<string, string> = {
  '/d/styles.css': 'text/css; charset=utf-8',
  '/d/overview.js': 'text/javascript; charset=utf-8',
};
const CURRENT: string[] = Object.values(assets);

export const assetRoutes = new Hono<App>().get('/d/:file', async (c, next) => {
  const { pathname, search, origin } = new URL(c.req.url);
  const type = Object.hasOwn(TYPES, pathname) ? TYPES[pathname] : undefined;
  if (type === undefined) return next();
  const found = await c.env.ASSETS.fetch(new URL(pathname, origin));
  if (!found.ok) return next();
  const keep = CURRENT.includes(pathname + search) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return new Response(found.body, { headers: { 'content-type': type, 'cache-control': keep } });
});
