/** What the overview's pages and sources are called. */
import type { Site } from '../store/sites.ts';
import type { Batch } from './batch.ts';

/** Texts of each value, by its dictionary hash. */
export type Texts = Map<number, (string | null)[]>;

const PATHS =
  'SELECT d.hash AS key, d.path AS packed FROM json_each(?2) j CROSS JOIN pages d ON d.site = ?1 AND d.hash = j.value';
const SOURCES =
  'SELECT d.hash AS key, d.channel || char(10) || d.source AS packed FROM json_each(?2) j CROSS JOIN origins d ON d.site = ?1 AND d.hash = j.value';
/** Values of one statement: one JSON parameter holds at most 2 MB. */
const VALUES_AT_ONCE = 50_000;

function addTexts(
  batch: Batch,
  site: Site,
  sql: string,
  values: ReadonlySet<number>,
  read: (text: string) => string[],
): () => Texts {
  const all = [...values];
  const parts: ReturnType<Batch['add']>[] = [];
  for (let i = 0; i < all.length; i += VALUES_AT_ONCE)
    parts.push(batch.add(sql, site.id, JSON.stringify(all.slice(i, i + VALUES_AT_ONCE))));
  return () => new Map(parts.flatMap((rows) => rows()).map(({ key, packed }) => [key, read(packed ?? '')]));
}

/** Paths of pages, when the batch has run. */
export const addPaths = (batch: Batch, site: Site, values: ReadonlySet<number>) =>
  addTexts(batch, site, PATHS, values, (path) => [path]);

/** Source and channel of origins, when the batch has run. */
export const addSources = (batch: Batch, site: Site, values: ReadonlySet<number>) =>
  addTexts(batch, site, SOURCES, values, (text) => {
    const [channel = '', ...source] = text.split('\n');
    return [source.join('\n'), channel];
  });
