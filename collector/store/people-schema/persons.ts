/** Persons, the names that a site's own systems have for them, and their visitors. An address lies sealed; equality goes through the blind index. */
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
  (t) => [uniqueIndex('persons_address').on(t.site, t.addressIndex)],
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
  (t) => [primaryKey({ columns: [t.site, t.space, t.hash] })],
);
/** Which visitor is which person, since when and why. A visitor has at most one open link. */
export const links = sqliteTable(
  'links',
  {
    site: integer('site').notNull(),
    visitor: integer('visitor').notNull(),
    person: text('person')
      .notNull()
      .references(() => persons.id),
    via: text('via', { enum: ['identify', 'link', 'opt-in'] }).notNull(),
    sinceAt: at('since_at'),
    endedAt: integer('ended_at'),
  },
  (t) => [primaryKey({ columns: [t.site, t.visitor, t.person, t.via] }), index('links_person').on(t.person)],
);
