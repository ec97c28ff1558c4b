/** Keeps every message until the collector has answered for it, on whatever page that is. */
import { config, src } from './config.ts';
import type { Outgoing } from './contract.ts';
import { box, store } from './storage.ts';

/** Until when no request is made, unless it may be the last: while one is under way, and after one that failed. */
export let wait = 0;
let pause = 2e3;

/** Adds a message, or its newer state. */
export const keep = (message: Outgoing): void => store('comptoir:' + message.id, JSON.stringify(message));

/**
 * Sends nine messages, so that a body stays far below the 64 KB that all `keepalive` requests of a page may have under way. A
 * message is forgotten when its very state was answered for. Only an answer with our own header counts: a captive portal's HTML
 * 200, a proxy's 404 and a firewall's 403 do not. Nothing is planned after a failure: the heartbeat asks again, at random
 * intervals that double and more (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and so does
 * every hide and every next page. Plain text without headers of our own needs no preflight; `keepalive` outlives the page.
 * @param now 1 when there may be no later.
 */
const send = async (now?: unknown): Promise<void> => {
  const keys = Object.keys(box)
    .filter((key) => /^comptoir:/.test(key))
    .slice(0, 9);
  const sent = keys.map((key) => box[key]);
  if (keys[0] && (now == 1 || wait < Date.now())) {
    pause *= 2 + Math.random();
    wait = Date.now() + pause;
    try {
      const answer = await fetch(config.endpoint || new URL('/c', src), {
        method: 'POST',
        keepalive: true,
        credentials: 'omit',
        body: `{"v":1,"site":"${config.site}","sentAt":${Date.now()},"messages":[${sent}]}`,
      });
      if (answer.headers.get('x-comptoir') && answer.status < 429) {
        keys.map((key, index) => box[key] == sent[index] && delete box[key]);
        wait = 0;
        pause = 2e3;
        return send(1);
      }
    } catch {}
  }
};

/**
 * One tab after the other (https://www.w3.org/TR/web-locks/), so that no two send the same message at once; at the end of a page
 * there is no time to wait, and a message that comes twice is one. Where locks are refused we go without.
 */
export const flush = (now?: unknown): unknown =>
  now ? send(1) : navigator.locks?.request('comptoir', send).catch(send) || send();
