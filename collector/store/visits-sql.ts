/** Facts to visits to cells, as SQL: the one derivation that closing windows and reports both use, so that they cannot disagree. */
import { FAR_MS } from './facts.ts';
import { bucketSql, spellBucketSql } from './times.ts';

const HOUR = 3_600_000;
/** A fact starts 30 min or more after the end of everything before it: a new visit (glossary: visit). */
export const VISIT_GAP_MS = 1_800_000;
/** Foreground time is at most 24 h a pageview, so nothing earlier than this can hold a visit open. */
export const LOOKBACK_MS = 24 * HOUR + VISIT_GAP_MS;
/** What a visit does later than 24 h after it began is counted by its own time, but no longer in per-visit ratios. */
export const VISIT_REACH_MS = 24 * HOUR;

/** Additive columns of a rollup, in their order. */
export const ADDITIVE = [
  'pageviews',
  'timed',
  'active_ms',
  'scrolled',
  'scroll',
  'visits',
  'visit_pageviews',
  'visit_active_ms',
  'engaged_visits',
  'known_visits',
  'opt_in_visits',
  'opt_ins',
  'opt_ins_confirmed',
  'events',
  'exposures',
] as const;
export type Additive = (typeof ADDITIVE)[number];
/** Everything a rollup says of its value: the sums, and the histogram of the active times behind `timed` (times.ts). */
export const ROLLED_UP = [...ADDITIVE, 'times'] as const;

/** Dimensions of a rollup. The number is what is stored: append only. */
export const ROLLUP_DIMENSIONS = {
  total: 0,
  page: 1,
  entry_page: 2,
  exit_page: 3,
  origin: 4,
  place: 5,
  technology: 6,
  touchpoint: 7,
  event: 8,
  known: 9,
} as const;
export type RollupDimension = keyof typeof ROLLUP_DIMENSIONS;
/** Rollups that sites have from `lists_from` on (docs/decisions/028). */
export const LISTS = ['event', 'known'] as const satisfies readonly RollupDimension[];

/** Value of the touchpoint dimension: 0 is the web, else store and kiosk in one number. */
export const packTouchpoint = (store: number, kiosk: number) => store * 1_048_576 + kiosk;
export const unpackTouchpoint = (value: number) => ({ store: Math.floor(value / 1_048_576), kiosk: value % 1_048_576 });
/** Value of the event dimension for what visits without events do. */
export const NO_EVENT = 0;
/** Value of the origin dimension for kiosk visits: nobody is referred to a kiosk. */
export const KIOSK_ORIGIN = -1;
/** Value of the technology dimension. */
export const unpackTechnology = (value: number) => ({
  device: Math.floor(value / 16_777_216) % 256,
  browser: Math.floor(value / 65_536) % 256,
  os: Math.floor(value / 1_024) % 64,
  language: value % 1_024,
});

const common = (what: number, t: string) =>
  `${t}.born, ${t}.rand, ${t}.at, ${t}.visitor, ${t}.kind, ${t}.store, ${t}.kiosk, ${t}.mode, ${t}.page, ${what} AS what`;

/** FROM and WHERE for rows `t` of a fact table with `lo <= at < hi` that are near their id's time: by the clustered key. */
export const nearFacts = (
  table: string,
  lo: string,
  hi: string,
  bornLo = `${lo} - ${FAR_MS}`,
  bornHi = `${hi} + ${FAR_MS}`,
): string =>
  `FROM ${table} t WHERE t.site = ?1 AND t.born >= ${bornLo} AND t.born < ${bornHi} AND t.at >= ${lo} AND t.at < ${hi} AND abs(t.at - t.born) <= ${FAR_MS}`;
/** The same for the others: by the partial index. */
export const farFacts = (table: string, lo: string, hi: string): string =>
  `FROM ${table} t INDEXED BY ${table}_far WHERE t.site = ?1 AND t.at >= ${lo} AND t.at < ${hi} AND abs(t.at - t.born) > ${FAR_MS}`;
/** Rows of a fact table with `lo <= at < hi`. */
export const factsBetween = (table: string, select: string, lo: string, hi: string): string =>
  `SELECT ${select} ${nearFacts(table, lo, hi)} UNION ALL SELECT ${select} ${farFacts(table, lo, hi)}`;

