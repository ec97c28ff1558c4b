/** The consent ledger, its signed digests, and what an erasure leaves. Their triggers are in migrations/people/0006_ledger.sql. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id } from './columns.ts';
import { sites } from './sites.ts';

/** Append-only: one hash chain per person, one row per purpose of an opt-in and act. */
export const ledger = sqliteTable(
  'ledger',
  {
    person: text('person').notNull(),
    sequence: integer('sequence').notNull(),
    site: integer('site').notNull(),
    optIn: text('opt_in').notNull(),
    kind: text('kind', {
      enum: ['submitted', 'pending', 'confirmed', 'withdrawn', 'bounced', 'complained', 'erased'],
    }).notNull(),
    at: at('at'),
    /** JSON with everything needed as proof; never the address. '' once the person was erased. */
    detail: text('detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    rowHash: text('row_hash').notNull(),
    purpose: text('purpose', { enum: ['news', 'link', 'all'] })
      .notNull()
      .default('all'),
    /** 1: the row's hash is over its detail; 2: over the detail's hash. */
    version: integer('version').notNull().default(1),
    detailSha256: text('detail_sha256').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.sequence] }),
    uniqueIndex('ledger_once').on(t.site, t.optIn, t.purpose, t.kind),
    index('ledger_at').on(t.site, t.at),
  ],
);
/** The heads of the chains that grew on a day (UTC), as the signed root of their hash tree. */
export const ledgerDigests = sqliteTable(
  'ledger_digests',
  {
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    day: text('day').notNull(),
    fromAt: at('from_at'),
    untilAt: at('until_at'),
    heads: integer('heads').notNull(),
    root: text('root').notNull(),
    /** Hash of the digest before; so that none can be left out. */
    previous: text('previous').notNull(),
    sha256: text('sha256').notNull(),
    signature: text('signature').notNull(),
    publicKey: text('public_key').notNull(),
    madeAt: at('made_at'),
    /** The last row that it covers. */
    lastRow: integer('last_row').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.site, t.day] })],
);
/** Mailed links to one's own data, and the short visits they open: hashes only. */
export const myDataLinks = sqliteTable(
  'my_data_links',
  {
    hash: text('hash').primaryKey(),
    site: integer('site').notNull(),
    person: text('person').notNull(),
    madeAt: at('made_at'),
    usedAt: integer('used_at'),
    visitHash: text('visit_hash'),
    visitUntil: integer('visit_until'),
  },
  (t) => [uniqueIndex('my_data_links_visit').on(t.visitHash), index('my_data_links_person').on(t.person)],
);
/** Erasures: what is still to be removed from facts and files, emptied when it is. */
export const erasures = sqliteTable(
  'erasures',
  {
    id: id(),
    site: integer('site').notNull(),
    at: at('at'),
    by: text('by').notNull(),
    state: text('state', { enum: ['facts', 'parked', 'history', 'done'] }).notNull(),
    work: text('work').notNull(),
    cursor: text('cursor').notNull().default(''),
    doneAt: integer('done_at'),
  },
  (t) => [index('erasures_open').on(t.at).where(sql`done_at IS NULL`)],
);
/** Keyed hashes of who was erased: what they sent before and arrives later is not taken. */
export const erasedSubjects = sqliteTable(
  'erased_subjects',
  { site: integer('site').notNull(), subject: text('subject').notNull(), at: at('at') },
  (t) => [primaryKey({ columns: [t.site, t.subject] })],
);
