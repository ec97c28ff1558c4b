/** How values are called: texts of dictionaries, stores and kiosks, read for just the values that are there. */
import type { Site } from '../store/sites.ts';
import { unpackTouchpoint } from '../store/visits-sql.ts';
import { type Dictionary, type Dimension, NONE } from './dimension.ts';
import { nameValue, readTexts, type StoreNames } from './labels.ts';

export type Texts = { stores: StoreNames; columns: Map<string, Map<number, (string | null)[]>> };
/** Values per question; one JSON parameter holds at most 2 MB in D1 (https://developers.cloudflare.com/d1/platform/limits/). */
const VALUES_AT_ONCE = 50_000;

/** Texts of dictionary dimensions. @param valuesOf the values of a dimension that may need a text. */
export async function readDictionaries(
  events: D1Database,
  site: Site,
  dimensions: readonly Dimension[],
  stores: StoreNames,
  valuesOf: (d: Dimension) => Iterable<number>,
): Promise<{ texts: Texts; rowsRead: number }> {
  const columns: Texts['columns'] = new Map();
  let rowsRead = 0;
  for (const d of dimensions) {
    if (!d.dictionary || columns.has(keyOf(d, d.dictionary))) continue;
    const values = [...new Set(valuesOf(d))];
    const found = new Map<number, (string | null)[]>();
    for (let i = 0; i < values.length; i += VALUES_AT_ONCE) {
      const part = values.slice(i, i + VALUES_AT_ONCE);
      const read = await readTexts(events, site.id, d.dictionary.table, [d.dictionary.column], part);
      rowsRead += read.rowsRead;
      for (const [value, text] of read.texts) found.set(value, text);
    }
    columns.set(keyOf(d, d.dictionary), found);
  }
  return { texts: { stores, columns }, rowsRead };
}

/** Entry pages, exit pages and pages have texts of the same table, but of other values. */
const keyOf = (d: Dimension, dictionary: Dictionary) => `${d.rollup} ${dictionary.table} ${dictionary.column}`;

/** A visitor or visit on the web has no store. */
export const touchpointOf = (kiosk: number) => (kiosk === 0 ? 'web' : 'kiosk');

function touchpointNames(dimension: string, value: number, names: StoreNames): readonly string[] {
  const { store, kiosk } = unpackTouchpoint(value);
  if (dimension === 'touchpoint' || kiosk === 0) return [touchpointOf(kiosk)];
  const id = dimension === 'store' ? store : kiosk;
  const name = (dimension === 'store' ? names.stores : names.kiosks).get(id);
  // Filters may also say the number: a name may change.
  return [...(name === undefined ? [] : [name]), `#${id}`];
}

/** All names by which a filter may call a value; the first is the one that is shown. */
export function namesOf(d: Dimension, value: number, texts: Texts): readonly string[] {
  if (d.rollup === 'touchpoint') return touchpointNames(d.name, value, texts.stores);
  return [nameValue(d, value, (d.dictionary && texts.columns.get(keyOf(d, d.dictionary))) ?? new Map())];
}

/** The name that is shown, worked out once per value. */
export function namer(d: Dimension, texts: Texts): (value: number) => string {
  const known = new Map<number, string>();
  return (value) => {
    let name = known.get(value);
    if (name === undefined) {
      name = namesOf(d, value, texts)[0] ?? NONE;
      known.set(value, name);
    }
    return name;
  };
}
