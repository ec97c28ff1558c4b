/** Stores, kiosks, their keys, and what enrols them. */
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
    /** JSON of what the dashboard decides about the kiosks of this store, opening hours among it (fleet/settings.ts); null = nothing. */
    settings: text('settings'),
    /** Address of the page that its kiosks show; null = not said. */
    page: text('page'),
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
    /** Random public name of the current key; null until enrolled. */
    device: text('device').unique(),
    /** The current key as SubjectPublicKeyInfo, base64url. */
    publicKey: text('public_key'),
    enrolledAt: integer('enrolled_at'),
    /** The first time; a revocation does not take it away. */
    firstEnrolledAt: integer('first_enrolled_at'),
    lastSeenAt: integer('last_seen_at'),
    tagVersion: text('tag_version'),
    revokedAt: integer('revoked_at'),
    createdAt: at('created_at'),
    /** JSON of what differs from the store's settings; null = nothing. */
    settings: text('settings'),
    /** JSON of what the kiosk last said about itself (fleet/health.ts), when, and how far its clock is ahead of ours. */
    health: text('health'),
    healthAt: integer('health_at'),
    skewMs: integer('skew_ms'),
    /** Two screens with one name were heard: what they send waits in `kiosk_quarantine`. */
    clonedAt: integer('cloned_at'),
    /** Whether it was offline when cron last looked, and since when; an alert is a change of this. */
    offlineSince: integer('offline_since'),
  },
  (t) => [index('kiosks_site').on(t.site)],
);
/** Every key a kiosk ever had. A replaced one still brings what was kept under it, for as long as its disk lives. */
export const kioskKeys = sqliteTable(
  'kiosk_keys',
  {
    device: text('device').primaryKey(),
    kiosk: integer('kiosk')
      .notNull()
      .references(() => kiosks.id),
    publicKey: text('public_key').notNull(),
    createdAt: at('created_at'),
    replacedAt: integer('replaced_at'),
    lastSequence: integer('last_sequence').notNull().default(0),
    boot: text('boot'),
    /** How often, in the last hour, a number was used again by a page that was not the last one heard. */
    conflicts: integer('conflicts').notNull().default(0),
    conflictAt: integer('conflict_at'),
  },
  (t) => [index('kiosk_keys_kiosk').on(t.kiosk)],
);
export const enrolmentCodes = sqliteTable('enrolment_codes', {
  hash: text('hash').primaryKey(),
  kiosk: integer('kiosk')
    .notNull()
    .references(() => kiosks.id),
  expiresAt: at('expires_at'),
  usedAt: integer('used_at'),
});
/** Provisioning secrets: for kiosks whose storage is wiped, good until they are revoked. */
export const kioskSecrets = sqliteTable(
  'kiosk_secrets',
  {
    hash: text('hash').primaryKey(),
    kiosk: integer('kiosk')
      .notNull()
      .references(() => kiosks.id),
    createdAt: at('created_at'),
    revokedAt: integer('revoked_at'),
  },
  (t) => [index('kiosk_secrets_kiosk').on(t.kiosk)],
);
/** Requests of a cloned kiosk, whole and sealed, until somebody has decided. */
export const kioskQuarantine = sqliteTable(
  'kiosk_quarantine',
  {
    id: text('id').primaryKey(),
    kiosk: integer('kiosk')
      .notNull()
      .references(() => kiosks.id),
    device: text('device').notNull(),
    receivedAt: at('received_at'),
    /** JSON of the place, sealed with the body. */
    sealed: text('sealed').notNull(),
    /** Somebody decided that it counts: cron takes it in. */
    releasedAt: integer('released_at'),
  },
  (t) => [index('kiosk_quarantine_kiosk').on(t.kiosk)],
);
/** Alerts: a kiosk went silent while its store was open, or came back. */
export const kioskAlerts = sqliteTable(
  'kiosk_alerts',
  {
    id: integer('id').primaryKey(),
    kiosk: integer('kiosk')
      .notNull()
      .references(() => kiosks.id),
    at: at('at'),
    kind: text('kind', { enum: ['offline', 'online'] }).notNull(),
  },
  (t) => [index('kiosk_alerts_kiosk').on(t.kiosk, t.at)],
);
