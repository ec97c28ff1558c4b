/** Rules of mail: who confirms, and what limits how much of it leaves. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from './columns.ts';
import { sites } from './sites.ts';

/** What a site decided; no row = the defaults (people/mail-settings.ts). */
export const mailSettings = sqliteTable('mail_settings', {
  site: integer('site')
    .primaryKey()
    .references(() => sites.id),
  /** Who asks for the confirmation: our mail, or the brand's own e-mail tool. */
  confirmedBy: text('confirmed_by', { enum: ['mail', 'tool'] })
    .notNull()
    .default('mail'),
  /** Confirmation mails an hour for the whole site; null = the default. */
  hourly: integer('hourly'),
});
/** Blind indexes of addresses that were mailed within a day, "not me" included: forgotten after it. */
export const mailedAddresses = sqliteTable(
  'mailed_addresses',
  { site: integer('site').notNull(), addressIndex: text('address_index').notNull(), at: at('at') },
  (t) => [primaryKey({ columns: [t.site, t.addressIndex] })],
);
/** Sign-ups counted by the hour: of a kiosk, a network (a hash of the day), and the whole site. */
export const mailQuotas = sqliteTable(
  'mail_quotas',
  {
    site: integer('site').notNull(),
    what: text('what', { enum: ['device', 'network', 'site'] }).notNull(),
    subject: integer('subject').notNull(),
    slot: integer('slot').notNull(),
    used: integer('used').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.what, t.subject, t.slot] })],
);
