/** Whether a request was made by our own pages: no token to carry, nothing to forget. */

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
