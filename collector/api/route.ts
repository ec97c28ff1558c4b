/** /api/v1 for programs and for the dashboard's cookie: every address from the registry, every error a problem document. */
import { type Context, Hono } from 'hono';
import { isSameOrigin } from '../access/same-origin.ts';
import type { Collector } from '../collect/collector.ts';
import { callerOf } from './caller.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { refuseFlood, refuseOverLimit } from './limits.ts';
import { openApi } from './open-api.ts';
import { problem } from './problem.ts';
import { isSpared, sparing } from './unchanged.ts';

export type ApiOptions = {
  /** Makes the collector of a request, for hits that a server sends. */
  collectorOf: (request: Request, env: Env, later: (work: Promise<unknown>) => void) => Collector;
  now?: () => number;
  random?: (bytes: number) => Uint8Array;
};
type App = { Bindings: Env };

/** The parameters of the address; of a name given twice the first counts. Those of the path cannot be overridden. */
function paramsOf(c: Context<App>): Record<string, string> {
  return { ...c.req.query(), ...c.req.param() };
}

async function serve(c: Context<App>, endpoint: Endpoint, options: ApiOptions): Promise<Response> {
  const request = c.req.raw;
  const flood = await refuseFlood(c.env, request);
  if (flood) return flood;
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const nowMs = (options.now ?? Date.now)();
  const caller = await callerOf(c.env, request, nowMs, later);
  if (caller instanceof Response) return caller;
  if (endpoint.changes && caller.via === 'cookie' && !isSameOrigin(request))
    return problem(403, 'other_origin', 'With a cookie, changes are taken from our own pages only. Use a token.');
  const over = await refuseOverLimit(c.env, caller, endpoint.heavy ?? false);
  if (over) return over;
  const random = options.random ?? ((bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)));
  const collector = () => options.collectorOf(request, c.env, later);
  const answered = await endpoint.serve({ env: c.env, request, caller, nowMs, random, later, collector }, paramsOf(c));
  return isSpared(endpoint) ? sparing(request, answered) : answered;
}

const toPattern = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

export function apiRoute(options: ApiOptions) {
  const app = new Hono<App>().basePath('/api/v1');
  const document = openApi(ENDPOINTS);
  app.get('/openapi.json', () =>
    Response.json(document, { headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' } }),
  );
  const methods = new Map<string, string[]>([['/openapi.json', ['GET', 'HEAD']]]);
  for (const endpoint of ENDPOINTS) {
    const pattern = toPattern(endpoint.path);
    app.on(endpoint.method.toUpperCase(), pattern, (c) => serve(c, endpoint, options));
    const more = endpoint.method === 'get' ? ['GET', 'HEAD'] : [endpoint.method.toUpperCase()];
    methods.set(pattern, [...(methods.get(pattern) ?? []), ...more]);
  }
  for (const [pattern, allowed] of methods) {
    const allow = allowed.join(', ');
    app.all(pattern, () => problem(405, 'method_not_allowed', `This address takes ${allow}.`, {}, { allow }));
  }
  app.all('*', () => problem(404, 'not_found', 'There is nothing at this address. See /api/v1/openapi.json.'));
  app.onError((error) => {
    // The program gets no detail; the operator finds the name in the log, never what was sent.
    console.error('api', error instanceof Error ? error.name : 'unknown');
    return problem(500, 'internal', 'Something broke on our side. Nothing was changed; try again.');
  });
  return app;
}
