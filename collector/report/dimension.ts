/** What a dimension is: one file each in dimensions/, with its words, where it lies in the rollups, and how its values are named. */
import type { RollupDimension } from '../store/visits-sql.ts';
import type { TailFact, TailVisit } from './derive-visits.ts';
import type { Needs, Words } from './metric.ts';
import type { BucketSize } from './period.ts';

/** Names of values that are no text of their own; the dashboard translates them. */
export const DIRECT = '(direct)';
export const KIOSK = '(kiosk)';
export const NONE = '(none)';
export const NOT_MEASURED = '(not measured)';
export const YES = 'yes';
export const NO = 'no';

/** An event that an act is seen with: itself, or one of its visit. */
export type SeenEvent = { name: number; props: string | null };
/** An act as dimensions see it: in its visit, with an event, done by somebody known or recurring. */
export type Seen = {
  fact: TailFact;
  visit: TailVisit;
  event: SeenEvent | null;
  known: boolean;
  /** Null for ids that cannot recur. */
  recurring: boolean | null;
};

/**
 * What has the value: time; the act itself (its page); its visit, by the first pageview; an event of its visit; or whether the visit,
 * and for counts of visitors the visitor, is known or recurring.
 */
export type Scope = 'time' | 'act' | 'visit' | 'event' | 'person';
export type Dictionary = { table: 'pages' | 'origins' | 'places' | 'names'; column: string };

export type Dimension = {
  name: string;
  label: Words;
  /** What its values are, as a marketer reads it. */
  definition: Words;
  scope: Scope;
  /** Where it lies in the rollups; null when only facts have it. */
  rollup: RollupDimension | null;
  /** Cuts time instead of values. */
  bucket?: BucketSize;
  /** Text of a value: a column of a dictionary, */
  dictionary?: Dictionary;
  /** or part of the number itself, */
  unpack?: (value: number) => string;
  /** or worked out from an act. */
  of?: (seen: Seen) => string;
  /** The property of events it stands for. */
  prop?: string;
  /** What must be read besides the facts of the period. */
  needs?: Needs;
  /** Rollups count distinct visitors by it; elsewhere facts do. */
  countsVisitors: boolean;
  /** Nothing measures it yet: every figure by it is null. */
  unmeasured?: true;
};

type Named = Pick<Dimension, 'name' | 'label' | 'definition'>;

/** A column of the pages' dictionary. */
export const pageDimension = (
  about: Named,
  rollup: 'page' | 'entry_page' | 'exit_page',
  column: 'path' | 'host' | 'page_group',
): Dimension => ({
  ...about,
  scope: rollup === 'page' ? 'act' : 'visit',
  rollup,
  dictionary: { table: 'pages', column },
  countsVisitors: false,
});

/** A column of the dictionary of origins, of the same name. */
export const originDimension = (about: Named): Dimension => ({
  ...about,
  scope: 'visit',
  rollup: 'origin',
  dictionary: { table: 'origins', column: about.name },
  countsVisitors: false,
});

/** A column of the dictionary of places, of the same name. */
export const placeDimension = (about: Named): Dimension => ({
  ...about,
  scope: 'visit',
  rollup: 'place',
  dictionary: { table: 'places', column: about.name },
  countsVisitors: false,
});

/** A part of the packed number of device, browser, system and language. */
export const technologyDimension = (about: Named, unpack: (value: number) => string): Dimension => ({
  ...about,
  scope: 'visit',
  rollup: 'technology',
  unpack,
  countsVisitors: false,
});

/** Where it happened. */
export const placeOfContact = (about: Named): Dimension => ({
  ...about,
  scope: 'visit',
  rollup: 'touchpoint',
  countsVisitors: true,
});

/** Pieces of time in the site's zone. */
export const timeDimension = (about: Named, bucket: BucketSize): Dimension => ({
  ...about,
  scope: 'time',
  rollup: 'total',
  bucket,
  countsVisitors: bucket !== 'hour',
});
