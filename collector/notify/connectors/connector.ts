/** What every e-mail tool can be told: that a person agreed, no longer agrees, or is to be forgotten. */
import type { Attempt } from '../outlets/attempt.ts';

/** A person who agreed, as an e-mail tool is told of them; made only while it is being sent. */
export type Contact = {
  person: string;
  address: string;
  language: string;
  optIn: string;
  wording: string;
  wordingSha256: string;
  /** The boxes that were ticked, word for word. */
  wordingText: string;
  touchpoint: 'web' | 'kiosk';
  capturedAt: number;
  confirmedAt: number;
};
/** A person by the names we may still have: their address where it is not erased, and what the tool calls them. */
export type Known = { person: string; address: string | null; remote: string | null };
/** What came of it, and under which name the tool knows the person from now on; null when it knows them by ours. */
export type Told = Attempt & { remote?: string };

export type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<Attempt & { json: unknown }>;

export type Connector = {
  /** The origin of its API, or null for a key that cannot be one of its keys. */
  origin: (key: string) => string | null;
  headers: (key: string) => Record<string, string>;
  /** Whether `list` can be the name of one of its lists. */
  isList: (list: string) => boolean;
  /** Makes or changes the contact; safe to repeat. */
  subscribe: (call: Call, list: string, contact: Contact) => Promise<Told>;
  /** Ends mailing. A person the tool does not know is a success. */
  unsubscribe: (call: Call, list: string, known: Known) => Promise<Told>;
  /** Deletes for good. A person the tool does not know is a success. */
  forget: (call: Call, list: string, known: Known) => Promise<Told>;
  /** Reads the list: whether key and list are right, changing nothing. */
  check: (call: Call, list: string) => Promise<Attempt>;
};

/** Nothing had to be said. */
export const NOTHING_TO_SAY: Told = { outcome: 'delivered', status: null, durationMs: 0, answer: '', retryAfterMs: null };

/** Who is not known there need not be told to go. */
export const unlessUnknown = (told: Attempt): Told =>
  told.status === 404 ? { ...told, outcome: 'delivered', answer: '' } : told;