const NOTHING =
  '0 AS origin, 0 AS place, 0 AS technology, NULL AS active_ms, NULL AS scroll, 0 AS confirmed, NULL AS bucket, 0 AS name';

/**
 * Common table expressions down to `r`: one row per fact of site `?1` with `lo <= at < hi`, with its visit's number, beginning and
 * attributes. A visit takes its origin, place and technology from its first pageview.
 */
export const visitRows = (lo: string, hi: string): string => `
  pv AS (${factsBetween(
    'pageviews',
    `${common(1, 't')}, t.at + coalesce(t.foreground_ms, 0) AS ends, t.origin, t.place,
       ((t.device * 256 + t.browser) * 64 + t.os) * 1024 + t.language AS technology, t.active_ms, t.scroll, 0 AS confirmed,
       CASE WHEN t.active_ms IS NOT NULL THEN ${bucketSql('t.active_ms')} END AS bucket, 0 AS name`,
    lo,
    hi,
  )}),
  ev AS (${factsBetween('events', `${common(2, 't')}, t.at AS ends, ${NOTHING.replace('0 AS name', 't.name AS name')}`, lo, hi)}),
  oi AS (${factsBetween('opt_ins', `${common(3, 't')}, t.at AS ends, ${NOTHING.replace('0 AS confirmed', 't.confirmed_at IS NOT NULL AS confirmed')}`, lo, hi)}),
  na AS (${factsBetween('identifications', `${common(4, 't')}, t.at AS ends, ${NOTHING}`, lo, hi)}),
  kv AS (${factsBetween('kiosk_visits', `${common(5, 't')}, t.at + t.length_ms AS ends, ${NOTHING}`, lo, hi)}),
  f AS (SELECT * FROM pv UNION ALL SELECT * FROM ev UNION ALL SELECT * FROM oi UNION ALL SELECT * FROM na UNION ALL SELECT * FROM kv),
  s AS (SELECT *, max(ends) OVER (PARTITION BY visitor ORDER BY at, born, rand ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS open_until FROM f),
  n AS (SELECT *, sum(open_until IS NULL OR (kind <> 2 AND at - open_until >= ${VISIT_GAP_MS})) OVER (PARTITION BY visitor ORDER BY at, born, rand) AS visit FROM s),
  r AS MATERIALIZED (SELECT *, min(at) OVER (PARTITION BY visitor, visit) AS began,
      first_value(origin) OVER entry AS v_origin, first_value(place) OVER entry AS v_place, first_value(technology) OVER entry AS v_technology,
      first_value(page) OVER entry AS v_entry, first_value(page) OVER leave AS v_exit
    FROM n WINDOW entry AS (PARTITION BY visitor, visit ORDER BY what <> 1, at, born, rand), leave AS (PARTITION BY visitor, visit ORDER BY what <> 1, at DESC, born DESC, rand DESC))`;
/** The same around `[?2, ?3)`: all that visits of this time depend on. */
export const VISIT_ROWS = visitRows(`(?2 - ${LOOKBACK_MS})`, `(?3 + ${VISIT_REACH_MS})`);

/**
 * True when an act that names the visitor happened up to the instant, and has not ended by then. The index is
 * named because the planner, which has no statistics here, would read every act of the site instead.
 */
export const knownAt = (visitor: string, instant: string, inclusive: boolean) => {
  const until = inclusive ? '<=' : '<';
  const open = (t: string) =>
    `${t}.site = ?1 AND ${t}.visitor = ${visitor} AND ${t}.at ${until} ${instant} AND (${t}.ended_at IS NULL OR ${t}.ended_at >= ${instant})`;
  return `(EXISTS (SELECT 1 FROM identifications i INDEXED BY identifications_visitor WHERE ${open('i')}) OR EXISTS (SELECT 1 FROM opt_ins o INDEXED BY opt_ins_visitor WHERE o.confirmed_at IS NOT NULL AND ${open('o')}))`;
};

