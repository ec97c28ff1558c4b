/** Opt-ins: the wording that was shown, and the act. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at } from './columns.ts';
import { persons } from './persons.ts';
import { sites } from './sites.ts';

export const wordings = sqliteTable(
  'wordings',
  {
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    id: text('id').notNull(),
    language: text('language').notNull(),
    title: text('title').notNull(),
    /** JSON array of `{name, label}`; every box is unticked by default, there is no field to say otherwise. */
    boxes: text('boxes').notNull(),
    note: text('note').notNull(),
    privacyUrl: text('privacy_url').notNull(),
    /** Hash over language, title, boxes, note and privacy link. */
    sha256: text('sha256').notNull(),
    createdAt: at('created_at'),
    /** No longer offered; what still arrives under it is taken, as it was shown. */
    retiredAt: integer('retired_at'),
    /** The first opt-in under it: from then on it stays (a trigger of 0006_ledger.sql). */
    usedAt: integer('used_at'),
    /** Hash of the privacy page as it was when the wording was made; null = it could not be read. */
    privacySha256: text('privacy_sha256'),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const optIns = sqliteTable(
  'opt_ins',
  {
    site: integer('site').notNull(),
    /** The client's id, 24 hex digits. */
    id: text('id').notNull(),
    person: text('person')
      .notNull()
      .references(() => persons.id),
    wording: text('wording').notNull(),
    wordingSha256: text('wording_sha256').notNull(),
    language: text('language').notNull(),
    /** JSON of the boxes as the person left them. */
    boxes: text('boxes').notNull(),
    touchpoint: text('touchpoint', { enum: ['web', 'kiosk'] }).notNull(),
    store: integer('store').notNull(),
    kiosk: integer('kiosk').notNull(),
    visitor: integer('visitor').notNull(),
    host: text('host').notNull(),
    path: text('path').notNull(),
    tagVersion: text('tag_version'),
    /** By the device's clock as it stood, and corrected. */
    capturedRawAt: at('captured_raw_at'),
    capturedAt: at('captured_at'),
    receivedAt: at('received_at'),
    state: text('state', { enum: ['pending', 'confirmed', 'withdrawn', 'expired', 'held'] }).notNull(),
    confirmTokenHash: text('confirm_token_hash'),
    confirmedAt: integer('confirmed_at'),
    withdrawnAt: integer('withdrawn_at'),
    /** JSON of the addressless facts for EVENTS, until the relay has brought them there. */
    relay: text('relay'),
    /** Why no mail was sent before a person's decision; null = none was needed. */
    heldFor: text('held_for', { enum: ['late', 'device', 'network', 'site'] }),
    /** When the mail was decided on, where that was after receipt: the link's seven days count from then. */
    askedAt: integer('asked_at'),
    /** Who confirms it: the person by our mail, or the brand's own e-mail tool. */
    confirmedBy: text('confirmed_by', { enum: ['mail', 'tool'] })
      .notNull()
      .default('mail'),
    /** The linking of visits was withdrawn; mails may go on. */
    linkWithdrawnAt: integer('link_withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index('opt_ins_person').on(t.person),
    uniqueIndex('opt_ins_token').on(t.confirmTokenHash),
    index('opt_ins_relay').on(t.receivedAt).where(sql`relay IS NOT NULL`),
    index('opt_ins_wording').on(t.site, t.wording, t.receivedAt),
    index('opt_ins_captured').on(t.site, t.capturedAt),
    index('opt_ins_waiting').on(t.receivedAt).where(sql`state IN ('pending', 'held')`),
    index('opt_ins_held').on(t.site, t.receivedAt).where(sql`state = 'held'`),
  ],
);
