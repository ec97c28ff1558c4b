/** What a person did: facts of the visitors it was, in engagement mode, in the times in which it was them. Nothing else is a person's. */
import { DAY_MS, dayOf, startOfDay } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import { factsBetween } from '../store/visits-sql.ts';
import type { PersonSpan } from './links.ts';

/** How far the time before a log-in is looked at: active days of that visitor. */
const DAYS_BACK = 10;
/** Days of one page. A day without the person costs nothing, one with it the facts of the site's day. */
const DAYS_A_PAGE = 14;
const ROW_BUDGET = 400_000;

const TABLES = {
  pageviews: ['pageview', 't.active_ms, coalesce(t.foreground_ms, 0) AS lasts, 0 AS name'],
  events: ['event', 'NULL AS active_ms, 0 AS lasts, t.name AS name'],
  opt_ins: ['opt-in', 'NULL AS active_ms, 0 AS lasts, 0 AS name'],
  identifications: ['identify', 'NULL AS active_ms, 0 AS lasts, 0 AS name'],
  kiosk_visits: ['visit', 't.length_ms AS active_ms, t.length_ms AS lasts, 0 AS name'],
} as const;
export type AttachedFact = {
  what: (typeof TABLES)[keyof typeof TABLES][0];
  at: number;
  visitor: number;
  store: number;
  kiosk: number;
  host: string | null;
  path: string | null;
  /** Of an event. */
  name: string | null;
  /** Active time of a pageview, or length of a kiosk visit. */
  active_ms: number | null;
  /** How long it was in front, ms: what holds a visit open. */
  lasts: number;
};
type Row = AttachedFact & { kind: number; mode: number };
/** @property earlier where an earlier page begins; null = that was all. */
export type AttachedPage = { facts: AttachedFact[]; earlier: number | null };

/** The facts of some visitors with `from <= at < until`, in any mode. */
async function readFacts(events: D1Database, site: number, visitors: readonly number[], from: number, until: number) {
  const results = await events.batch<Row>(
    Object.entries(TABLES).map(([table, [what, columns]]) =>
      events
        .prepare(
          `SELECT '${what}' AS what, f.at, f.visitor, f.kind, f.mode, f.store, f.kiosk, f.active_ms, f.lasts, p.host, p.path, n.name
           FROM (${factsBetween(table, `t.at, t.visitor, t.kind, t.mode, t.store, t.kiosk, t.page, ${columns}`, '?2', '?3')}) f
           LEFT JOIN pages p ON p.site = ?1 AND p.hash = f.page LEFT JOIN names n ON n.site = ?1 AND n.hash = f.name
           WHERE f.visitor IN (SELECT value FROM json_each(?4))`,
        )
        .bind(site, from, until, JSON.stringify(visitors)),
    ),
  );
  return {
    rows: results.flatMap((r) => r.results),
    rowsRead: results.reduce((sum, r) => sum + r.meta.rows_read, 0),
  };
}

/** Days on which any of the visitors was there, newest first: closed ones by their visitor-days, the open ones all. */
async function activeDays(events: D1Database, site: Site, visitors: readonly number[], until: number): Promise<number[]> {
  const closing = await closingOf(events, site.id);
  const openFrom = dayOf(site.zone, Math.max(closing?.days_before ?? 0, until - 60 * DAY_MS));
  const last = dayOf(site.zone, until - 1);
  const { results } = await events
    .prepare(
      `SELECT DISTINCT v.day AS day FROM json_each(?2) j CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = j.value
       WHERE v.day < ?3 AND v.day <= ?4 ORDER BY v.day DESC`,
    )
    .bind(site.id, JSON.stringify(visitors), openFrom, last)
    .all<{ day: number }>();
  const open = Array.from({ length: Math.max(0, last - openFrom + 1) }, (_, i) => last - i);
  return [...open, ...results.map(({ day }) => day)];
}

/** From when on a visitor was in engagement mode without a break before an instant; the instant itself where it was not. */
async function consentedSince(events: D1Database, site: Site, visitor: number, before: number): Promise<number> {
  let since = before;
  for (const day of (await activeDays(events, site, [visitor], before)).slice(0, DAYS_BACK)) {
    const from = startOfDay(site.zone, day);
    const { rows } = await readFacts(events, site.id, [visitor], from, Math.min(startOfDay(site.zone, day + 1), before));
    const refused = rows.filter(({ mode }) => mode === 0).map(({ at }) => at);
    if (refused.length > 0) return Math.max(...refused) + 1;
    since = from;
  }
  return since;
}

type Time = { visitor: number; from: number; until: number };

/** The times in which the person was a visitor; before a log-in back to the consent, where nobody else was named before. */
export async function timesOf(events: D1Database, site: Site, spans: readonly PersonSpan[], nowMs: number): Promise<Time[]> {
  return Promise.all(
    spans.map(async ({ visitor, from, until, reachesBack }) => ({
      visitor,
      from: reachesBack ? await consentedSince(events, site, visitor, from) : from,
      until: until ?? nowMs + DAY_MS,
    })),
  );
}

/**
 * The person's facts before an instant, newest first, some days of them. Ids of a day are shared by whoever has the same address
 * and browser: they are nobody's.
 */
export async function readAttached(
  events: D1Database,
  site: Site,
  spans: readonly PersonSpan[],
  before: number,
): Promise<AttachedPage> {
  const times = await timesOf(events, site, spans, before);
  const visitors = [...new Set(times.map(({ visitor }) => visitor))];
  if (visitors.length === 0) return { facts: [], earlier: null };
  const isIn = (day: number) =>
    times.some((t) => t.from < startOfDay(site.zone, day + 1) && t.until > startOfDay(site.zone, day));
  const days = (await activeDays(events, site, visitors, before)).filter(isIn);
  const facts: AttachedFact[] = [];
  let rowsRead = 0;
  for (const [i, day] of days.entries()) {
    const from = startOfDay(site.zone, day);
    if (i >= DAYS_A_PAGE || rowsRead > ROW_BUDGET) return { facts, earlier: startOfDay(site.zone, day + 1) };
    const read = await readFacts(events, site.id, visitors, from, Math.min(startOfDay(site.zone, day + 1), before));
    rowsRead += read.rowsRead;
    const own = read.rows.filter(
      (row) =>
        row.mode === 1 && row.kind !== 1 && times.some((t) => t.visitor === row.visitor && row.at >= t.from && row.at < t.until),
    );
    facts.push(...own.sort((a, b) => b.at - a.at).map(({ kind: _kind, mode: _mode, ...fact }) => fact));
  }
  return { facts, earlier: null };
}
