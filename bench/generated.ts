/**
 * The tables that ten million pageviews a month leave behind, written directly: eight weeks of closed days, today's pieces, and the facts
 * of the open hour. CI reads these; `npm run bench -- --full --part reports` makes the traffic itself, and must read about as much.
 */
import { dayOf, startOfDay } from '../collector/store/calendar.ts';
import { hashText } from '../collector/store/hash.ts';
import { spellBucket } from '../collector/store/times.ts';
import { ADDITIVE, packTouchpoint, ROLLUP_DIMENSIONS, type RollupDimension } from '../collector/store/visits-sql.ts';
import { dictionaries } from './brand.ts';
import { FIRST_CHANCE_VISITOR, factsAtOnce, KIOSKS, STORES } from './facts-at-once.ts';
import { makeBrand } from './growth.ts';
import { NOW, site } from './month.ts';

const HOUR = 3_600_000;
const PER_DAY = 345_000;
const WEEKS = 8;
const today = dayOf(site.zone, NOW);
const midnight = startOfDay(site.zone, today);
const firstDay = today - 7 * WEEKS;
/** The last round closed what is half an hour old. */
const closed = NOW - (NOW % HOUR) - HOUR;

const { pages, origins, places } = dictionaries(site.id);
const hashes = (entries: readonly { hash: number }[]) => entries.map(({ hash }) => hash);
const technologies = Array.from(
  { length: 16 },
  (_, i) => (1 + (i % 2)) * 16_777_216 + (1 + (i % 4)) * 65_536 + (1 + (i >> 2)) * 1_024 + 148,
);
/** Named acts of a shop. */
const EVENT_NAMES = Array.from({ length: 12 }, (_, i) => hashText('event', i));
const kiosks = Array.from({ length: KIOSKS }, (_, i) => packTouchpoint(1 + ((1 + i) % STORES), 1 + i));
const VALUES: Record<RollupDimension, number[]> = {
  total: [0],
  page: hashes(pages),
  entry_page: hashes(pages),
  exit_page: hashes(pages),
  origin: [0, ...hashes(origins)],
  place: hashes(places),
  technology: technologies,
  touchpoint: [0, ...kiosks],
  event: [0, ...EVENT_NAMES],
  known: [0, 1],
};
/** Active times of 2 s to 60 s lie in some 160 buckets. */
const times = Array.from({ length: 160 }, (_, i) => spellBucket(190 + i, 1 + (i % 90))).join('');
/** The first value has the most, the hundredth a hundredth of it: as pages and sources do. */
const of = (share: number) => `cast(${share} * w.value->>1 / ((1 + v.key) * d.whole) AS INTEGER) + 1`;
/** As shares of the pageviews, in the order of ADDITIVE. */
const SUMS = [1, 0.97, 30_000, 0.9, 45, 0.41, 1, 30_000, 0.3, 0.02, 0.002, 0.002, 0.001, 0.03, 0].map(of).join(', ');

/** Rows of windows `[start, pageviews]` of one grain. */
function rollups(events: D1Database, dimension: RollupDimension, grain: 0 | 1, windows: [number, number][]): D1PreparedStatement {
  return events
    .prepare(
      `INSERT INTO rollups (site, dimension, grain, start, value, ${ADDITIVE.join(', ')}, times)
       SELECT ${site.id}, ${ROLLUP_DIMENSIONS[dimension]}, ${grain}, w.value->>0, v.value, ${SUMS}, ?3
       FROM json_each(?1) w CROSS JOIN json_each(?2) v CROSS JOIN (SELECT sum(1.0 / (1 + key)) AS whole FROM json_each(?2)) d`,
    )
    .bind(JSON.stringify(windows), JSON.stringify(VALUES[dimension]), times);
}

/** Visitor-days told by their gaps: of each day its totals, and who comes again or came before after each number of days. */
const CELLS = `INSERT INTO visitor_cells (site, day, forward, gap, kind, kiosk, store, known, engagement, predecessor, n)
  WITH RECURSIVE d (day) AS (SELECT ${firstDay} UNION ALL SELECT day + 1 FROM d WHERE day + 1 < ${today}),
    g (gap) AS (SELECT 1 UNION ALL SELECT gap + 1 FROM g WHERE gap < ${7 * WEEKS}),
    k (known, engagement, predecessor, share) AS (VALUES (0,0,0,40000), (0,0,1,12000), (0,1,0,30000), (0,1,1,9000), (1,1,0,900), (1,1,1,1500))
  SELECT ${site.id}, day, 1, -1, 0, 0, 0, known, engagement, predecessor, share FROM d, k
  UNION ALL SELECT ${site.id}, day, 1, -1, 2, value, 1 + value % ${STORES}, 0, 0, 0, 700 FROM d, json_each(?1)
  UNION ALL SELECT ${site.id}, day, 1, gap, 0, 0, 0, known, engagement, predecessor, share / 200 FROM d, g, k WHERE day + gap < ${today}
  UNION ALL SELECT ${site.id}, day, 0, gap, 0, 0, 0, 0, 0, 0, 400 FROM d, g WHERE day - gap >= ${firstDay}`;

/** The regulars among the open hour's visitors were there every tenth day: what is known of them is read one by one. */
const REGULARS = `INSERT INTO visitor_days (site, visitor, day, kind, kiosk, store, known, engagement)
  SELECT ?1, r.visitor, ${today - 1} - r.visitor % 10 - 10 * w.value, 0, 0, 0, 0, r.visitor % 100 < 42
  FROM (SELECT DISTINCT visitor FROM pageviews WHERE site = ?1 AND visitor < ${FIRST_CHANCE_VISITOR}) r CROSS JOIN json_each('[0,1,2,3,4]') w`;

export async function generateTables(env: Env): Promise<void> {
  await makeBrand(env);
  const { EVENTS } = env;
  const days = Array.from({ length: 7 * WEEKS }, (_, i): [number, number] => [startOfDay(site.zone, firstDay + i), PER_DAY]);
  const hours = (from: number, to: number) =>
    Array.from({ length: Math.round((to - from) / HOUR) }, (_, i): [number, number] => [from + i * HOUR, PER_DAY / 24]);
  const dimensions = Object.keys(ROLLUP_DIMENSIONS).filter((d): d is RollupDimension => d in ROLLUP_DIMENSIONS);
  await EVENTS.batch([
    ...dimensions.map((dimension) => rollups(EVENTS, dimension, 1, days)),
    // An hour has more facts than a piece must have: each is one.
    ...dimensions.map((dimension) => rollups(EVENTS, dimension, 0, hours(midnight, closed))),
    EVENTS.prepare(CELLS).bind(JSON.stringify(Array.from({ length: KIOSKS }, (_, i) => 1 + i))),
    ...factsAtOnce(EVENTS, site.id, 28, [closed, NOW], (PER_DAY * (NOW - closed)) / (24 * HOUR)),
    EVENTS.prepare(REGULARS).bind(site.id),
    EVENTS.prepare(
      `UPDATE closings SET closed_before = ?2, detail_before = ?2, days_before = ?3, closed_at = ?4, day_reach = ?3, detail_reach = ?2, version = 1 WHERE site = ?1`,
    ).bind(site.id, closed, midnight, NOW),
  ]);
}
