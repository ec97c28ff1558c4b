/** Months of one brand in sizes up to ten million pageviews, made at once and closed as cron closes them. */
import { openWindows } from '../collector/ingest/windows.ts';
import { DAY_MS } from '../collector/store/calendar.ts';
import { DICTIONARIES, DICTIONARY_COLUMNS } from '../collector/store/facts.ts';
import { dictionaries } from './brand.ts';
import { factsAtOnce, KIOSKS, STORES, valuesAtHand } from './facts-at-once.ts';
import { FIRST_DAY, NOW, site } from './month.ts';

/** Texts that the facts refer to, and the stores. */
export async function makeBrand(env: Env): Promise<void> {
  await openWindows(env.EVENTS, site);
  await env.EVENTS.batch(valuesAtHand(env.EVENTS));
  const texts = dictionaries(site.id);
  texts.names = Array.from({ length: 10 }, (_, i) => ({ site: site.id, hash: 1 + i, name: `Event ${i}` }));
  // Dictionaries are written with facts (`commit`); these facts are made by the database.
  await env.EVENTS.batch(
    DICTIONARIES.map((table) => {
      const columns = DICTIONARY_COLUMNS[table];
      const values = columns.map((column) => `value->>'${column}'`).join(', ');
      return env.EVENTS.prepare(`INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM json_each(?1)`).bind(
        JSON.stringify(texts[table]),
      );
    }),
  );
  const of = (n: number) => JSON.stringify(Array.from({ length: n }, (_, i) => 1 + i));
  const { id, zone } = site;
  await env.PEOPLE.batch([
    env.PEOPLE.prepare(
      'INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
    ).bind(id, site.key, site.name, JSON.stringify(site.hosts), zone, site.language, site.createdAt),
    env.PEOPLE.prepare(
      "INSERT INTO stores (id, site, name, zone, created_at) SELECT value, ?1, 'Store ' || value, ?2, 0 FROM json_each(?3)",
    ).bind(id, zone, of(STORES)),
    env.PEOPLE.prepare(
      "INSERT INTO kiosks (id, site, store, name, created_at) SELECT value, ?1, 1 + value % ?2, 'Kiosk ' || value, 0 FROM json_each(?3)",
    ).bind(id, STORES, of(KIOSKS)),
  ]);
}

/** Writes the facts of one day of a month that has so many pageviews. */
export async function growDay(env: Env, day: number, pageviews: number): Promise<void> {
  if (day === 0) await makeBrand(env);
  const start = FIRST_DAY + day * DAY_MS;
  const end = Math.min(start + DAY_MS, NOW);
  await env.EVENTS.batch(factsAtOnce(env.EVENTS, site.id, day, [start, end], (pageviews * (end - start)) / (NOW - FIRST_DAY)));
}
