/** Persons, the names that a site's own systems have for them, and their visitors. An address lies sealed; equality goes through the blind index. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id } from './columns.ts';
import { sites } from './sites.ts';

export const persons = sqliteTable(
  'persons',
  {
    id: id(),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    addressIndex: text('address_index'),
    addressSealed: text('address_sealed'),
    createdAt: at('created_at'),
    /** Null while the only trace is an opt-in that waits for its confirmation. */
    confirmedAt: integer('confirmed_at'),
  },
  (t) => [
    uniqueIndex('persons_address').on(t.site, t.addressIndex),
    index('persons_created').on(t.site, t.createdAt),
    index('persons_unconfirmed').on(t.createdAt).where(sql`confirmed_at IS NULL AND address_sealed IS NOT NULL`),
  ],
);
/** Names a site's own systems use for a person, as keyed hashes; unsigned and signed ids never meet. */
export const identities = sqliteTable(
  'identities',
  {
    site: integer('site').notNull(),
    space: text('space', { enum: ['unsigned', 'signed'] }).notNull(),
    hash: text('hash').notNull(),
    person: text('person')
      .notNull()
      .references(() => persons.id),
    createdAt: at('created_at'),
  },
  (t) => [primaryKey({ columns: [t.site, t.space, t.hash] }), index('identities_person').on(t.person)],
);
/** Acts that name a visitor, one row for each under the id of its message; who the visitor was follows from them (people/link-spans.ts). */
export const links = sqliteTable(
  'links',
  {
    site: integer('site').notNull(),
    visitor: integer('visitor').notNull(),
    id: text('id').notNull(),
    /** Null: somebody was here who is not linked any more. */
    person: text('person').references(() => persons.id, { onDelete: 'set null' }),
    via: text('via', { enum: ['identify', 'link', 'opt-in'] }).notNull(),
    sinceAt: at('since_at'),
    /** When the link was taken back. */
    endedAt: integer('ended_at'),
    /** 1: EVENTS is still to hear of it. */
    relay: integer('relay').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.visitor, t.id] }),
    index('links_person').on(t.person),
    index('links_relay').on(t.site).where(sql`relay = 1`),
  ],
);
/** Tokens of mailed links, hashed. */
export const linkTokens = sqliteTable(
  'link_tokens',
  {
    hash: text('hash').primaryKey(),
    site: integer('site').notNull(),
    person: text('person')
      .notNull()
      .references(() => persons.id, { onDelete: 'cascade' }),
    createdAt: at('created_at'),
    expiresAt: at('expires_at'),
  },
  (t) => [index('link_tokens_person').on(t.person), index('link_tokens_expiry').on(t.expiresAt)],
);
/** The browsers in which a mailed link was opened: a few, as mails are forwarded. */
export const linkOpenings = sqliteTable(
  'link_openings',
  {
    token: text('token')
      .notNull()
      .references(() => linkTokens.hash, { onDelete: 'cascade' }),
    visitor: integer('visitor').notNull(),
  },
  (t) => [primaryKey({ columns: [t.token, t.visitor] })],
);
