/**
 * Erases visitors from a database of facts, day by day: their facts, their visitor-days and gap cells. Windows that can be computed again
 * are marked; in sealed ones only anonymous totals are left.
 */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { type Closing, closingOf } from '../store/closings.ts';
import { CARRY_EARLIER, DELETE_ACTS, DELETE_FACTS, DELETE_VISITOR_DAYS, SHRINK_CELLS } from '../store/erased-sql.ts';
import { noteOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';

/** A visitor and a span of what is erased of it, epoch ms; whoever shares the browser keeps the rest. */
export type ErasedVisitor = readonly [visitor: number, from: number, until: number];

/** What arrives from now on is not taken. Idempotent; the first thing an erasure does. */
export async function barErased(
  events: D1Database,
  site: number,
  visitors: readonly ErasedVisitor[],
  { id, at }: { id: string; at: number },
): Promise<void> {
  await events.batch([
    events
      .prepare(
        `INSERT INTO erased_visitors (site, visitor, from_at, until_at, erased_at) SELECT ?1, value->>0, value->>1, max(value->>2), ?3 FROM json_each(?2) GROUP BY 2, 3
         ON CONFLICT (site, visitor, from_at) DO UPDATE SET until_at = max(until_at, excluded.until_at)`,
      )
      .bind(site, JSON.stringify(visitors), at),
    events.prepare('INSERT INTO erasures (id, site, at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING').bind(id, site, at),
  ]);
}

/** A kiosk brings its facts at most 30 days late and a queue holds them for 14: after that nobody needs to be turned away. */
const BARRED_MS = 60 * 86_400_000;

/** Forgets visitors that were erased long ago. */
export async function forgetBarred(events: D1Database, nowMs: number): Promise<void> {
  await events
    .prepare('DELETE FROM erased_visitors WHERE erased_at < ?1')
    .bind(nowMs - BARRED_MS)
    .run();
}

/** Days that may have something of the visitors: those of their visitor-days, and those whose windows do not know all their facts. */
async function daysOf(
  events: D1Database,
  site: Site,
  visitors: readonly ErasedVisitor[],
  closing: Closing | null,
  nowMs: number,
) {
  const [known, dirty] = await events.batch<{ day: number; start: number; until: number }>([
    events
      .prepare('SELECT DISTINCT v.day FROM json_each(?2) w CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = w.value->>0')
      .bind(site.id, JSON.stringify(visitors)),
    events.prepare('SELECT start, until FROM dirty WHERE site = ?1').bind(site.id),
  ]);
  const days = new Set((known?.results ?? []).map(({ day }) => day));
  const open = closing ? closing.days_before : startOfDay(site.zone, dayOf(site.zone, site.createdAt) - 31);
  const spans = [...(dirty?.results ?? []), { start: open, until: nowMs + 1 }];
  for (const { start, until } of spans)
    for (let day = dayOf(site.zone, start); day <= dayOf(site.zone, Math.max(until - 1, start)); day += 1) days.add(day);
  const isIn = (day: number) => {
    const [start, end] = [startOfDay(site.zone, day), startOfDay(site.zone, day + 1)];
    return visitors.some(([, from, until]) => from < end && until > start);
  };
  return [...days].filter(isIn).sort((a, b) => a - b);
}

/** Marks the windows that change: those of some days, and where visits of others on the same browser began before them. */
function markDays(events: D1Database, site: Site, closing: Closing, days: readonly number[]): D1PreparedStatement {
  const marks = days
    .map((day) => [
      Math.max(startOfDay(site.zone, day - 1), closing.sealed_before),
      Math.min(startOfDay(site.zone, day + 1), closing.detail_before),
    ])
    .filter(([from = 0, until = 0]) => from < until);
  return events
    .prepare(
      `INSERT INTO dirty (site, start, until) SELECT ?1, value->>0, max(value->>1) FROM json_each(?2) GROUP BY 2
       ON CONFLICT (site, start) DO UPDATE SET until = max(until, excluded.until)`,
    )
    .bind(site.id, JSON.stringify(marks));
}

async function eraseDay(events: D1Database, site: Site, closing: Closing | null, day: number, visitors: string): Promise<void> {
  const [start, end] = [startOfDay(site.zone, day), startOfDay(site.zone, day + 1)];
  const facts = DELETE_FACTS.map((sql) => events.prepare(sql).bind(site.id, start, end, visitors));
  const days = [SHRINK_CELLS, CARRY_EARLIER, DELETE_VISITOR_DAYS].map((sql) =>
    events.prepare(sql).bind(site.id, start, end, visitors, day),
  );
  await events.batch([
    ...facts,
    ...days,
    ...(closing ? [markDays(events, site, closing, [day])] : []),
    events.prepare('UPDATE closings SET version = version + 1 WHERE site = ?1').bind(site.id),
  ]);
}

/** Opt-ins and identifications make visitors known on later days, too: what others have left of those days is computed again. */
async function markKnown(events: D1Database, site: Site, closing: Closing, visitors: string): Promise<void> {
  const { results } = await events
    .prepare('SELECT DISTINCT v.day FROM json_each(?2) w CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = w.value->>0')
    .bind(site.id, visitors)
    .all<{ day: number }>();
  const days = results.map(({ day }) => day);
  if (days.length > 0) await markDays(events, site, closing, days).run();
}

/**
 * Erases at most `steps` days, from a day on; each is one transaction, and may be done twice.
 *
 * @param from number of the day to go on with; null begins.
 * @returns the day to go on with, or null when all is done.
 * @throws "site is moving" while the site is being copied to another database: try again later.
 */
export async function eraseFacts(
  events: D1Database,
  site: Site,
  erased: readonly ErasedVisitor[],
  from: number | null,
  nowMs: number,
  steps: number,
): Promise<number | null> {
  const visitors = JSON.stringify(erased);
  const closing = await closingOf(events, site.id);
  const days = (await daysOf(events, site, erased, closing, nowMs)).filter((day) => from === null || day >= from);
  const [now, [next]] = [days.slice(0, steps), days.slice(steps)];
  for (const day of now) await eraseDay(events, site, closing, day, visitors);
  if (next !== undefined) return next;
  await events.batch([
    ...DELETE_ACTS.map((sql) => events.prepare(sql).bind(site.id, visitors)),
    ...(closing ? noteOpenVisits(events, site.id, closing.detail_before) : []),
    events.prepare('UPDATE closings SET version = version + 1 WHERE site = ?1').bind(site.id),
  ]);
  if (closing) await markKnown(events, site, closing, visitors);
  return null;
}
