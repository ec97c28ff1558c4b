/** One message to the collector whose answer matters. */
import { config } from './core.ts';

/** Resolves to the collector's own answer, else throws. */
export const post = async (json: string, more = ''): Promise<Response> => {
  const answer = await fetch(config.endpoint || new URL('/c', import.meta.url), {
    method: 'POST',
    keepalive: true,
    credentials: 'omit',
    body: `{"v":1,"site":"${config.site}","sentAt":${Date.now()}${more},"messages":[${json}]}`,
  });
  if (!answer.headers.get('x-comptoir') || answer.status > 428) throw answer;
  return answer;
};
