/** Tables of PEOPLE: accounts, sites, stores, kiosks, persons, opt-ins and the ledger. Times are epoch ms unless better-auth says otherwise. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

const id = () => text('id').primaryKey();
const at = (name: string) => integer(name).notNull();

// Accounts. Column names are those of better-auth's core schema.
export const user = sqliteTable('user', {
  id: id(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text('image'),
  language: text('language'),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});
export const session = sqliteTable(
  'login_session',
  {
    id: id(),
    token: text('token').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('login_session_user').on(t.userId)],
);
export const account = sqliteTable(
  'account',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: integer('access_token_expires_at', { mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer('refresh_token_expires_at', { mode: 'timestamp_ms' }),
    scope: text('scope'),
    password: text('password'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('account_user').on(t.userId)],
);
export const verification = sqliteTable(
  'verification',
  {
    id: id(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('verification_identifier').on(t.identifier)],
);

// Sites, and who may see them.
export const sites = sqliteTable('sites', {
  id: integer('id').primaryKey(),
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  /** JSON array of allowed hostnames. */
  hosts: text('hosts').notNull(),
  zone: text('zone').notNull(),
  language: text('language').notNull(),
  createdAt: at('created_at'),
  /** Binding of the EVENTS database that has the site's facts (store/shards.ts). */
  events: text('events').notNull().default('EVENTS'),
  /** The binding to which the site is moving; null = it stays (docs/decisions/009). */
  movingTo: text('moving_to'),
  /** Days for which facts are kept; null = the default (store/retention.ts). */
  rawDays: integer('raw_days'),
});
/** How full each database was when it was last measured; here, because a full EVENTS could not say so. */
export const storage = sqliteTable('storage', {
  database: text('database').primaryKey(),
  bytes: integer('bytes').notNull(),
  measuredAt: at('measured_at'),
});
export const members = sqliteTable(
  'members',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    site: integer('site')
      .notNull()
      .references(() => sites.id),
    role: text('role', { enum: ['viewer', 'marketer', 'steward', 'store', 'admin'] }).notNull(),
    /** For the role `store`: the one store it may see. */
    store: integer('store'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.site] })],
);
/** Bearer tokens for programs: only the hash is kept. */
export const tokens = sqliteTable('tokens', {
  hash: text('hash').primaryKey(),
  site: integer('site')
    .notNull()
    .references(() => sites.id),
  name: text('name').notNull(),
  /** JSON array of `read`, `write`, `export`, `admin`. */
  scopes: text('scopes').notNull(),
  createdAt: at('created_at'),
  lastUsedAt: integer('last_used_at'),
  revokedAt: integer('revoked_at'),
});
/** Failed sign-ins, for the delay that grows with them. Keyed by a keyed hash, never an address or IP. */
export const signInFailures = sqliteTable('sign_in_failures', {
  subject: text('subject').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: at('last_at'),
});

// The fleet.
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

// Persons. An address lies sealed; equality goes through the blind index.
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

// Opt-ins: the wording that was shown, the act, and the append-only ledger.
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
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index('opt_ins_person').on(t.person),
    uniqueIndex('opt_ins_token').on(t.confirmTokenHash),
    index('opt_ins_relay').on(t.receivedAt).where(sql`relay IS NOT NULL`),
  ],
);
export const ledger = sqliteTable(
  'ledger',
  {
    person: text('person').notNull(),
    sequence: integer('sequence').notNull(),
    site: integer('site').notNull(),
    optIn: text('opt_in').notNull(),
    kind: text('kind', { enum: ['submitted', 'confirmed', 'withdrawn', 'bounced', 'complained', 'erased'] }).notNull(),
    at: at('at'),
    /** JSON with everything needed as proof; never the address. */
    detail: text('detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    rowHash: text('row_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.sequence] }), uniqueIndex('ledger_once').on(t.site, t.optIn, t.kind)],
);

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
