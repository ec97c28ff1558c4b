/** The wire contract between the tag, the kiosk and the collector. The snippet imports it as types only. */
import * as v from 'valibot';

/** Version of the envelope. A new version is added beside the old one; released versions stay readable for good. */
export const WIRE_VERSION = 1;

/** Limits the collector holds; a sender that respects them is never refused for size. */
export const WIRE_LIMITS = {
  bodyBytes: 65_536,
  messages: 50,
  urlChars: 2_048,
  nameChars: 120,
  propKeys: 16,
  propKeyChars: 40,
  propValueChars: 200,
  /** A pageview cannot be in front for longer than this; larger values are refused as `bad_time`. */
  foregroundMs: 86_400_000,
} as const;

/**
 * Ids are 96 bits written as 24 lower-case hex digits: 48 bits of epoch milliseconds by the sender's clock, then 48 random
 * bits. They are made once, when the thing happens; the first half is the moment it happened.
 */
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const millis = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(WIRE_LIMITS.foregroundMs));

/** What every message carries, so that any of them may arrive first, late, twice, or alone. */
const about = {
  id,
  /** Absolute URL of the page: origin, path, and in engagement mode the campaign parameters. Never a fragment. */
  url: text(WIRE_LIMITS.urlChars),
  mode: v.picklist(['audience', 'engagement']),
  /** First-party visitor id, made like any id; absent with `data-storage="none"`. On a kiosk: the id of the visit. */
  visitor: v.optional(id),
  /** Group of the page as the site owner named it (`data-page-group`). */
  group: v.optional(text(WIRE_LIMITS.nameChars)),
};

const pageview = v.object({
  kind: v.literal('pageview'),
  ...about,
  /** `document.referrer` for a load, the previous page's URL for a route change; absent when there is none. */
  referrer: v.optional(text(WIRE_LIMITS.urlChars)),
  /** Cumulative active time so far (glossary: active time). Absent until the tag has measured any. */
  activeMs: v.optional(millis),
  /** Cumulative foreground time so far. Never below `activeMs`. */
  foregroundMs: v.optional(millis),
  /** Furthest scroll position so far, in percent of the document's height. */
  scroll: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  /** The page ran inside a frame of another page. */
  framed: v.optional(v.boolean()),
});

const props = v.pipe(
  v.record(
    text(WIRE_LIMITS.propKeyChars),
    v.union([text(WIRE_LIMITS.propValueChars), v.pipe(v.number(), v.finite()), v.boolean()]),
  ),
  v.check((p) => Object.keys(p).length <= WIRE_LIMITS.propKeys),
);

const event = v.object({
  kind: v.literal('event'),
  ...about,
  name: v.pipe(text(WIRE_LIMITS.nameChars), v.minLength(1)),
  props: v.optional(props),
});

const identify = v.object({
  kind: v.literal('identify'),
  ...about,
  /** The site's own opaque id of the person. Anything with an `@` is refused. */
  user: v.pipe(text(200), v.minLength(1)),
  signature: v.optional(text(200)),
  exp: v.optional(v.pipe(v.number(), v.integer())),
});

/** An e-mail link token that was in the fragment of the address. */
const link = v.object({ kind: v.literal('link'), ...about, token: text(200) });

const optIn = v.object({
  kind: v.literal('opt-in'),
  ...about,
  /** Either the address, or on a kiosk the address sealed with the site's public key (people/sealed-opt-in.ts). */
  email: v.optional(text(320)),
  sealed: v.optional(text(1_000)),
  /** The boxes as the person left them. A box that was shown ticked is refused. */
  boxes: v.record(text(40), v.boolean()),
  /** Boxes that stood ticked before the person did anything; must be empty or absent. */
  ticked: v.optional(v.array(text(40))),
  wording: text(80),
  language: v.optional(text(20)),
});

/** A kiosk visit: from the first touch after a reset to done, reset or idle. Cumulative like a pageview. */
const visit = v.object({
  kind: v.literal('visit'),
  ...about,
  touches: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  /** From the first to the last touch; the idle tail is not in it. */
  lengthMs: millis,
  end: v.optional(v.picklist(['done', 'reset', 'idle'])),
});

/** A kiosk screen shown with nobody touching it: reach, never a visit. */
const exposure = v.object({ kind: v.literal('exposure'), ...about, shownMs: v.optional(millis) });

/** One message: a state that may be sent again, never a delta. */
export const message = v.variant('kind', [pageview, event, identify, link, optIn, visit, exposure]);

/** The envelope of a request to `POST /c`; its messages are checked one by one, so that a bad one spoils no other. */
export const envelope = v.object({
  v: v.literal(WIRE_VERSION),
  /** Public site key. */
  site: text(40),
  /** The sender's wall clock at this transmission, in epoch ms. Stamped again at every retry. */
  sentAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
  /** Version of the tag, for the fleet page and for support. */
  tag: v.optional(text(20)),
  messages: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(WIRE_LIMITS.messages)),
  /** Made anew whenever a kiosk's page starts: two at once are two screens. */
  boot: v.optional(text(24)),
  /** How many kept messages the sender had to drop since the last answer, by kind. */
  lost: v.optional(v.record(text(20), v.pipe(v.number(), v.integer(), v.minValue(0)))),
});

