/** What a metric is: one file each in metrics/, with its words, unit, formula and reading. */
import type { Additive } from '../store/visits-sql.ts';
import type { WhyCode } from './why.ts';
import type { Language, Words } from './words.ts';

export type { Language, Words };
/** Additive figures, and the active times behind `timed` as a histogram (store/times.ts): its texts add up by being joined. */
export type Sums = Record<Additive, number> & { times: string };
/** Exact counts of visitors of a range; null where visitors were not asked for or cannot be counted. */
export type VisitorCounts = {
  visitors: number;
  known: number;
  recurring: number;
  /** Visitors with a persistent web id: only they can recur. */
  persistent: number;
  /** Visitors in engagement mode: only they can be known by identify or a link. */
  engagement: number;
};
/** The 28 days that end with a period: its persistent visitors, and the sum of those of each day. */
export type StickyDays = { visitors: number; daily: number };
/**
 * Sums of imported days. `metrics` are those they may be added to; visitors only where they are of one day. `alone`: nothing of
 * these figures was measured here.
 */
export type Imported = {
  pageviews: number;
  visits: number;
  events: number;
  visitors: number | null;
  metrics: ReadonlySet<string>;
  alone: boolean;
};
/**
 * What kiosks say of their visits; lengths from the first touch to the last, as a histogram (store/times.ts). `usedMs` of `openMs` is
 * what the screens of stores with opening hours were in use while these were open.
 */
export type KioskFigures = {
  visits: number;
  meaningful: number;
  lengths: string;
  usedMs: number;
  openMs: number;
  screens: number;
  /** Screens whose store has opening hours. */
  withHours: number;
};
export type Figures = {
  sums: Sums;
  visitors: VisitorCounts | null;
  days?: StickyDays | null;
  /** Left out where no kiosk was in service. */
  kiosks?: KioskFigures;
  /** What another tool measured, on days when nothing was measured here. */
  imported?: Imported;
  /** What is not measured here, and why; `all` is everything. */
  lacks?: Partial<Record<Counts | Needs | 'all', WhyCode>>;
};
export type Unit = 'count' | 'ratio' | 'seconds' | 'decimal' | 'percent';

/**
 * Acts (pageviews, opt-ins) and exposures count by their own time; visits, with what they did, by when they began; visitors are those
 * with an act in the period, each once. Events are acts that have a name of their own; days are the 28 that end with the period;
 * kiosk visits are what kiosks themselves say of visits.
 */
export type Counts = 'acts' | 'events' | 'visits' | 'visitors' | 'days' | 'exposures' | 'kiosk_visits';

/** The acts that name visitors, or the first active days of visitors, whenever they were; or how active times are distributed. */
export type Needs = 'acts' | 'first_days' | 'times';

export type Metric = {
  name: string;
  /** Moves when the same facts would give another value: figures of two versions are not compared. */
  version: number;
  unit: Unit;
  label: Words;
  /** One or two plain sentences, as a marketer reads them. */
  definition: Words;
  formula: Words;
  /** What it is made of: this decides its window, where it can be measured, and over what its parts add up (additive.ts). */
  counts: Counts;
  /** What must be read besides the sums, or the facts, of the period. */
  needs?: Needs;
  /** Whether it is a sum at all: ratios, means and distinct visitors are not. */
  additive: boolean;
  /** Which way is good, for colours; `none` where more is neither. */
  better: 'up' | 'down' | 'none';
  /** Null means not measured: an empty denominator, or data that cannot support it. */
  value: (f: Figures) => number | null;
  /** Share of the traffic on which it was measured, 0 to 1. */
  coverage?: (f: Figures) => number | null;
  /** Why `value` is null, where it is not for want of something to divide by. */
  whyNull?: (f: Figures) => WhyCode;
  /**
   * Of figures that tell of persons, not of traffic: how many acts or visitors with a person behind them it counts, and how many they
   * can be at most by what else may be told. Narrowed down twice, it hides where these are few (small-cells.ts).
   */
  persons?: { count: (f: Figures) => number | null; most: (f: Figures) => number };
  /** 95 % interval where the value is a proportion. */
  interval?: (f: Figures) => [low: number, high: number] | null;
};

/** a ÷ b, or null where there is nothing to divide by. */
export const divide = (a: number, b: number): number | null => (b > 0 ? a / b : null);

/** Wilson 95 % interval of k successes in n (Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953). */
export function wilson(k: number, n: number): [low: number, high: number] | null {
  if (n <= 0) return null;
  const z = 1.959963984540054;
  const p = k / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