/** Values that a visit has as a whole; `known` comes with the visit only. */
const VALUE: Record<Exclude<RollupDimension, 'page' | 'event' | 'known'>, string> = {
  total: '0',
  entry_page: 'v_entry',
  exit_page: 'v_exit',
  origin: `CASE WHEN kind = 2 THEN ${KIOSK_ORIGIN} ELSE v_origin END`,
  place: 'v_place',
  technology: 'v_technology',
  touchpoint: 'store * 1048576 + kiosk',
};

/** The rows of a bucket are one by now, and `timed` says how many times they were. */
const TIMES = `coalesce(group_concat(CASE WHEN bucket IS NOT NULL THEN ${spellBucketSql('bucket', 'timed')} END, '' ORDER BY bucket), '')`;

const zeros = (from: number, to: number) =>
  ADDITIVE.slice(from, to)
    .map(() => '0')
    .join(', ');

/** Dimensions of which one value stands for a visit and all that it does. */
const isOfVisit = (d: RollupDimension): d is keyof typeof VALUE => d in VALUE;

/**
 * One row per bucket, dimension and value with the additive metrics and the active times. Parameters: `?1` site, `?2` and `?3` the whole range, `?4` JSON
 * of its buckets `[[start, end], …]`, which must not overlap.
 *
 * Facts count by their own time; visits, and what they did, by the time they began. In the page dimension a visit counts once
 * on each of its pages. In the event dimension an event counts under its name, and all else that a visit does, and the visit itself,
 * once under each name of its events.
 */
