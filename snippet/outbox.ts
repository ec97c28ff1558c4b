/** Keeps every message until the collector has answered for it: in memory first, then in local storage. */
import { config } from './config.ts';
import { isRefused } from './consent.ts';
import { load } from './lazy.ts';
import { store } from './storage.ts';
import { type Outgoing, post } from './transport.ts';

const MESSAGES = 50;
/** Characters, of which UTF-8 makes at most three bytes each: never more than 48 KB. */
const CHARACTERS = 16e3;
/** More than this is trimmed by `c.x.js`. */
const STORED = 200;

/** The state of each message that nobody has answered for yet, as JSON under its storage key. */
export const due = new Map<string, string>();
/** `c.x.js` keeps a copy of its own: told of every message kept, and of every key answered for. */
export const mirror: { tell?: (key: string, json?: string) => void } = {};
let sending = false;
let notBefore = 0;
let tries = 0;

/** Adds a message, or its newer state. Stored too, it outlives the page. The key carries its rank when space is short. */
export const keep = (message: Outgoing, stored?: boolean): void => {
  const json = JSON.stringify(message);
  const key = `comptoir:${message.kind > 'p' ? 0 : message.kind > 'o' ? 2 : 1}${message.id}`;
  due.set(key, json);
  mirror.tell?.(key, json);
  if (stored && !store(key, json) && config.storage !== 'none') load();
};

/** Takes over what earlier pages could not deliver, or delivered without hearing the answer. */
export const takeLeftovers = (): void => {
  try {
    for (const key in localStorage) if (/^comptoir:/.test(key)) due.set(key, localStorage[key]);
  } catch {}
  if (isRefused()) due.clear();
  if (due.size > STORED) load();
};

/** Sends what is due, one request at a time but for the last. A message stays until its very state is answered for. */
export const flush = async (final?: boolean): Promise<void> => {
  let room = CHARACTERS;
  const batch = [...due].slice(0, MESSAGES).filter(([, json], index) => {
    room -= json.length;
    return room > 0 || !index;
  });
  if (performance.now() < notBefore || (sending && !final) || !batch[0]) return;
  sending = true;
  try {
    await post(batch.map(([, json]) => json));
    for (const [key, json] of batch) {
      if (due.get(key) === json) due.delete(key);
      if (store(key) === json) store(key, '');
      mirror.tell?.(key);
    }
    tries = 0;
    queueMicrotask(flush);
  } catch (wait) {
    for (const [key, json] of batch) store(key, store(key) || json);
    notBefore = performance.now() + (Number(wait) * 1e3 || 0);
    tries++;
  }
  sending = false;
};

/**
 * Asked once a second while the page is seen, while something failed. A coin that gets heavier with every failure spreads the
 * tags over time as full jitter does (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): after n
 * failures the mean is 2ⁿ seconds, at most 256. A page that nobody sees leaves it to the next one.
 */
export const retry = (): void => {
  if (tries && Math.random() < 0.5 ** Math.min(tries, 8)) flush();
};
