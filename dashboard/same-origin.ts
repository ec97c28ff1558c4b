/** Refuses requests that change something and were not made by our own pages. */
import type { MiddlewareHandler } from 'hono';
import { isSameOrigin } from '../collector/access/same-origin.ts';

/** A mailbox unsubscribes its owner from elsewhere, and the link it posts to cannot be guessed (RFC 8058). */
const OPEN = /^\/unsubscribe\//;

export const requireSameOrigin: MiddlewareHandler = async (c, next) => {
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!safe && !OPEN.test(c.req.path) && !isSameOrigin(c.req.raw))
    return c.text('This form was not sent by our own page. / Ce formulaire ne vient pas de notre page.', 403);
  return next();
};
