/** Every message until the collector has answered for it, on the disk, in two lanes: opt-ins first, and never dropped. */
import type { Message } from '../../collector/wire.ts';
import { transact } from './kiosk-database.ts';

/** Characters of JSON in one request: escaped and in UTF-8 that stays under the collector's 64 KB. */
const CHARS = 16_000;
const MESSAGES = 50;
/** About 6 MB of the second lane, months of a busy screen. */
const CAPACITY = 20_000;
const LOST = 'lost';

/** Keys sort by lane, then by the moment the message was made. A newer state of a message takes its place. */
const keyOf = ({ kind, id }: Message): string => `m${kind === 'opt-in' ? 0 : 1}${id}`;
const everything = (): IDBKeyRange => IDBKeyRange.bound('m', 'n');
const secondLane = (): IDBKeyRange => IDBKeyRange.bound('m1', 'm2');

/** How many messages of each kind were given up since the last answer. */
type Lost = Record<string, number>;
export type Batch = { entries_: [key: string, json: string][]; lost_: Lost };

/** Gives up the oldest of the second lane, and counts them for the next envelope. */
const dropOldest = (store: IDBObjectStore, surplus: number): void => {
  const counted = store.get(LOST);
  counted.onsuccess = () => {
    const lost: Lost = counted.result ?? {};
    const cursor = store.openCursor(secondLane());
    cursor.onsuccess = () => {
      if (surplus-- <= 0 || !cursor.result) return void store.put(lost, LOST);
      const kind = /"kind":"([\w-]+)"/.exec(String(cursor.result.value))?.[1] ?? 'unknown';
      lost[kind] = (lost[kind] ?? 0) + 1;
      cursor.result.delete();
      cursor.result.continue();
    };
  };
};

const write = (messages: Message[], strict: boolean): Promise<void> =>
  transact(
    'readwrite',
    (store) => {
      for (const message of messages) store.put(JSON.stringify(message), keyOf(message));
      const size = store.count(secondLane());
      size.onsuccess = () => size.result > CAPACITY && dropOldest(store, size.result - CAPACITY + 100);
      return () => {};
    },
    strict,
  );

/** Resolves when the messages are on the disk. On a full disk the second lane makes room, and it is tried once more. */
export const keep = (messages: Message[], strict = false): Promise<void> =>
  write(messages, strict).catch(async () => {
    await transact('readwrite', (store) => {
      dropOldest(store, 1_000);
      return () => {};
    });
    return write(messages, strict);
  });

/** The next messages to send. */
export const takeBatch = (): Promise<Batch> =>
  transact('readonly', (store) => {
    const entries: Batch['entries_'] = [];
    const lost = store.get(LOST);
    const cursor = store.openCursor(everything());
    let chars = 0;
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at || entries.length >= MESSAGES) return;
      const json = String(at.value);
      chars += json.length;
      if (entries.length && chars > CHARS) return;
      entries.push([String(at.key), json]);
      at.continue();
    };
    return () => ({ entries_: entries, lost_: lost.result ?? {} });
  });

/** Forgets what was settled, except messages that have a newer state by now. */
export const settle = ({ entries_, lost_ }: Batch): Promise<void> =>
  transact('readwrite', (store) => {
    for (const [key, json] of entries_) {
      const now = store.get(key);
      now.onsuccess = () => now.result === json && store.delete(key);
    }
    if (Object.keys(lost_).length) store.delete(LOST);
    return () => {};
  });
