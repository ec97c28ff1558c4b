/** /api/v1 for programs and for the dashboard's cookie: JSON in, JSON or an RFC 9457 problem document out. */
import { Hono } from 'hono';
import { viewerOf } from '../access/accounts.ts';
import { can } from '../access/roles.ts';
import { siteOfToken } from '../access/tokens.ts';
import { readQuery } from '../report/query.ts';
import { runQuery } from '../report/run-query.ts';
import type { Site } from '../store/sites.ts';

const BODY_BYTES = 65_536;

/** An RFC 9457 problem document with a stable `code`. */
export function problem(status: number, code: string, title: string, extra: Record<string, unknown> = {}): Response {
  return new Response(JSON.stringify({ type: `https://comptoir.example/problems/${code}`, title, status, code, ...extra }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

/** The site a request may read: by its token, else by the dashboard's cookie and the `site` of the body. */
async function readableSite(env: Env, request: Request, key: unknown): Promise<Site | Response> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer) {
    const site = await siteOfToken(env.PEOPLE, bearer, 'read');
    if (!site) return problem(401, 'bad_token', 'The token is unknown, revoked, or lacks the scope “read”.');
    return key === undefined || key === site.key
      ? site
      : problem(404, 'unknown_site', 'There is no such site for this token.', { field: 'site' });
  }
  const viewer = await viewerOf(env, request);
  if (!viewer) return problem(401, 'not_signed_in', 'Send “Authorization: Bearer <token>”, or sign in.');
  const found = viewer.sites.find((s) => s.site.key === key);
  return found && can(found.role, 'see_figures')
    ? found.site
    : problem(404, 'unknown_site', 'There is no such site for this account.', { field: 'site' });
}

export function apiRoute() {
  const app = new Hono<{ Bindings: Env }>().basePath('/api/v1');
  app.post('/query', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > BODY_BYTES)
      return problem(413, 'too_large', 'The query is larger than 64 KB.');
    const text = await c.req.text();
    if (text.length > BODY_BYTES) return problem(413, 'too_large', 'The query is larger than 64 KB.');
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return problem(400, 'malformed', 'The body is not JSON.', { field: 'body' });
    }
    const key = typeof body === 'object' && body !== null && 'site' in body ? body.site : undefined;
    const site = await readableSite(c.env, c.req.raw, key);
    if (site instanceof Response) return site;
    const query = readQuery(body);
    if ('code' in query) return problem(400, query.code, query.detail, { field: query.field });
    const result = await runQuery(c.env, site, query, Date.now());
    return c.json({ ...result, query: body }, 200, { 'cache-control': 'no-store' });
  });
  app.all('*', () => problem(404, 'not_found', 'There is nothing at this address.'));
  return app;
}
