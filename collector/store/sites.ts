/** The site registry: read from PEOPLE, kept a minute in the isolate. */
import { isSiteKey } from './site-key.ts';

export type Site = {
  id: number;
  key: string;
  name: string;
  hosts: string[];
  zone: string;
  language: 'fr' | 'en';
  createdAt: number;
};

const FRESH_MS = 60_000;
type Known = { site: Site | null; until: number };
const known = new Map<string, Known>();

type Row = { id: number; key: string; name: string; hosts: string; zone: string; language: string; created_at: number };

/** A JSON array of strings from our own tables; anything else is empty. */
export function readStrings(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
  } catch {
    return [];
  }
}

function toSite(row: Row): Site {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    hosts: readStrings(row.hosts),
    zone: row.zone,
    language: row.language === 'en' ? 'en' : 'fr',
    createdAt: row.created_at,
  };
}

/**
 * The site of a public key, or null. An invented key costs one HMAC; a real one costs a read of PEOPLE once a minute and isolate.
 *
 * @throws when PEOPLE cannot be read and nothing is known: the caller answers 503.
 */
export async function siteOfKey(people: D1Database, secret: string, key: string, nowMs: number): Promise<Site | null> {
  if (!isSiteKey(secret, key)) return null;
  const found = known.get(key);
  if (found && found.until > nowMs) return found.site;
  try {
    const row = await people.prepare('SELECT * FROM sites WHERE key = ?1').bind(key).first<Row>();
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
  const { results } = await people.prepare('SELECT * FROM sites ORDER BY id').all<Row>();
  return results.map(toSite);
}

/** Forgets what is cached, after a site was changed in this isolate. */
export function forgetSites(): void {
  known.clear();
}
