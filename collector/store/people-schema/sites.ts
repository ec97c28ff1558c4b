/** Sites, who may see them, and how full the databases are. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { user } from './accounts.ts';
import { at } from './columns.ts';

export const sites = sqliteTable('sites', {
  id: integer('id').primaryKey(),
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  /** JSON array of allowed hostnames. */
  hosts: text('hosts').notNull(),
  zone: text('zone').notNull(),
  language: text('language').notNull(),
  createdAt: at('created_at'),
  /** Binding of the EVENTS database that has the site's facts (store/shards.ts). */
  events: text('events').notNull().default('EVENTS'),
  /** The binding to which the site is moving; null = it stays (docs/decisions/009). */
  movingTo: text('moving_to'),
  /** Days for which facts are kept; null = the default (store/retention.ts). */
  rawDays: integer('raw_days'),
  /** JSON of the site's own channel rules (store/site-rules.ts); null = none. */
  rules: text('rules'),
});
/** How full each database was when it was last measured; here, because a full EVENTS could not say so. */
export const storage = sqliteTable('storage', {
  database: text('database').primaryKey(),
  bytes: integer('bytes').notNull(),
  measuredAt: at('measured_at'),
});
export const members = sqliteTable(
  'members',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    role: text('role', { enum: ['viewer', 'marketer', 'steward', 'store', 'admin'] }).notNull(),
    /** For the role `store`: the one store it may see. */
    store: integer('store'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.site] })],
);
