/** Mails to send, and the record of who opened or exported what. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, id } from './columns.ts';

/** Mails to send: claimed, sent, never sent twice. Recipient and link travel sealed. */
export const mails = sqliteTable(
  'mails',
  {
    id: id(),
    site: integer('site').notNull(),
    person: text('person').notNull(),
    kind: text('kind', { enum: ['confirmation'] }).notNull(),
    language: text('language').notNull(),
    /** Sealed JSON: recipient, link, what the template needs. */
    sealed: text('sealed').notNull(),
    createdAt: at('created_at'),
    claimedAt: integer('claimed_at'),
    sentAt: integer('sent_at'),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [index('mails_person').on(t.person, t.createdAt)],
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
