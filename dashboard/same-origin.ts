/** Refuses requests that change something and were not made by our own pages: no token to carry, nothing to forget. */
import type { MiddlewareHandler } from 'hono';

/**
 * Our pages send no referrer, so browsers may send `Origin: null` with a form: then Sec-Fetch-Site speaks. Another site's form
 * has neither.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  return request.headers.get('origin') === new URL(request.url).origin;
}

export const requireSameOrigin: MiddlewareHandler = async (c, next) => {
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!safe && !isSameOrigin(c.req.raw))
    return c.text('This form was not sent by our own page. / Ce formulaire ne vient pas de notre page.', 403);
  return next();
};
