/**
 * Storage that survives a power cut. Local storage reaches the disk seconds later; IndexedDB with strict durability has
 * it before the write succeeds (https://developer.mozilla.org/docs/Web/API/IDBTransaction/durability).
 */
import { useCore } from './core.ts';

type Row = { key: string; json: string };

let opening: Promise<IDBDatabase> | undefined;
const open = (): Promise<IDBDatabase> => {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open('comptoir');
    request.onupgradeneeded = () => request.result.createObjectStore('messages', { keyPath: 'key' });
    request.onsuccess = () => done(request.result);
    request.onerror = fail;
  });
  return opening;
};

/** Missing, blocked or full: then local storage and memory have to do. */
const use = async <T>(act: (messages: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> => {
  if (!useCore().stores) return undefined;
  try {
    const messages = (await open()).transaction('messages', 'readwrite', { durability: 'strict' }).objectStore('messages');
    return await new Promise<T>((done, fail) => {
      const request = act(messages);
      request.onsuccess = () => done(request.result);
      request.onerror = fail;
    });
  } catch {
    return undefined;
  }
};

/** Keys of ours that are in there. */
const inside = new Set<string>();

export const secure = (key: string, json: string): Promise<unknown> => {
  inside.add(key);
  return use((messages) => messages.put({ key, json }));
};

export const remove = (key: string): void => {
  if (inside.delete(key)) use((messages) => messages.delete(key));
};

/** Time updates are not worth the disk. */
const isAct = (json: string): boolean => !json.includes('"kind":"pageview"');

/** From now on every act is stored before anything can happen to it, and removed when it is answered for. */
export const storeActs = (): void => {
  const { due, mirror } = useCore();
  const keep = (key: string, json?: string): void => {
    if (!json) remove(key);
    else if (isAct(json)) secure(key, json);
  };
  for (const [key, json] of due) keep(key, json);
  mirror.tell = keep;
};

/** What an earlier browser process left behind. */
export const restore = async (): Promise<void> => {
  const rows: Row[] = (await use((messages) => messages.getAll())) ?? [];
  const { due, flush } = useCore();
  for (const { key, json } of rows) {
    if (inside.has(key)) continue;
    inside.add(key);
    due.set(key, json);
  }
  if (rows.length) flush();
};
