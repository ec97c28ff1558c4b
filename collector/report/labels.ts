/** Names of values: dictionary texts from EVENTS, store and kiosk names from PEOPLE. */
import { KIOSK_ORIGIN } from '../store/visits-sql.ts';
import { DIRECT, type Dimension, KIOSK, NONE } from './dimension.ts';

export type StoreNames = { stores: Map<number, string>; kiosks: Map<number, string> };

/** Stores and kiosks of a site by number. */
export async function readStoreNames(people: D1Database, site: number): Promise<StoreNames> {
  const [stores, kiosks] = await people.batch<{ id: number; name: string }>([
    people.prepare('SELECT id, name FROM stores WHERE site = ?1 ORDER BY id').bind(site),
    people.prepare('SELECT id, name FROM kiosks WHERE site = ?1 ORDER BY id').bind(site),
  ]);
  // Two of the same name, or one named like a value of ours, would be added up: their numbers tell them apart.
  const byId = (rows: { id: number; name: string }[] = []) => {
    const times = (name: string) => rows.filter((r) => r.name === name).length;
    return new Map(rows.map(({ id, name }) => [id, name === 'web' || times(name) > 1 ? `${name} #${id}` : name]));
  };
  return { stores: byId(stores?.results), kiosks: byId(kiosks?.results) };
}

/** Texts of dictionary values, several columns at once. Values that have no entry are missing from the map. */
export async function readTexts(
  events: D1Database,
  site: number,
  table: 'pages' | 'origins' | 'places' | 'names',
  columns: readonly string[],
  values: readonly number[],
): Promise<{ texts: Map<number, (string | null)[]>; rowsRead: number }> {
  const { results, meta } = await events
    .prepare(
      `SELECT d.hash, ${columns.map((c) => `d.${c}`).join(', ')} FROM json_each(?2) j CROSS JOIN ${table} d ON d.site = ?1 AND d.hash = j.value`,
    )
    .bind(site, JSON.stringify(values))
    .all<Record<string, string | number | null>>();
  const texts = new Map<number, (string | null)[]>();
  for (const row of results) {
    if (typeof row.hash === 'number')
      texts.set(
        row.hash,
        columns.map((c) => (typeof row[c] === 'string' ? row[c] : null)),
      );
  }
  return { texts, rowsRead: meta.rows_read };
}

/** The name under which a value of a dictionary dimension is shown. */
export function nameValue(dimension: Dimension, value: number, texts: Map<number, (string | null)[]>, column = 0): string {
  if (dimension.unpack) return dimension.unpack(value);
  if (dimension.rollup === 'origin') {
    const whole = dimension.name === 'source' || dimension.name === 'channel';
    if (value === KIOSK_ORIGIN) return whole ? KIOSK : NONE;
    if (value === 0) return whole ? DIRECT : NONE;
  }
  return texts.get(value)?.[column] ?? NONE;
}
