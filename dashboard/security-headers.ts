/** Headers of every page: nothing from elsewhere, in no frame, no trace in caches or referrers. */
import type { MiddlewareHandler } from 'hono';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  // A mail that is shown as it is has a stricter one of its own.
  if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', POLICY);
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
};
