/** Facts as typed rows, and the columns in which they lie. */

/** What every fact says: which one, when, by whom, where. Times in epoch ms; texts as dictionary hashes. */
export type FactKey = { site: number; born: number; rand: number; at: number };
export type FactAbout = FactKey & {
  visitor: number;
  /** Kind of visitor id: 0 persistent web id, 1 web id of one day, 2 kiosk visit. */
  kind: 0 | 1 | 2;
  store: number;
  kiosk: number;
  /** 0 audience, 1 engagement. */
  mode: 0 | 1;
  page: number;
  /** 1 clock known wrong, 2 framed. */
  flags: number;
};
export type PageviewFact = FactAbout & {
  origin: number;
  place: number;
  device: number;
  browser: number;
  os: number;
  language: number;
  active_ms: number | null;
  foreground_ms: number | null;
  scroll: number | null;
};
export type EventFact = FactAbout & { name: number; props: string | null };
export type OptInFact = FactAbout & { confirmed_at: number | null; ended_at: number | null };
export type IdentificationFact = FactAbout & { act: 1 | 2; ended_at: number | null };
export type KioskVisitFact = FactAbout & { touches: number; length_ms: number; ended: 0 | 1 | 2 | 3 };
export type ExposureFact = FactKey & { store: number; kiosk: number; page: number; flags: number; shown_ms: number | null };

export type PageEntry = { site: number; hash: number; host: string; path: string; page_group: string | null };
export type OriginEntry = {
  site: number;
  hash: number;
  referrer: string | null;
  source: string;
  channel: string;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_content: string | null;
  utm_term: string | null;
};
export type PlaceEntry = { site: number; hash: number; country: string | null; region: string | null; city: string | null };
export type NameEntry = { site: number; hash: number; name: string };

/** A batch of facts with the dictionary entries they need: what `commit` takes and what travels in the queue. No address, no IP, no user agent. */
export type Facts = {
  pageviews: PageviewFact[];
  events: EventFact[];
  opt_ins: OptInFact[];
  identifications: IdentificationFact[];
  kiosk_visits: KioskVisitFact[];
  exposures: ExposureFact[];
  pages: PageEntry[];
  origins: OriginEntry[];
  places: PlaceEntry[];
  names: NameEntry[];
};

export const FACT_TABLES = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits', 'exposures'] as const;
export const DICTIONARIES = ['pages', 'origins', 'places', 'names'] as const;
export type FactTable = (typeof FACT_TABLES)[number];
export type Dictionary = (typeof DICTIONARIES)[number];

const KEY = ['site', 'born', 'rand', 'at'] as const;
const ABOUT = [...KEY, 'visitor', 'kind', 'store', 'kiosk', 'mode', 'page', 'flags'] as const;

/** Columns in the order in which they travel as JSON arrays, and the ones that only ever grow. */
export const FACT_COLUMNS: Record<FactTable, { columns: readonly string[]; cumulative: readonly string[] }> = {
  pageviews: {
    columns: [...ABOUT, 'origin', 'place', 'device', 'browser', 'os', 'language', 'active_ms', 'foreground_ms', 'scroll'],
    cumulative: ['active_ms', 'foreground_ms', 'scroll'],
  },
  events: { columns: [...ABOUT, 'name', 'props'], cumulative: [] },
  opt_ins: { columns: [...ABOUT, 'confirmed_at', 'ended_at'], cumulative: ['confirmed_at', 'ended_at'] },
  identifications: { columns: [...ABOUT, 'act', 'ended_at'], cumulative: ['ended_at'] },
  kiosk_visits: { columns: [...ABOUT, 'touches', 'length_ms', 'ended'], cumulative: ['touches', 'length_ms', 'ended'] },
  exposures: { columns: [...KEY, 'store', 'kiosk', 'page', 'flags', 'shown_ms'], cumulative: ['shown_ms'] },
};
export const DICTIONARY_COLUMNS: Record<Dictionary, readonly string[]> = {
  pages: ['site', 'hash', 'host', 'path', 'page_group'],
  origins: [
    'site',
    'hash',
    'referrer',
    'source',
    'channel',
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'utm_content',
    'utm_term',
  ],
  places: ['site', 'hash', 'country', 'region', 'city'],
  names: ['site', 'hash', 'name'],
};

export function noFacts(): Facts {
  return {
    pageviews: [],
    events: [],
    opt_ins: [],
    identifications: [],
    kiosk_visits: [],
    exposures: [],
    pages: [],
    origins: [],
    places: [],
    names: [],
  };
}

/** Facts whose corrected time is further than this from their id's time are found by a partial index, all others by the key. */
export const FAR_MS = 900_000;
