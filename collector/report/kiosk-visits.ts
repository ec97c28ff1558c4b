/** What kiosks say of their visits: touches and lengths, counted where they lie, by kiosk and by the quarter of an hour in which they began. */
import { DAY_MS } from '../store/calendar.ts';
import { bucketSql, spellBucketSql } from '../store/times.ts';
import { factsBetween } from '../store/visits-sql.ts';
import type { Span } from './period.ts';

export const QUARTER_MS = 900_000;
/** Touches of a meaningful visit: the first one only wakes the screen. */
const MEANINGFUL = 2;
/** Visits that one question may read, as a whole and by pieces of time: those leave the database by the quarter. */
const MOST = { whole: 500_000, pieces: 100_000 } as const;

/** `usedMs`: length of the visits begun while the store was open, until it closed. `lengths` as in store/times.ts. */
export type VisitRow = {
  store: number;
  kiosk: number;
  /** When its quarter of an hour began; 0 where time is not cut. */
  at: number;
  n: number;
  meaningful: number;
  usedMs: number;
  lengths: string;
};
/** The times a store was open, in their order and apart. */
export type OpenTimes = ReadonlyMap<number, readonly (readonly [opens: number, closes: number])[]>;

/** Keyed by store and UTC day, so that a visit meets only the hours of its day. */
const spell = (open: OpenTimes): string =>
  JSON.stringify(
    [...open].flatMap(([store, times]) =>
      times.flatMap(([opens, closes]) => {
        const [first, last] = [Math.floor(opens / DAY_MS), Math.floor((closes - 1) / DAY_MS)];
        return Array.from({ length: last - first + 1 }, (_, i) => [store, first + i, opens, closes]);
      }),
    ),
  );

const sql = (isCut: boolean) => `WITH
  h AS MATERIALIZED (SELECT value->>0 AS store, value->>1 AS day, value->>2 AS opens, value->>3 AS closes FROM json_each(?4)),
  k AS MATERIALIZED (SELECT * FROM (${factsBetween('kiosk_visits', 't.store, t.kiosk, t.at, t.touches, t.length_ms AS length', '?2', '?3')}) LIMIT ?5),
  v AS (SELECT k.store, k.kiosk, ${isCut ? `k.at - k.at % ${QUARTER_MS}` : '0'} AS slot, ${bucketSql('k.length')} AS bucket, k.touches,
      coalesce(min(k.at + k.length, h.closes) - k.at, 0) AS used
    FROM k LEFT JOIN h ON h.store = k.store AND h.day = k.at / ${DAY_MS} AND k.at >= h.opens AND k.at < h.closes),
  b AS (SELECT store, kiosk, slot, bucket, count(*) AS n, sum(touches >= ${MEANINGFUL}) AS meaningful, sum(used) AS used FROM v GROUP BY 1, 2, 3, 4)
  SELECT store, kiosk, slot AS at, sum(n) AS n, sum(meaningful) AS meaningful, sum(used) AS usedMs, group_concat(${spellBucketSql('bucket', 'n')}, '') AS lengths
  FROM b GROUP BY 1, 2, 3`;

/** @returns null rows where there are more visits than one question may read. */
export async function readKioskVisits(
  events: D1Database,
  site: number,
  { start, end }: Pick<Span, 'start' | 'end'>,
  isCut: boolean,
  open: OpenTimes,
): Promise<{ rows: VisitRow[] | null; rowsRead: number }> {
  const most = isCut ? MOST.pieces : MOST.whole;
  const { results, meta } = await events
    .prepare(sql(isCut))
    .bind(site, start, end, spell(open), most + 1)
    .all<VisitRow>();
  const n = results.reduce((sum, row) => sum + row.n, 0);
  return { rows: n > most ? null : results, rowsRead: meta.rows_read };
}
