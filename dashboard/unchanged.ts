/** Pages of figures carry a tag: the refresh every half minute is told when nothing has changed, and moves nothing. */
import type { MiddlewareHandler } from 'hono';
import { hasTag, tagOf } from '../collector/report/entity-tag.ts';

export const spareUnchanged: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method !== 'GET' || c.res.status !== 200 || !c.res.headers.get('content-type')?.startsWith('text/html')) return;
  const body = await c.res.text();
  const headers = new Headers(c.res.headers);
  const tag = await tagOf(body);
  headers.set('etag', tag);
  const isKnown = hasTag(c.req.header('if-none-match') ?? null, tag);
  c.res = isKnown ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
};