export function cellsSql(dimensions: readonly RollupDimension[]): string {
  const whole = dimensions.filter(isOfVisit);
  const ids = whole.map((d) => `(${ROLLUP_DIMENSIONS[d]})`);
  const value = `CASE d.column1 ${whole.map((d) => `WHEN ${ROLLUP_DIMENSIONS[d]} THEN ${VALUE[d]}`).join(' ')} END`;
  const sums = `sum(r.what = 1), sum(r.what = 1 AND r.active_ms IS NOT NULL), sum(coalesce(r.active_ms, 0)),
     sum(r.what = 1 AND r.scroll IS NOT NULL), sum(coalesce(r.scroll, 0)), ${zeros(5, 11)},
     sum(r.what = 3), sum(r.confirmed), sum(r.what = 2), 0`;
  const visitSums = (v: string) =>
    `NULL, ${zeros(0, 5)}, sum(1), sum(${v}.pageviews), sum(${v}.active_ms), sum(${v}.engaged), sum(${v}.known), sum(${v}.opted_in), ${zeros(11, 15)}`;
  const inBucket = 'r JOIN b ON r.at >= b.start AND r.at < b.ends_at';
  const begun = (v: string) => `${v} JOIN b ON ${v}.began >= b.start AND ${v}.began < b.ends_at`;
  const named = (dimension: RollupDimension) => `b.start AS start, ${ROLLUP_DIMENSIONS[dimension]} AS dimension`;
  const parts: string[] = [];
  if (ids.length > 0)
    parts.push(
      `SELECT b.start AS start, d.column1 AS dimension, ${value} AS value, r.bucket AS bucket, ${sums}
         FROM ${inBucket} CROSS JOIN (VALUES ${ids.join(', ')}) d GROUP BY 1, 2, 3, 4`,
      `SELECT b.start, d.column1, ${value}, ${visitSums('v')} FROM ${begun('v')} CROSS JOIN (VALUES ${ids.join(', ')}) d GROUP BY 1, 2, 3`,
    );
  const shown = [
    dimensions.includes('total') ? `SELECT start, 0 AS dimension, 0 AS value, n FROM x` : '',
    dimensions.includes('touchpoint') ? `SELECT start, 7 AS dimension, value, n FROM x` : '',
  ].filter(Boolean);
  if (shown.length > 0)
    parts.push(
      `SELECT start, dimension, value, NULL, ${zeros(0, 14)}, sum(n) FROM (${shown.join(' UNION ALL ')}) GROUP BY 1, 2, 3`,
    );
  if (dimensions.includes('page'))
    parts.push(
      `SELECT ${named('page')}, r.page AS value, r.bucket AS bucket, ${sums} FROM ${inBucket} WHERE r.what <> 5 GROUP BY 1, 2, 3, 4`,
      `SELECT ${named('page')}, page, ${visitSums('vp')} FROM ${begun('vp')} GROUP BY 1, 2, 3`,
    );
  if (dimensions.includes('event'))
    parts.push(
      `SELECT ${named('event')}, CASE WHEN r.what = 2 THEN r.name ELSE coalesce(vn.name, ${NO_EVENT}) END AS value, r.bucket AS bucket, ${sums}
         FROM ${inBucket} LEFT JOIN vn ON r.what <> 2 AND vn.visitor = r.visitor AND vn.visit = r.visit GROUP BY 1, 2, 3, 4`,
      `SELECT ${named('event')}, coalesce(vn.name, ${NO_EVENT}), ${visitSums('v')}
         FROM ${begun('v')} LEFT JOIN vn ON vn.visitor = v.visitor AND vn.visit = v.visit GROUP BY 1, 2, 3`,
    );
  if (dimensions.includes('known'))
    parts.push(
      `SELECT ${named('known')}, v.known AS value, r.bucket AS bucket, ${sums} FROM ${inBucket} JOIN v ON v.visitor = r.visitor AND v.visit = r.visit GROUP BY 1, 2, 3, 4`,
      `SELECT ${named('known')}, v.known, ${visitSums('v')} FROM ${begun('v')} GROUP BY 1, 2, 3`,
    );
  // D1 takes at most five terms in a compound SELECT; of these pairs there are five at most.
  const pairs = parts.flatMap((_, i) => (i % 2 ? [] : [`SELECT * FROM (${parts.slice(i, i + 2).join(' UNION ALL ')})`]));
  // `v` has the visits that began before the range and go on in it, too: what they do there is of known visits or not.
  return `WITH b AS (SELECT value->>0 AS start, value->>1 AS ends_at FROM json_each(?4)), ${VISIT_ROWS},
    vr AS (SELECT *, at < began + ${VISIT_REACH_MS} AS near FROM r WHERE began < ?3),
    v0 AS (SELECT visitor, visit, began, max(CASE WHEN near THEN at END) AS last_at, max(kind) AS kind, max(store) AS store, max(kiosk) AS kiosk, max(v_origin) AS v_origin,
        max(v_place) AS v_place, max(v_technology) AS v_technology, max(v_entry) AS v_entry, max(v_exit) AS v_exit, sum(near AND what = 1) AS pageviews,
        sum(CASE WHEN near THEN coalesce(active_ms, 0) ELSE 0 END) AS active_ms, max(near AND what = 3) AS opted_in,
        sum(CASE WHEN near THEN coalesce(active_ms, 0) ELSE 0 END) >= 10000 OR sum(near AND what = 1) >= 2 OR max(near AND what IN (2, 3)) AS engaged
      FROM vr GROUP BY visitor, visit HAVING max(at) >= ?2),
    v AS MATERIALIZED (SELECT *, ${knownAt('v0.visitor', 'v0.last_at', true)} AS known FROM v0),
    vp AS (SELECT p.visitor, p.visit, p.page, v.began, v.known, v.engaged, p.pageviews, p.active_ms, p.opted_in FROM
        (SELECT visitor, visit, page, sum(what = 1) AS pageviews, sum(coalesce(active_ms, 0)) AS active_ms, max(what = 3) AS opted_in FROM vr WHERE near AND began >= ?2 AND what <> 5 GROUP BY 1, 2, 3) p
        JOIN v ON v.visitor = p.visitor AND v.visit = p.visit),
    vn AS MATERIALIZED (SELECT DISTINCT visitor, visit, name FROM r WHERE what = 2 AND at < began + ${VISIT_REACH_MS}),
    e AS (${factsBetween('exposures', 't.at, t.store, t.kiosk', '?2', '?3')}),
    x AS (SELECT b.start AS start, e.store * 1048576 + e.kiosk AS value, count(*) AS n FROM e JOIN b ON e.at >= b.start AND e.at < b.ends_at GROUP BY 1, 2),
    c (start, dimension, value, bucket, ${ADDITIVE.join(', ')}) AS (${pairs.join(' UNION ALL ')})
    SELECT start, dimension, value, ${ADDITIVE.map((m) => `sum(${m}) AS ${m}`).join(', ')}, ${TIMES} AS times FROM c GROUP BY 1, 2, 3`;
}
