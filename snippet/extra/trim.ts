/** Keeps the outbox within bounds: time updates go first and the oldest of them first, opt-ins never; the loss is reported. */
import { useCore } from './core.ts';

/** Of the page's storage we take at most this many messages. */
const STORED = 200;

export const trim = (): void => {
  try {
    const { post, store } = useCore();
    // Keys carry the rank of their kind, then the time.
    const keys = Object.keys(localStorage).filter((key) => /^comptoir:\d/.test(key)).sort();
    const lost: Record<string, number> = {};
    let last = '';
    while (keys.length > STORED || (keys.length && isFull())) {
      const key = keys.shift() ?? '';
      if (/:2/.test(key)) break;
      last = store(key) ?? last;
      const { kind } = JSON.parse(last);
      lost[kind] = (lost[kind] ?? 0) + 1;
      store(key, '');
    }
    if (last) post([last], `,"lost":${JSON.stringify(lost)}`);
  } catch {}
};

const isFull = (): boolean => {
  try {
    localStorage.setItem('comptoir:', '0'.repeat(2_000));
    localStorage.removeItem('comptoir:');
    return false;
  } catch {
    return true;
  }
};
