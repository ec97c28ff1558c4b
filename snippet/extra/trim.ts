/** Keeps the outbox within bounds: time updates go first and the oldest of them first, opt-ins never; the loss is reported. */
import { useCore } from './core.ts';

/** Of the page's storage we take at most this many messages. */
const STORED = 200;
/** What was given up and not yet reported, with one of the messages, which the envelope needs. */
const LOSS = 'comptoir.lost';

const isFull = (): boolean => {
  try {
    localStorage.setItem(LOSS + LOSS, '0'.repeat(2_000));
    localStorage.removeItem(LOSS + LOSS);
    return false;
  } catch {
    return true;
  }
};

export const trim = async (): Promise<void> => {
  try {
    const { post, store } = useCore();
    // Keys carry the rank of their kind, then the time.
    const keys = Object.keys(localStorage)
      .filter((key) => /^comptoir:[01]/.test(key))
      .sort();
    let [lost, last]: [Record<string, number>, string] = JSON.parse(store(LOSS) ?? '[{},""]');
    for (const key of keys) {
      if (keys.length - keys.indexOf(key) <= STORED && !isFull()) break;
      last = store(key) ?? last;
      const { kind } = JSON.parse(last);
      lost[kind] = (lost[kind] ?? 0) + 1;
      store(key, '');
    }
    if (!last) return;
    store(LOSS, JSON.stringify([lost, last]));
    await post([last], `,"lost":${JSON.stringify(lost)}`);
    store(LOSS, '');
  } catch {}
};
