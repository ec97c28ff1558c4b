/** POST /c: bytes in, a durable write, then the answer. The only route a brand's own host serves besides the tag files. */
import { Hono } from 'hono';
import type { Collector } from './collector.ts';
import { readBody } from './parse.ts';
import { type Received, receive, refuse, type Sender } from './receive.ts';

/** Header by which a sender recognises that this answer is ours, not a proxy's or a captive portal's. */
export const ANSWER_HEADER = 'x-comptoir';

function respond({ status, answer }: Received, extra: Record<string, string> = {}): Response {
  return Response.json(answer, {
    status,
    headers: {
      [ANSWER_HEADER]: 'reason' in answer && answer.reason ? answer.reason : 'ok',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': `${ANSWER_HEADER}, retry-after`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...extra,
    },
  });
}

/** @param collectorOf makes the request's collector: bindings, clock, randomness, and who the sender is. Cookies are never read. */
export function collectRoute<E extends object>(
  collectorOf: (request: Request, env: E, later: (work: Promise<unknown>) => void) => { collector: Collector; sender: Sender },
) {
  const app = new Hono<{ Bindings: E }>();
  app.post('/c', async (c) => {
    const { collector, sender } = collectorOf(c.req.raw, c.env, (work) => c.executionCtx.waitUntil(work));
    try {
      const text = await readBody(c.req.raw);
      return respond(text === null ? refuse('too_large') : await receive(text, sender, collector));
    } catch (error) {
      // The message says which step failed, never what was sent.
      console.error('collect: not stored', error instanceof Error ? error.name : 'unknown');
      return new Response('{"ok":0,"rej":[]}', {
        status: 503,
        headers: {
          'content-type': 'application/json',
          'retry-after': '30',
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'retry-after',
          'cache-control': 'no-store',
        },
      });
    }
  });
  app.on(
    ['GET', 'HEAD'],
    '/c',
    () =>
      new Response('Comptoir counts here. Send POST.\n', {
        status: 405,
        headers: { allow: 'POST', 'cache-control': 'no-store' },
      }),
  );
  return app;
}
