/** The brand's traffic of a day, made by the database itself: one statement a table, so that ten million pageviews take minutes. */
import { dictionaries } from './brand.ts';

export const [STORES, KIOSKS] = [2, 10];
/** Pageviews of a visit on average, as `visit` below draws them. */
const PER_VISIT = 2.45;
/** Regulars come once in about ten days: every third visit is of one. */
const REGULARS_PER_VISIT = 3.2;
/** Regulars have the numbers below. */
export const FIRST_CHANCE_VISITOR = 1_000_000;

const { pages, origins, places } = dictionaries(0);
const LISTS = { page: pages, origin: origins, place: places };

/** The brand's values by their rank, where statements find them. */
export function valuesAtHand(events: D1Database): D1PreparedStatement[] {
  return [
    events.prepare(
      'CREATE TABLE bench_values (list TEXT, rank INTEGER, value INTEGER, PRIMARY KEY (list, rank)) STRICT, WITHOUT ROWID',
    ),
    ...Object.entries(LISTS).map(([list, entries]) =>
      events
        .prepare('INSERT INTO bench_values SELECT ?1, key, value FROM json_each(?2)')
        .bind(list, JSON.stringify(entries.map(({ hash }) => hash))),
    ),
  ];
}
const valueAt = (list: keyof typeof LISTS, rank: string) =>
  `(SELECT value FROM bench_values WHERE list = '${list}' AND rank = ${rank})`;

/** A multiplication mod 2³² (Knuth); `mixed` takes its high bits down, so that two of them in a row are chance again. Factors of 31 bits: 63 hold the product. */
const times = (of: string, by: number) => `((${of}) * ${by} & 4294967295)`;
const mixed = (t: string, by: number) => times(`(${t} | (${t} >> 15)) - (${t} & (${t} >> 15))`, by);
/** A choice out of `n`: few are met often, many rarely. */
const few = (of: string, n: number) => `(${of} >> 8) % 1000 * ((${of} >> 8) % 1000) * ((${of} >> 8) % 1000) * ${n} / 1000000000`;

/** @param start to `end`: the time that the visits begin in. */
function visitsSql(day: number, start: number, end: number, pageviews: number): string {
  const visits = Math.max(1, Math.round(pageviews / PER_VISIT));
  const first = day * 1_000_003;
  return `WITH RECURSIVE n (v) AS (SELECT 0 UNION ALL SELECT v + 1 FROM n WHERE v + 1 < ${visits}),
    t AS MATERIALIZED (SELECT v, ${times(`v + ${first + 1}`, 2_654_435_761)} AS t, ${times(`v + ${first + 7}`, 2_246_822_519)} AS u FROM n),
    h AS MATERIALIZED (SELECT v, ${mixed('t', 1_597_334_677)} AS a, ${mixed('u', 1_812_433_253)} AS b FROM t),
    w AS (SELECT v, a, b, ${start} + v * ${end - start} / ${visits} AS began, (a >> 12) % 20 = 0 AS at_kiosk, (b >> 9) % 20 AS length, (a >> 16) % 3 = 0 AS regular,
      1 + (b >> 4) % ${Math.ceil(visits * REGULARS_PER_VISIT)} AS whom FROM h),
    visit AS MATERIALIZED (SELECT v, a, b, began, CASE WHEN at_kiosk THEN 2 ELSE 0 END AS kind, CASE WHEN at_kiosk THEN 1 + (b >> 3) % ${KIOSKS} ELSE 0 END AS kiosk,
      CASE WHEN at_kiosk THEN 8000000000000000 + ${first} + v WHEN regular THEN whom
        ELSE ${FIRST_CHANCE_VISITOR} + ${times(`v + ${first}`, 2_654_435_761)} * 1000000 + ${day} END AS visitor,
      CASE WHEN at_kiosk THEN 0 WHEN regular THEN whom % 100 < 42 ELSE (b >> 17) % 100 < 42 END AS mode,
      CASE WHEN length < 9 THEN 1 WHEN length < 13 THEN 2 WHEN length < 16 THEN 3 WHEN length < 18 THEN 4 WHEN length < 19 THEN 6 ELSE 9 END AS views FROM w)`;
}
const VIEWS = `, x AS MATERIALIZED (SELECT visit.*, s.value AS step, ${times('a + s.value * 7919', 1_597_334_677)} AS t
    FROM visit CROSS JOIN json_each('[0,1,2,3,4,5,6,7,8]') s ON s.value < views),
  y AS MATERIALIZED (SELECT *, ${mixed('t', 1_812_433_253)} AS c FROM x)`;

const ABOUT = 'site, born, rand, at, visitor, kind, store, kiosk, mode, page, flags';
/** @param n tells the facts of one visit apart. */
const about = (site: number, at: string, page: string, n: number | 'step') =>
  `${site}, ${at}, v * 100 + ${n}, ${at}, visitor, kind, CASE WHEN kiosk = 0 THEN 0 ELSE 1 + kiosk % ${STORES} END, kiosk, mode, ${page}, 0`;
const FIRST_PAGE = valueAt('page', '0');

/** Statements that write the facts of a time in which so many pages are seen. @param day tells its visitors from those of other days. */
export function factsAtOnce(
  events: D1Database,
  site: number,
  day: number,
  [start, end]: readonly [number, number],
  pageviews: number,
): D1PreparedStatement[] {
  const visits = visitsSql(day, start, end, pageviews);
  const insert = (into: string, select: string, more = '') =>
    events.prepare(`INSERT INTO ${into} ${visits}${more} SELECT ${select}`);
  const town = `CASE WHEN visitor % 7 = 0 THEN visitor % ${places.length} ELSE visitor % 3 END`;
  return [
    insert(
      `pageviews (${ABOUT}, origin, place, device, browser, os, language, active_ms, foreground_ms, scroll)`,
      `${about(site, 'began + step * 65000', valueAt('page', few('c', pages.length)), 'step')},
        CASE WHEN step = 0 AND kind = 0 AND b % 2 THEN ${valueAt('origin', few('b', origins.length))} ELSE 0 END,
        ${valueAt('place', town)}, 1 + visitor % 2, 1 + visitor % 4, 1 + visitor % 4, 148, 2000 + c % 60000, 2900 + c % 60000, (c >> 5) % 101 FROM y`,
      VIEWS,
    ),
    insert(
      `events (${ABOUT}, name, props)`,
      `${about(site, 'began + 5000', FIRST_PAGE, 20)}, 1 + (a >> 3) % 10, NULL FROM visit WHERE (b >> 13) % 100 < 8`,
    ),
    insert(
      `opt_ins (${ABOUT}, confirmed_at, ended_at)`,
      `${about(site, 'began + 9000', FIRST_PAGE, 30)}, CASE WHEN a % 2 THEN began + 60000 END, NULL FROM visit WHERE (b >> 11) % 1000 < 5`,
    ),
    insert(
      `identifications (${ABOUT}, act, ended_at)`,
      `${about(site, 'began + 1000', FIRST_PAGE, 40)}, 1, NULL FROM visit WHERE mode = 1 AND (b >> 15) % 100 < 9`,
    ),
    insert(
      `kiosk_visits (${ABOUT}, touches, length_ms, ended)`,
      `${about(site, 'began', FIRST_PAGE, 50)}, 3, views * 60000, 1 FROM visit WHERE kind = 2`,
    ),
  ];
}
