/** Keeps the outbox within bounds: time updates go first and the oldest of them first, opt-ins never; the loss is reported. */
import { box, config } from './core.ts';
import { isKind, keysOf } from './kept.ts';
import { post } from './post.ts';

/** Of the page's storage we take at most this many messages, and fewer when it is full. */
const STORED = 200;
const ROOM = 20;
/** What was given up and not yet reported, with one of the messages, which the envelope needs. */
const LOSS = 'comptoir.lost';

export const trim = async (): Promise<void> => {
  try {
    if (config.storage === 'none') return;
    // Ids begin with their time.
    const keys = keysOf(localStorage).sort();
    // The core has gone on with a copy when the storage was full.
    let excess = Math.max(keys.length - STORED, box === localStorage ? 0 : ROOM);
    let [lost, last] = JSON.parse(localStorage[LOSS] ?? '[{}]');
    for (const kind of ['pageview', 'event'] as const)
      for (const key of keys)
        if (excess > 0 && isKind(localStorage[key], kind)) {
          excess--;
          last = localStorage[key];
          lost[kind] = (lost[kind] ?? 0) + 1;
          delete localStorage[key];
        }
    if (!last) return;
    localStorage[LOSS] = JSON.stringify([lost, last]);
    await post(last, `,"lost":${JSON.stringify(lost)}`);
    delete localStorage[LOSS];
  } catch {}
};
