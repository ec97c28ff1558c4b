/** Closes windows into rollups and recomputes dirty ones. A rollup is a pure function of the facts of its window. */
import { DAY_MS, dayOf, hourOf, hoursOfDay, startOfDay } from '../store/calendar.ts';
import { type Closing, closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import { ADD_VISITOR_DAYS, APPLY_DELTA } from '../store/visitors-sql.ts';
import { cellsSql, ROLLED_UP, ROLLUP_DIMENSIONS, type RollupDimension, VISIT_ROWS } from '../store/visits-sql.ts';
import { isOvertaken, type Mark, movesOn, removeMarks, takeMarks } from './marks.ts';

/** An hour closes when no visit begun in it can be merely idle any more, and most late messages have come. */
export const GRACE_MS = 1_800_000;

/** What one recomputation settles: a range, and the marks that made it. */
type Work = Mark & { marks: Mark[] };

const ALL = Object.keys(ROLLUP_DIMENSIONS).filter((d): d is RollupDimension => d in ROLLUP_DIMENSIONS);
const DETAIL = ALL.filter((d) => d !== 'total');
/** Facts that reports may read for today's tables before they are rolled up: rolling up fewer would cost more rows than it saves. */
const DETAIL_FACTS = 5_000;
const INSERT = (grain: 0 | 1, dimensions: readonly RollupDimension[]) =>
  `INSERT INTO rollups (site, dimension, grain, start, value, ${ROLLED_UP.join(', ')})
   SELECT ?1, dimension, ${grain}, start, value, ${ROLLED_UP.join(', ')} FROM (${cellsSql(dimensions)}) WHERE 1
   ON CONFLICT (site, dimension, grain, start, value) DO UPDATE SET ${ROLLED_UP.map((c) => `${c} = excluded.${c}`).join(', ')}
   WHERE (${ROLLED_UP.map((c) => `rollups.${c}`).join(', ')}) IS NOT (${ROLLED_UP.map((c) => `excluded.${c}`).join(', ')})`;
/** Rows that a recomputation would not write again. With the upsert above, what has not changed is not written: rows are what D1 bills. */
const REMOVE_VANISHED = (grain: 0 | 1, dimensions: readonly RollupDimension[]) =>
  `DELETE FROM rollups WHERE site = ?1 AND start >= ?2 AND start < ?3 AND grain = ${grain}
     AND dimension IN (${dimensions.map((d) => ROLLUP_DIMENSIONS[d]).join(', ')})
     AND (dimension, start, value) NOT IN (SELECT dimension, start, value FROM (${cellsSql(dimensions)}))`;

/** Starts a site's windows thirty-one days before it was created: nothing earlier can arrive. */
export async function openWindows(events: D1Database, site: Site): Promise<void> {
  const start = startOfDay(site.zone, dayOf(site.zone, site.createdAt) - 31);
  await events
    .prepare(
      'INSERT INTO closings (site, closed_before, detail_before, days_before, closed_at, sealed_before, version) VALUES (?1, ?2, ?2, ?2, 0, ?2, 0) ON CONFLICT (site) DO NOTHING',
    )
    .bind(site.id, start)
    .run();
}

const bindBuckets = (events: D1Database, site: Site, sql: string, start: number, end: number, buckets: [number, number][]) =>
  events.prepare(sql).bind(site.id, start, end, JSON.stringify(buckets));

/** Takes the visitors of part of a day in. `replaces` when the part begins with the day: then flags are exact, not added to. */
function takeVisitors(events: D1Database, site: Site, start: number, end: number, replaces: boolean): D1PreparedStatement[] {
  const day = dayOf(site.zone, start);
  const part = JSON.stringify([[day, start, end, startOfDay(site.zone, day + 1)]]);
  return [APPLY_DELTA, ADD_VISITOR_DAYS].map((sql) => events.prepare(sql).bind(site.id, start, end, part, replaces ? 1 : 0));
}

/** Rows of some windows: written, or brought up to date where they may stand already. */
const writeRows = (
  events: D1Database,
  site: Site,
  grain: 0 | 1,
  dimensions: readonly RollupDimension[],
  buckets: [number, number][],
  again: boolean,
) => {
  const [start, end] = [buckets[0]?.[0] ?? 0, buckets.at(-1)?.[1] ?? 0];
  return (again ? [REMOVE_VANISHED(grain, dimensions), INSERT(grain, dimensions)] : [INSERT(grain, dimensions)]).map((sql) =>
    bindBuckets(events, site, sql, start, end, buckets),
  );
};

/** Totals of hours. */
const computeHours = (events: D1Database, site: Site, hours: [number, number][], again: boolean) =>
  writeRows(events, site, 0, ['total'], hours, again);

/** Every other dimension, and the visitors, of a piece of the open day. */
const computeDetail = (events: D1Database, site: Site, start: number, end: number, again: boolean, replaces: boolean) => [
  ...writeRows(events, site, 0, DETAIL, [[start, end]], again),
  ...takeVisitors(events, site, start, end, replaces),
];

/** A whole day: its row per value, its hourly totals, its visitors; the pieces it had while it was open go. */
const computeDay = (events: D1Database, site: Site, day: number, again: boolean) => {
  const [start, end] = [startOfDay(site.zone, day), startOfDay(site.zone, day + 1)];
  return [
    events
      .prepare('DELETE FROM rollups WHERE site = ?1 AND start >= ?2 AND start < ?3 AND dimension BETWEEN 1 AND 99 AND grain = 0')
      .bind(site.id, start, end),
    ...writeRows(events, site, 1, ALL, [[start, end]], again),
    ...writeRows(events, site, 0, ['total'], hoursOfDay(site.zone, day), again),
    ...takeVisitors(events, site, start, end, true),
  ];
};

/**
 * Marks the windows in which visits began that go on in `[start, end)`: what they did here belongs to their beginning. Facts
 * older than the last closing were known then, or marked themselves when they came.
 */
function markBeginnings(events: D1Database, site: Site, start: number, end: number, closedAt: number): D1PreparedStatement[] {
  if (closedAt >= end) return [];
  return [
    events
      .prepare(
        `WITH ${VISIT_ROWS} INSERT INTO dirty (site, start, until)
       SELECT ?1, began - began % 900000, ?2 FROM r WHERE at >= max(?2, ?4) AND at < ?3 AND began < ?2 AND at < began + ${DAY_MS} GROUP BY 2
       ON CONFLICT (site, start) DO UPDATE SET until = excluded.until WHERE excluded.until > dirty.until`,
      )
      .bind(site.id, start, end, closedAt),
  ];
}

/** Whether enough has happened since the last piece of detail. Hourly totals know, so no fact is read. */
async function isDetailDue(events: D1Database, site: Site, closing: Closing, detailFacts: number): Promise<boolean> {
  const row = await events
    .prepare(
      'SELECT sum(pageviews + events + opt_ins) AS facts FROM rollups WHERE site = ?1 AND dimension = 0 AND grain = 0 AND start >= ?2 AND start < ?3',
    )
    .bind(site.id, closing.detail_before, closing.closed_before)
    .first<{ facts: number | null }>();
  return (row?.facts ?? 0) >= detailFacts;
}

/** Closes the next window that is due: a whole day when one lies behind, else an hour, else a piece of detail. False when none is due. */
async function closeNext(events: D1Database, site: Site, closing: Closing, nowMs: number, detailFacts: number): Promise<boolean> {
  const day = dayOf(site.zone, closing.days_before);
  const dayEnd = startOfDay(site.zone, day + 1);
  if (dayEnd + GRACE_MS <= nowMs) {
    await events.batch([
      ...computeDay(events, site, day, false),
      ...markBeginnings(events, site, closing.days_before, dayEnd, closing.closed_at),
      events
        .prepare(
          `UPDATE closings SET closed_before = max(closed_before, ?2), detail_before = max(detail_before, ?2), days_before = ?2,
             closed_at = max(closed_at, ?3), ${movesOn('?4')} WHERE site = ?1`,
        )
        .bind(site.id, dayEnd, nowMs, closing.version),
    ]);
    return true;
  }
  const [start, end] = hourOf(site.zone, closing.closed_before);
  if (end + GRACE_MS <= nowMs) {
    await events.batch([
      ...computeHours(events, site, [[start, end]], false),
      ...markBeginnings(events, site, start, end, closing.closed_at),
      events
        .prepare(`UPDATE closings SET closed_before = ?2, closed_at = max(closed_at, ?3), ${movesOn('?4')} WHERE site = ?1`)
        .bind(site.id, end, nowMs, closing.version),
    ]);
    return true;
  }
  if (!(await isDetailDue(events, site, closing, detailFacts))) return false;
  await events.batch([
    ...computeDetail(
      events,
      site,
      closing.detail_before,
      closing.closed_before,
      false,
      closing.detail_before === closing.days_before,
    ),
    events
      .prepare(`UPDATE closings SET detail_before = ?2, ${movesOn('?3')} WHERE site = ?1`)
      .bind(site.id, closing.closed_before, closing.version),
  ]);
  return true;
}

/** Where the visits began that have facts in the mark's range: their windows change too. */
async function reachBack(events: D1Database, site: Site, mark: Mark): Promise<number> {
  const row = await events
    .prepare(`WITH ${VISIT_ROWS} SELECT min(began) AS began FROM r WHERE at >= ?2 AND at < ?3`)
    .bind(site.id, mark.start, mark.until)
    .first<{ began: number | null }>();
  return Math.min(mark.start, row?.began ?? mark.start);
}

/** The next range to recompute: one mark of closed days, or all those of the open day at once, since they share its windows. */
async function nextWork(events: D1Database, site: Site, closing: Closing): Promise<Work | null> {
  const { results } = await events
    .prepare('SELECT start, until FROM dirty WHERE site = ?1 ORDER BY start LIMIT 200')
    .bind(site.id)
    .all<Mark>();
  const [first] = results;
  if (!first) return null;
  const marks = await takeMarks(events, site, first.start >= closing.days_before ? results : [first]);
  // None are left when another run was faster: its range is computed once more, which changes nothing.
  return { start: first.start, until: Math.max(first.until, ...marks.map(({ until }) => until)), marks };
}

/** Recomputes the windows of some marks that were taken, and removes these. */
async function recompute(events: D1Database, site: Site, closing: Closing, mark: Work): Promise<void> {
  const until = Math.min(mark.until, closing.closed_before);
  const from = Math.max(await reachBack(events, site, mark), closing.sealed_before);
  const steps: D1PreparedStatement[][] = [];
  const lastDay = dayOf(site.zone, Math.min(until, closing.days_before) - 1);
  for (let day = dayOf(site.zone, from); day <= lastDay; day += 1) steps.push(computeDay(events, site, day, true));
  if (until > closing.days_before) {
    const hours = hoursOfDay(site.zone, dayOf(site.zone, closing.days_before)).filter(
      ([start, end]) => end > from && start < until,
    );
    if (hours.length > 0) steps.push(computeHours(events, site, hours, true));
    // The open day's pieces become one again: it begins with the day, so that flags are exact.
    if (from < closing.detail_before)
      steps.push(computeDetail(events, site, closing.days_before, closing.detail_before, true, true));
  }
  if (steps.length === 0) steps.push([]);
  for (const [i, step] of steps.entries()) {
    const finish = i === steps.length - 1 ? [removeMarks(events, site, mark.marks)] : [];
    const moved = events.prepare(`UPDATE closings SET ${movesOn('?2')} WHERE site = ?1`).bind(site.id, closing.version + i);
    await events.batch([...step, ...finish, moved]);
  }
}

/**
 * Brings a site's windows up to date: closes what is due, then recomputes what is dirty, at most `limit` steps. Idempotent, and
 * safe to break off anywhere: each step is one transaction.
 *
 * @param detailFacts how many facts make a piece of the open day's detail worth its rows.
 * @returns whether everything due is done.
 */
export async function runWindows(
  events: D1Database,
  site: Site,
  nowMs: number,
  limit: number,
  detailFacts = DETAIL_FACTS,
): Promise<boolean> {
  await openWindows(events, site);
  for (let step = 0; step < limit; step += 1) {
    const closing = await closingOf(events, site.id);
    if (!closing) return false;
    try {
      if (await closeNext(events, site, closing, nowMs, detailFacts)) continue;
      const mark = await nextWork(events, site, closing);
      if (!mark) return true;
      await recompute(events, site, closing, mark);
    } catch (error) {
      // Another run was at these windows: nothing of ours was written, and the next step sees how far it came.
      if (!isOvertaken(error)) throw error;
    }
  }
  return false;
}