/**
 * What a kiosk posts: the envelope as a string, signed with the device's key (ECDSA P-256, SHA-256) over
 * `device + '.' + sequence + '.' + body`. The signature covers body, device and sequence, not the clock.
 */
export const signedEnvelope = v.object({
  v: v.literal(WIRE_VERSION),
  device: text(40),
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  signature: text(120),
  body: v.string(),
});

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How a kiosk says that it is well, in place of an envelope and signed like one; every two minutes or so. No message, no person. */
export const health = v.object({
  v: v.literal(WIRE_VERSION),
  site: text(40),
  sentAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
  tag: v.optional(text(20)),
  boot: text(24),
  health: v.object({
    /** Messages that wait, opt-ins among them, and opt-ins that were refused and kept. */
    waiting: count,
    optIns: count,
    refused: count,
    /** Age of the oldest message that waits. */
    oldestMs: v.nullable(count),
    /** What the disk is worth: a marker survived a restart; it did not; nothing can be stored. */
    storage: v.picklist(['persistent', 'resets', 'none']),
    /** Errors of the kiosk's own script since the page started, as names; never a text of the page. */
    errors: v.pipe(v.array(text(60)), v.maxLength(5)),
    /** Nothing is counted there now. */
    test: v.optional(v.boolean()),
  }),
  /** Version of the settings the kiosk has; others are in the answer. */
  settings: v.optional(text(20)),
  /** Another public key (SubjectPublicKeyInfo, base64url) that takes the place of the one that signs this. */
  rotate: v.optional(text(400)),
});

/**
 * A kiosk's first request: the one-time code, or the provisioning secret of a kiosk whose storage is wiped, against the public
 * half of a key that never leaves the browser.
 */
export const enrolment = v.object({
  v: v.literal(WIRE_VERSION),
  site: text(40),
  enrol: v.optional(text(40)),
  provision: v.optional(text(80)),
  /** SubjectPublicKeyInfo, base64url. */
  publicKey: text(400),
});

/** Why a message or a request was not counted: a closed list, shown to the site owner as it stands. */
export const REFUSALS = [
  'malformed',
  'too_large',
  'too_many',
  'unknown_site',
  'wrong_host',
  'bot',
  'prefetch',
  'data_centre',
  'bad_message',
  'bad_url',
  'bad_time',
  'too_old',
  'excluded',
  'needs_engagement',
  'id_conflict',
  'address_as_id',
  'unknown_wording',
  'bad_address',
  'bad_seal',
  'box_ticked',
  'no_box',
  'needs_kiosk',
  'unknown_device',
  'bad_signature',
  'bad_code',
  'spam_referrer',
  'quota',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type Message = v.InferOutput<typeof message>;
export type PageviewMessage = v.InferOutput<typeof pageview>;
export type EventMessage = v.InferOutput<typeof event>;
export type OptInMessage = v.InferOutput<typeof optIn>;
export type VisitMessage = v.InferOutput<typeof visit>;
export type Envelope = Omit<v.InferOutput<typeof envelope>, 'messages'> & { messages: Message[] };
export type SignedEnvelope = v.InferOutput<typeof signedEnvelope>;
export type Enrolment = v.InferOutput<typeof enrolment>;
export type Health = v.InferOutput<typeof health>;

/**
 * The answer to `POST /c`, always with the header `x-comptoir`. 202: every message is stored durably or named in `rej` with its
 * index and reason; the sender forgets the whole batch. 4xx other than 429: the request was refused as `reason`; the sender
 * forgets it too (a kiosk keeps it on 401/403 and waits to be enrolled again). 429, 503 and any answer without the header: the
 * sender keeps everything and tries again.
 */
export type Answer = { ok: number; rej: [index: number, reason: Refusal][]; reason?: Refusal };
/** The answer to an enrolment: what the device is called, where it stands, and the public key that opt-ins are sealed with. */
export type EnrolmentAnswer = { device: string; kiosk: string; store: string; seal: string };

/** What the dashboard decides about a kiosk. Absent = what the page says itself. */
export type KioskSettings = {
  /** Seconds without a touch until the reset. */
  idle?: number | undefined;
  /** Language after a reset. */
  language?: string | undefined;
  /** Whether the opt-in is offered. */
  invitation?: boolean | undefined;
  /** Wordings of the opt-in, one for each language. */
  wordings?: string[] | undefined;
  /** The page's own texts by name and language: `{"title": {"fr": "…"}}`. */
  texts?: Record<string, Record<string, string>> | undefined;
  /** From Monday on: minutes of the day when the store opens and closes; null = closed. */
  hours?: ([number, number] | null)[] | undefined;
  zone?: string | undefined;
  /** Nothing is counted or stored. */
  test?: boolean | undefined;
  /** Where staff find help, and that address as a QR code: `1` for each dark module, line by line. */
  help?: { url: string; size: number; dark: string } | undefined;
  /** PBKDF2-SHA-256 of the staff PIN; salt and hash in base64url. */
  pin?: { salt: string; hash: string; iterations: number } | undefined;
};
/** The answer to a kiosk's health. `now` is the collector's clock, by which the kiosk corrects its own; `device` after a rotation. */
export type HealthAnswer = {
  ok: 0;
  rej: [];
  now: number;
  version: string;
  settings?: KioskSettings;
  seal: string;
  device?: string;
  /** Opt-ins of this kiosk that were stored today, by the day of its store. */
  today: number;
};
