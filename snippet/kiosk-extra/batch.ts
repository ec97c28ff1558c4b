/** What goes into one request, out of the outbox that kiosk.js fills (kiosk/kiosk-outbox.ts); and what becomes of it. */
import { kit, read } from './kit.ts';

/** Characters of JSON in one request: escaped and in UTF-8 that stays under the collector's 64 KB. */
const CHARS = 16_000;
export const MESSAGES = 50;

/** How many messages of each kind were given up since the last answer. */
type Lost = Record<string, number>;
/** A message as it lies there: its key, the text, and the clock it was made by (kiosk/clock.ts). */
export type Entry = { key: string; text: string; json: string };
export type Batch = { entries: Entry[]; boot: string; base: number; lost: Lost };

const everything = (): IDBKeyRange => IDBKeyRange.bound('m', 'n');
const isOptIn = ({ key }: Entry): boolean => key.startsWith('m0');

const parse = (text: string): { boot: string; base: number; json: string } => {
  const [, boot = '', base = '', json = text] = /^(\w+):(-?\d+):(.*)$/s.exec(text) ?? [];
  return { boot, base: Number(base), json };
};

/** The next messages to send, at most `limit`; all of them by one clock. */
export const takeBatch = (limit: number): Promise<Batch> =>
  kit.transact('readonly', (store) => {
    const batch: Batch = { entries: [], boot: '', base: 0, lost: {} };
    const lost = store.get('lost');
    const cursor = store.openCursor(everything());
    let chars = 0;
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at || batch.entries.length >= limit) return;
      const text = String(at.value);
      const { boot, base, json } = parse(text);
      chars += json.length;
      if (batch.entries.length && (chars > CHARS || boot !== batch.boot || base !== batch.base)) return;
      Object.assign(batch, { boot, base });
      batch.entries.push({ key: String(at.key), text, json });
      at.continue();
    };
    return () => ({ ...batch, lost: lost.result ?? {} });
  });

/**
 * Forgets what was answered for, except messages that have a newer state by now. Opt-ins that were refused for a reason that may
 * pass are not forgotten: they lie apart, where staff see how many there are, and are tried again.
 *
 * @param refused indices of the batch that were refused so.
 */
export const settle = ({ entries, lost }: Batch, refused: Set<number>): Promise<void> =>
  kit.transact(
    'readwrite',
    (store) => {
      entries.forEach((entry, index) => {
        if (refused.has(index) && isOptIn(entry)) store.put(entry.text, `q${entry.key.slice(1)}`);
        const now = store.get(entry.key);
        now.onsuccess = () => now.result === entry.text && store.delete(entry.key);
      });
      if (Object.keys(lost).length) store.delete('lost');
      return () => {};
    },
    // What moves must not be lost on the way.
    refused.size > 0,
  );

/** Opt-ins that were refused go back into the lane. */
export const retryRefused = (): Promise<void> =>
  kit.transact(
    'readwrite',
    (store) => {
      const cursor = store.openCursor(IDBKeyRange.bound('q', 'r'));
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (!at) return;
        store.put(at.value, `m${String(at.key).slice(1)}`);
        at.delete();
        at.continue();
      };
      return () => {};
    },
    true,
  );

export type Waiting = { waiting: number; optIns: number; refused: number; oldestMs: number | null };

/** How much waits, and since when, by the clocks the messages were made by. */
export const countWaiting = (): Promise<Waiting> =>
  kit.transact('readonly', (store) => {
    const all = store.count(everything());
    const optIns = store.count(IDBKeyRange.bound('m0', 'm1'));
    const refused = store.count(IDBKeyRange.bound('q', 'r'));
    // Ids begin with their time: the oldest of each lane comes first.
    const firsts = ['m0', 'm1'].map((lane) => store.openKeyCursor(IDBKeyRange.bound(lane, `m${Number(lane[1]) + 1}`)));
    return () => {
      const born = firsts.flatMap(({ result }) => (result ? [Number.parseInt(String(result.key).slice(2, 14), 16)] : []));
      const oldestMs = born.length ? Math.max(0, Math.round(Date.now() - Math.min(...born))) : null;
      return { waiting: all.result, optIns: optIns.result, refused: refused.result, oldestMs };
    };
  });

/** What the collector's clock was ahead of the wall clock of a page, for the pages that heard it. */
type Clocks = Record<string, number>;
export const readClocks = async (): Promise<Clocks> => (await read<Clocks>('clocks')) ?? {};
