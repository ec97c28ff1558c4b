/** Bearer tokens for programs: only their hashes are kept. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { user } from './accounts.ts';
import { at, id } from './columns.ts';
import { sites } from './sites.ts';

export const tokens = sqliteTable('tokens', {
  /** Random and public: names the token in lists and where it is revoked. */
  id: id(),
  hash: text('hash').notNull().unique(),
  name: text('name').notNull(),
  /** JSON array of `read`, `write`, `export`, `admin`. */
  scopes: text('scopes').notNull(),
  /** The account that made it; null for one made by a command, or by an account that is gone. */
  createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
  createdAt: at('created_at'),
  /** Written at most once an hour. */
  lastUsedAt: integer('last_used_at'),
  revokedAt: integer('revoked_at'),
});
/** The sites a token opens. */
export const tokenSites = sqliteTable(
  'token_sites',
  {
    token: text('token')
      .notNull()
      .references(() => tokens.id, { onDelete: 'cascade' }),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
  },
  (t) => [primaryKey({ columns: [t.token, t.site] }), index('token_sites_site').on(t.site)],
);
