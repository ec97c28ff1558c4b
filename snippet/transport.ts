/** One request to the collector, and what its answer means. */
import type { Message } from '../collector/wire.ts';
import { beside, config } from './config.ts';

/** A message being built: its optional fields may be undefined, JSON leaves them out. */
type Loose<M> = { [K in keyof M]: object extends Pick<M, K> ? M[K] | undefined : M[K] };
export type Outgoing<M = Message> = M extends Message ? Loose<M> : never;

/**
 * Resolves to the collector's answer, else throws: the seconds to wait, where they were named. Only an answer that carries
 * our own header settles anything: a captive portal's HTML 200, a proxy's 404 and a firewall's 403 do not.
 * Plain text without headers of our own needs no preflight; `keepalive` outlives the page.
 */
export const post = async (messages: string[], more = ''): Promise<Response> => {
  const answer = await fetch(config.endpoint || beside('/c'), {
    method: 'POST',
    keepalive: true,
    credentials: 'omit',
    body: `{"v":1,"site":"${config.site}","sentAt":${Date.now()},"tag":"${__TAG__}"${more},"messages":[${messages}]}`,
  });
  const { headers, status } = answer;
  if (!headers.has('x-comptoir') || status > 499 || status === 429) throw headers.get('retry-after');
  return answer;
};
