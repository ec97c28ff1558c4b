/** The site registry: read from PEOPLE, kept a minute in the isolate. */
import { isSiteKey } from './site-key.ts';
import { readSiteRules, type SiteRule } from './site-rules.ts';

export type Site = {
  id: number;
  key: string;
  name: string;
  hosts: string[];
  zone: string;
  language: 'fr' | 'en';
  createdAt: number;
  /** Binding of the database that has the site's facts; `EVENTS` when absent (shards.ts). */
  events?: string;
  /** Binding to which the site is moving now. */
  movingTo?: string;
  /** Days for which facts are kept; the default when absent (retention.ts). */
  rawDays?: number;
  /** The site's own channel rules, in order; none when absent. */
  rules?: SiteRule[];
};

const FRESH_MS = 60_000;
type Known = { site: Site | null; until: number };
const known = new Map<string, Known>();

export type SiteRow = {
  id: number;
  key: string;
  name: string;
  hosts: string;
  zone: string;
  language: string;
  created_at: number;
  events: string;
  moving_to: string | null;
  raw_days: number | null;
  rules: string | null;
};

/** A JSON array of strings from our own tables; anything else is empty. */
export function readStrings(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
  } catch {
    return [];
  }
}

/** A row of `sites` as the rest of the code knows it. */
export function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    hosts: readStrings(row.hosts),
    zone: row.zone,
    language: row.language === 'en' ? 'en' : 'fr',
    createdAt: row.created_at,
    events: row.events,
    ...(row.moving_to === null ? {} : { movingTo: row.moving_to }),
    ...(row.raw_days === null ? {} : { rawDays: row.raw_days }),
    ...(row.rules === null ? {} : { rules: readSiteRules(row.rules) }),
  };
}

/**
 * The site of a public key, or null. An invented key costs one HMAC; a real one costs a read of PEOPLE once a minute and isolate.
 *
 * @throws when PEOPLE cannot be read and nothing is known: the caller answers 503.
 */
export async function siteOfKey(people: D1Database, secret: string, key: string, nowMs: number): Promise<Site | null> {
  const found = known.get(key);
  if (found && found.until > nowMs) return found.site;
  // Only keys of ours are remembered, so that inventing them fills no memory.
  if (!found && !isSiteKey(secret, key)) return null;
  try {
    const row = await people.prepare('SELECT * FROM sites WHERE key = ?1').bind(key).first<SiteRow>();
    const site = row ? toSite(row) : null;
    if (known.size > 10_000) known.clear();
    known.set(key, { site, until: nowMs + FRESH_MS });
    return site;
  } catch (error) {
    // A stale answer beats none: PEOPLE being away must not stop the counting.
    if (found) return found.site;
    throw error;
  }
}

/** All sites, for cron and for the dashboard. */
export async function allSites(people: D1Database): Promise<Site[]> {
  const { results } = await people.prepare('SELECT * FROM sites ORDER BY id').all<SiteRow>();
  return results.map(toSite);
}

/** Where each site's facts are now, by id, read from the registry itself: what an isolate remembers may be a minute old. */
export async function homesOf(people: D1Database, sites: readonly number[]): Promise<Map<number, string>> {
  const { results } = await people
    .prepare('SELECT s.id, s.events FROM json_each(?1) j CROSS JOIN sites s ON s.id = j.value')
    .bind(JSON.stringify([...new Set(sites)]))
    .all<{ id: number; events: string }>();
  return new Map(results.map((row) => [row.id, row.events]));
}

/** Forgets what is cached, after a site was changed in this isolate. */
export function forgetSites(): void {
  known.clear();
}
