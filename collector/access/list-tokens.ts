/** The tokens of some sites, for those who manage them: never the token itself, which nobody has any more. */
import { readStrings } from '../store/sites.ts';
import { isScope, type Scope } from './tokens.ts';

export type ListedToken = {
  id: string;
  name: string;
  scopes: Scope[];
  /** Keys of those of its sites that were asked for; it may open others. */
  sites: string[];
  createdBy: string | null;
  createdAt: number;
  lastUsedAt: number | null;
};
type Row = {
  id: string;
  name: string;
  scopes: string;
  site_key: string;
  created_by: string | null;
  created_at: number;
  last_used_at: number | null;
};

/** Tokens that are not revoked, the newest first. */
export async function listTokens(people: D1Database, sites: readonly number[]): Promise<ListedToken[]> {
  const { results } = await people
    .prepare(
      `SELECT t.id, t.name, t.scopes, s.key AS site_key, u.name AS created_by, t.created_at, t.last_used_at
       FROM json_each(?1) j CROSS JOIN token_sites ts ON ts.site = j.value JOIN tokens t ON t.id = ts.token JOIN sites s ON s.id = ts.site
       LEFT JOIN user u ON u.id = t.created_by WHERE t.revoked_at IS NULL ORDER BY t.created_at DESC, t.id, s.id`,
    )
    .bind(JSON.stringify(sites))
    .all<Row>();
  const tokens = new Map<string, ListedToken>();
  for (const row of results) {
    const token = tokens.get(row.id) ?? {
      id: row.id,
      name: row.name,
      scopes: readStrings(row.scopes).filter(isScope),
      sites: [],
      createdBy: row.created_by,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    };
    token.sites.push(row.site_key);
    tokens.set(row.id, token);
  }
  return [...tokens.values()];
}

/**
 * Ends a token for good, everywhere: whoever manages one of its sites may, because a token that leaked must die at once.
 *
 * @returns false when none of these sites has such a token (any more).
 */
export async function revokeToken(people: D1Database, id: string, sites: readonly number[], nowMs: number): Promise<boolean> {
  const { meta } = await people
    .prepare(
      `UPDATE tokens SET revoked_at = ?3 WHERE id = ?1 AND revoked_at IS NULL
       AND EXISTS (SELECT 1 FROM token_sites ts JOIN json_each(?2) j ON j.value = ts.site WHERE ts.token = tokens.id)`,
    )
    .bind(id, JSON.stringify(sites), nowMs)
    .run();
  return meta.changes > 0;
}
