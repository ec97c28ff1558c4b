/** Mails to send, and the record of who opened or exported what. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, id } from './columns.ts';

/** Mails to send: claimed, sent, never sent twice. Recipient and link travel sealed. */
export const mails = sqliteTable(
  'mails',
  {
    id: id(),
    site: integer('site').notNull(),
    person: text('person').notNull(),
    kind: text('kind', { enum: ['confirmation', 'my-data'] }).notNull(),
    language: text('language').notNull(),
    /** Sealed JSON: recipient, link, what the template needs. */
    sealed: text('sealed').notNull(),
    createdAt: at('created_at'),
    claimedAt: integer('claimed_at'),
    sentAt: integer('sent_at'),
    attempts: integer('attempts').notNull().default(0),
    /** Not before then: a retry's moment, or the morning of a store. */
    dueAt: integer('due_at').notNull().default(0),
    /** Zone of the store whose night it keeps; null = sent at any hour. */
    zone: text('zone'),
    /** Handed to a mailer whose answer nobody heard. */
    unknownAt: integer('unknown_at'),
    /** Given up, and why: a code, never what a mailer said. */
    failedAt: integer('failed_at'),
    failure: text('failure'),
  },
  (t) => [
    index('mails_person').on(t.person, t.createdAt),
    index('mails_due').on(t.dueAt).where(sql`sent_at IS NULL AND failed_at IS NULL`),
    index('mails_site').on(t.site, t.createdAt),
  ],
);
/** What the local mailer "delivered": only filled in the demo, readable on its dashboard. */
export const localMails = sqliteTable('local_mails', {
  id: id(),
  site: integer('site').notNull(),
  at: at('at'),
  recipient: text('recipient').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  html: text('html').notNull(),
  sender: text('sender').notNull().default(''),
  /** JSON of the headers besides the usual ones. */
  headers: text('headers').notNull().default('{}'),
});
/** Who decrypted or exported what, and why. */
export const audit = sqliteTable('audit', {
  id: id(),
  at: at('at'),
  site: integer('site').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  person: text('person'),
  reason: text('reason').notNull(),
});
