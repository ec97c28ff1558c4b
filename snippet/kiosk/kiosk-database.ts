/** The kiosk's one IndexedDB store: the device's key, the sequence, and the messages that are not yet settled. */
import { src } from '../config.ts';

const NAME = 'comptoir-kiosk';
const STORE = 'kept';

let database: Promise<IDBDatabase> | undefined;
/** Set when this browser has refused twice to store anything: then the page's memory does, until it is left. */
let memory: Promise<{ transact: Transact }> | undefined;
export const isMemory = (): boolean => !!memory;
let worked = false;

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      worked = true;
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
  if (!memory) database ??= open().catch(open);
  const opened = await database?.catch((error: unknown) => {
    database = undefined;
    // A disk that has worked is asked again: it may be full, or wiped just now.
    if (worked) throw error;
    memory ??= import(new URL('/kiosk.m.js', src).href);
  });
  if (memory)
    return memory.then(
      (loaded) => loaded.transact(mode, work),
      (error: unknown) => {
        memory = undefined;
        throw error;
      },
    );
  return new Promise((resolve, reject) => {
    if (!opened) return reject();
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
