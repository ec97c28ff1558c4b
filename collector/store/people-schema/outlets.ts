/** Where acts are announced to: webhooks and connectors, what waits for them, and how each attempt went. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, id } from './columns.ts';
import { sites } from './sites.ts';

/** A program of the brand's, an e-mail tool it uses, or the mailbox of a member who chose alerts. */
export const outlets = sqliteTable(
  'outlets',
  {
    id: id(),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    kind: text('kind', { enum: ['webhook', 'mail', 'brevo', 'mailchimp', 'hubspot'] }).notNull(),
    name: text('name').notNull(),
    /** JSON array of announcement types. */
    types: text('types').notNull(),
    /** JSON, nothing secret: the address of a webhook, the list of a connector. */
    settings: text('settings').notNull(),
    /** Signing secret or API key. */
    sealed: text('sealed').notNull(),
    /** The signing secret before the last rotation, and until when both sign. */
    oldSealed: text('old_sealed'),
    oldUntil: integer('old_until'),
    createdBy: text('created_by'),
    createdAt: at('created_at'),
    /** Nothing is sent, everything waits. */
    pausedAt: integer('paused_at'),
    /** Nothing waits either: the receiver said it is gone, or failed for days. */
    endedAt: integer('ended_at'),
    endedWhy: text('ended_why', { enum: ['gone', 'failing'] }),
    /** The receiver asked to be left alone until then. */
    restUntil: integer('rest_until'),
    workedAt: integer('worked_at'),
  },
  (t) => [index('outlets_site').on(t.site)],
);
/** Acts, each once, as every receiver is told them. */
export const announcements = sqliteTable(
  'announcements',
  {
    id: id(),
    site: integer('site').notNull(),
    type: text('type').notNull(),
    /** JSON of ids; never an address. */
    data: text('data').notNull(),
    at: at('at'),
  },
  (t) => [index('announcements_at').on(t.at)],
);
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: id(),
    announcement: text('announcement').notNull(),
    outlet: text('outlet').notNull(),
    at: at('at'),
    state: text('state', { enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: at('next_at'),
    claimedUntil: integer('claimed_until'),
  },
  (t) => [
    index('deliveries_due').on(t.outlet, t.nextAt).where(sql`state = 'waiting'`),
    index('deliveries_outlet').on(t.outlet, t.at),
    index('deliveries_announcement').on(t.announcement),
  ],
);
export const deliveryAttempts = sqliteTable(
  'delivery_attempts',
  {
    delivery: text('delivery').notNull(),
    at: at('at'),
    /** Null when no answer came. */
    status: integer('status'),
    durationMs: integer('duration_ms').notNull(),
    /** `delivered`, or why not. */
    outcome: text('outcome').notNull(),
    /** The first 200 characters of an answer that was no success, without addresses. */
    answer: text('answer').notNull(),
  },
  (t) => [index('delivery_attempts_delivery').on(t.delivery, t.at)],
);
/** Under which name an e-mail tool knows a person, so that it can be told to forget even when we no longer have the address. */
export const outletContacts = sqliteTable(
  'outlet_contacts',
  {
    outlet: text('outlet').notNull(),
    person: text('person').notNull(),
    sealed: text('sealed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.outlet, t.person] })],
);
