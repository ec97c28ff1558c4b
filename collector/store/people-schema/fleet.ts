/** Stores, kiosks, and the codes that enrol them. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from './columns.ts';
import { sites } from './sites.ts';

export const stores = sqliteTable(
  'stores',
  {
    id: integer('id').primaryKey(),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    name: text('name').notNull(),
    zone: text('zone').notNull(),
    createdAt: at('created_at'),
  },
  (t) => [index('stores_site').on(t.site)],
);
export const kiosks = sqliteTable(
  'kiosks',
  {
    id: integer('id').primaryKey(),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    store: integer('store')
      .notNull()
      .references(() => stores.id),
    name: text('name').notNull(),
    /** Random public name of the enrolled device; null until enrolled. */
    device: text('device').unique(),
    /** SubjectPublicKeyInfo of the device's key, base64url. */
    publicKey: text('public_key'),
    enrolledAt: integer('enrolled_at'),
    lastSeenAt: integer('last_seen_at'),
    tagVersion: text('tag_version'),
    revokedAt: integer('revoked_at'),
    createdAt: at('created_at'),
  },
  (t) => [index('kiosks_site').on(t.site)],
);
export const enrolmentCodes = sqliteTable('enrolment_codes', {
  hash: text('hash').primaryKey(),
  kiosk: integer('kiosk')
    .notNull()
    .references(() => kiosks.id),
  expiresAt: at('expires_at'),
  usedAt: integer('used_at'),
});
