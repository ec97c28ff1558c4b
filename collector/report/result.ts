/** What reports answer: plain data, as `POST /api/v1/query` sends it and the dashboard shows it. */
import type { Why } from './why.ts';

export type Row = {
  /** Values of the asked dimensions, as shown to people; times as ISO dates or instants with offset. */
  dimensions: string[];
  /** One value per asked metric; null is "not measured". */
  metrics: (number | null)[];
  /** The same metrics of the comparison period, with the relative change where both are measured. */
  comparison?: { metrics: (number | null)[]; change: (number | null)[]; suppressed?: string[] };
  /** Names of metrics that are null because they tell of too few persons, or would tell it of another row. */
  suppressed?: string[];
  /** Some of it was measured by another tool. */
  imported?: true;
  /** 95 % intervals by metric name, where a metric is a proportion. */
  intervals?: Record<string, [low: number, high: number]>;
};
export type Meta = {
  /** Share of the traffic on which a metric was measured, by metric name. */
  coverage: Record<string, number>;
  /** Why a metric is null in some row or in the total, by metric name. */
  not_measured: Record<string, Why>;
  /** The same for the comparison. */
  not_compared?: Record<string, Why>;
  /** Asked metrics whose rows do not add up to the total: ratios, means, distinct visitors, visits by page. */
  not_additive?: string[];
  source: 'rollup' | 'raw';
  rows_read: number;
  /** Some closed window in the range waits to be recomputed. */
  updating: boolean;
  /** First and last site-local day, both included. */
  from: string;
  to: string;
  /** The comparison period, when there is one. */
  compared_from?: string;
  compared_to?: string;
  /** Rows there are before `limit` and `offset`. */
  total_rows: number;
  /** Figures about persons are hidden in cells with fewer than `under`, and in the next smallest: in how many rows, and in the total. */
  suppressed?: { under: number; metrics: string[]; rows: number; total: boolean };
  /** Days whose figures another tool measured: the first and the last, and the asked metrics that they are in. */
  imported?: { from: string; to: string; days: number; tools: string[]; metrics: string[] };
  /** The same for the comparison. */
  compared_imported?: Meta['imported'];
};
/** What a part of the overview says about its columns. */
export type About = Pick<Meta, 'coverage' | 'not_measured'>;

/** `totals` is the same question without its dimensions, not the sum of the rows. */
export type QueryResult = { results: Row[]; totals: Row; meta: Meta };

/** Everything the overview page shows, read in one pass. */
export type Overview = {
  /** Headline metrics over the range, in the order of `OVERVIEW_METRICS`. */
  headline: Row;
  /** One row per bucket of the chart: pageviews, visits, visitors, opt_ins. The last may be incomplete. */
  series: { bucket: 'hour' | 'day' | 'week' | 'month'; metrics: string[]; rows: Row[]; incompleteFrom: string | null };
  /** Web first, then each store: visits, visitors, pages_per_visit, visit_time, known_ratio, opt_ins, opt_in_rate (with interval), exposures. */
  touchpoints: { metrics: string[]; rows: Row[]; about?: About };
  /** Top pages: pageviews, visits, time_on_page, scroll_depth, opt_ins. */
  pages: { metrics: string[]; rows: Row[]; total: number; about?: About };
  /** Top sources: visits, pages_per_visit, engagement_rate, opt_in_rate. dimensions: [source, channel]. */
  sources: { metrics: string[]; rows: Row[]; total: number; about?: About };
  /** Submitted and confirmed opt-ins by wording and state, from PEOPLE; no addresses. */
  optIns: {
    submitted: number;
    confirmed: number;
    latest: { at: number; path: string; touchpoint: 'web' | 'kiosk'; store: string | null; state: string }[];
  };
  meta: Meta;
};
