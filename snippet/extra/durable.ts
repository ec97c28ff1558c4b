/**
 * Storage that survives a power cut. Local storage reaches the disk seconds later; IndexedDB with strict durability has
 * it before the write succeeds (https://developer.mozilla.org/docs/Web/API/IDBTransaction/durability).
 */
import { box, config, flush, isRefused } from './core.ts';
import { isKind, keep, keysOf } from './kept.ts';

type Row = { key: string; json: string };

const finish = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = fail;
  });

let opening: Promise<IDBDatabase> | undefined;
const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('comptoir');
  request.onupgradeneeded = () => request.result.createObjectStore('messages', { keyPath: 'key' });
  return finish(request);
};

/** Missing, blocked or full: then local storage and memory have to do. */
const use = async <T>(act: (messages: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> => {
  try {
    if (config.storage === 'none') return;
    opening ??= open();
    return await finish(
      act((await opening).transaction('messages', 'readwrite', { durability: 'strict' }).objectStore('messages')),
    );
  } catch {}
};

/** Keys of messages that are in there. */
const inside = new Set<string>();

export const secure = (key: string, json: string): void => {
  inside.add(key);
  use((messages) => messages.put({ key, json }));
};

/** Called after every command and with every heartbeat: every act is in there until it was answered for. */
export const mirror = (): void => {
  // Time updates are not worth the disk.
  for (const key of keysOf(box)) if (!inside.has(key) && !isKind(box[key], 'pageview')) secure(key, box[key] ?? '');
  for (const key of inside)
    if (!(key in box)) {
      inside.delete(key);
      use((messages) => messages.delete(key));
    }
};

/** What an earlier browser process left behind. */
export const restore = async (): Promise<void> => {
  if (isRefused()) return;
  const rows: Row[] = (await use((messages) => messages.getAll())) ?? [];
  for (const { key, json } of rows)
    if (!inside.has(key)) {
      inside.add(key);
      keep(key, json);
    }
  if (rows[0]) flush();
};
