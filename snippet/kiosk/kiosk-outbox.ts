/** Every message until the collector has answered for it, on the disk, in two lanes: opt-ins first, and never dropped. */
import type { Message } from '../../collector/wire.ts';
import { stampOf } from './clock.ts';
import { transact } from './kiosk-database.ts';
import { settings } from './kiosk-settings.ts';

/** About 6 MB of the second lane, months of a busy screen. */
const CAPACITY = 20_000;
const LOST = 'lost';

/** Keys sort by lane, then by the moment the message was made. A newer state of a message takes its place. */
const keyOf = ({ kind, id }: Message): string => `m${kind === 'opt-in' ? 0 : 1}${id}`;
const secondLane = (): IDBKeyRange => IDBKeyRange.bound('m1', 'm2');

/** How many messages of each kind were given up since the last answer. */
type Lost = Record<string, number>;

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
      for (const message of messages) store.put(stampOf(message.id) + JSON.stringify(message), keyOf(message));
      const size = store.count(secondLane());
      size.onsuccess = () => size.result > CAPACITY && dropOldest(store, size.result - CAPACITY + 100);
      return () => {};
    },
    strict,
  );

/** Resolves when the messages are on the disk. On a full disk the second lane makes room, and it is tried once more. */
export const keep = async (messages: Message[], strict = false): Promise<void> => {
  // What staff try out is nobody's visit.
  if (settings.test) return;
  await write(messages, strict).catch(async () => {
    await transact('readwrite', (store) => {
      dropOldest(store, 1_000);
      return () => {};
    });
    return write(messages, strict);
  });
};
