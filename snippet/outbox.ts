/** Keeps every message until the collector has answered for it: in memory first, then in local storage. */
import { isRefused, stores } from './consent.ts';
import { read, write } from './storage.ts';
import { type Outgoing, post } from './transport.ts';

const PREFIX = 'comptoir:';
const MESSAGES = 50;
/** Characters, of which UTF-8 makes at most three bytes each: never more than 48 KB. */
const CHARACTERS = 16e3;

/** The state of each message that nobody has answered for yet, as JSON under its id. */
export const due = new Map<string, string>();
let sending = false;
let pause: number | undefined;
let retry = 0;
let tries = 0;

/** Adds a message, or its newer state. Stored too, it outlives the page. */
export const keep = (message: Outgoing, stored: boolean): void => {
  const json = JSON.stringify(message);
  due.set(PREFIX + message.id, json);
  if (stored && stores) write(PREFIX + message.id, json);
};

/** Takes over what earlier pages could not deliver, or delivered without hearing the answer. */
export const takeLeftovers = (): void => {
  try {
    if (stores && !isRefused()) for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) due.set(key, read(key) ?? '');
  } catch {}
};

/** Sends what is due, one request at a time but for the last. A message stays until its very state is answered for. */
export const flush = async (final?: boolean): Promise<void> => {
  if (pause || (sending && !final)) return;
  let room = CHARACTERS;
  const batch = [...due].slice(0, MESSAGES).filter(([, json], index) => (room -= json.length) > 0 || !index);
  if (!batch.length) return;
  sending = true;
  pause = await post(batch.map(([, json]) => json));
  sending = false;
  for (const [key, json] of batch) {
    if (pause === undefined) {
      if (due.get(key) === json) due.delete(key);
      if (read(key) === json) write(key);
    } else if (stores && !read(key)) write(key, json);
  }
  if (pause === undefined) {
    tries = 0;
    flush();
  } else {
    clearTimeout(retry);
    // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    retry = setTimeout(
      () => {
        pause = 0;
        flush();
      },
      pause * 1e3 + Math.random() * Math.min(3e5, 1e3 * 2 ** tries++),
    );
  }
};
