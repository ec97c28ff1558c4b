/** What `kiosk.js` gave us, and the one store on the disk that both use. */
import type { Kit } from '../kiosk/kit.ts';

export let kit: Kit;
export const takeKit = (given: Kit): void => {
  kit = given;
};

export const read = <T>(key: string): Promise<T | undefined> =>
  kit.transact('readonly', (store) => {
    const request = store.get(key);
    return () => request.result;
  });

/** Writes several values in one strict transaction; `undefined` removes. */
export const write = (values: Record<string, unknown>): Promise<void> =>
  kit.transact(
    'readwrite',
    (store) => {
      for (const [key, value] of Object.entries(values)) value === undefined ? store.delete(key) : store.put(value, key);
      return () => {};
    },
    true,
  );
