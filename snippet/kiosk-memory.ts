/**
 * `kiosk.m.js`: the store of a kiosk whose browser refuses to store anything. It lives as long as the page: what it holds is sent at
 * once, and nobody is thanked before the collector has it (kiosk/opt-in.ts). As much of an object store as the kiosk uses.
 */
import type { Transact } from './kiosk/kiosk-database.ts';

const kept = new Map<string, unknown>();
type Asked = { result?: unknown; onsuccess?: () => void };

/** What is asked for is answered in order, after the work has said all it wants, as in a transaction. */
export const transact: Transact = async (_mode, work) => {
  const jobs: (() => void)[] = [];
  const ask = (answer: () => unknown): Asked => {
    const asked: Asked = {};
    jobs.push(() => {
      asked.result = answer();
      asked.onsuccess?.();
    });
    return asked;
  };
  const openCursor = (range: IDBKeyRange): Asked => {
    let last = '';
    const cursor: Asked = {};
    const go = (): void => {
      let next: string | undefined;
      for (const key of kept.keys()) if (key > last && range.includes(key) && (next === undefined || key < next)) next = key;
      last = next ?? last;
      const key = next;
      cursor.result =
        key === undefined ? null : { key, value: kept.get(key), delete: () => kept.delete(key), continue: () => jobs.push(go) };
      cursor.onsuccess?.();
    };
    jobs.push(go);
    return cursor;
  };
  const store = {
    get: (key: string) => ask(() => kept.get(key)),
    put: (value: unknown, key: string) => ask(() => kept.set(key, value)),
    delete: (key: string) => ask(() => kept.delete(key)),
    count: (range: IDBKeyRange) => ask(() => [...kept.keys()].filter((key) => range.includes(key)).length),
    openCursor,
    openKeyCursor: openCursor,
  };
  // The part of it that is used here.
  const read = work(store as unknown as IDBObjectStore);
  for (let job = jobs.shift(); job; job = jobs.shift()) job();
  return read();
};
