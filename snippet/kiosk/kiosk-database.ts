/** The kiosk's one IndexedDB store: the device's key, the sequence, and the messages that are not yet settled. */
const NAME = 'comptoir-kiosk';
const STORE = 'kept';

let database: Promise<IDBDatabase> | undefined;

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const forget = () => {
        request.result.close();
        database = undefined;
      };
      // The browser closes it when storage is wiped while we run: the next transaction opens a new one.
      request.result.onclose = forget;
      request.result.onversionchange = forget;
      resolve(request.result);
    };
  });

export type Transact = <T>(
  mode: 'readonly' | 'readwrite',
  work: (store: IDBObjectStore) => () => T,
  strict?: boolean,
) => Promise<T>;

/**
 * Runs `work` in one transaction and resolves with what its result reads, after `complete`, never earlier. With `strict`
 * that is after the operating system was asked to put it on the disk (https://w3c.github.io/IndexedDB/#transaction-durability-hint):
 * Chromium's default would lose the last seconds in a power cut.
 */
export const transact: Transact = async (mode, work, strict) => {
  database ??= open();
  const opened = await database.catch((error: unknown) => {
    database = undefined;
    throw error;
  });
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction(STORE, mode, { durability: strict ? 'strict' : 'relaxed' });
    const read = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(read());
    transaction.onabort = () => reject(transaction.error);
  });
};

/** One value by its key. Names inside of values are never shortened: another version of this file reads them. */
export const readKept = <T>(key: string): Promise<T | undefined> =>
  transact('readonly', (store) => {
    const request = store.get(key);
    return () => request.result;
  });
