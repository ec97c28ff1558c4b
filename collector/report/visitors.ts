/** Exact visitor counts of ranges of days, per touchpoint, store and kiosk: gap cells of closed time, corrected by the tail. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import type { VisitorCounts } from './metric.ts';
import { isKnownAt, type Tail } from './tail.ts';

/** Kind of visitor ids as stored that can recur: persistent web ids. */
const PERSISTENT = 0;
export type VisitorRow = { range: number; kiosk: number; store: number; counts: VisitorCounts };
type Day = { day: number; kind: number; kiosk: number; store: number; known: number; engagement: number; earlier: number };
type GapCell = Omit<Day, 'earlier'> & { forward: number; predecessor: number; gap: number; n: number };

export const noVisitors = (): VisitorCounts => ({ visitors: 0, known: 0, recurring: 0, persistent: 0, engagement: 0 });

/** Visitor keys embed touchpoint and kiosk, so counts of different rows are of different visitors and add up. */
export function addVisitors(counts: VisitorCounts, more: VisitorCounts): VisitorCounts {
  counts.visitors += more.visitors;
  counts.known += more.known;
  counts.recurring += more.recurring;
  counts.persistent += more.persistent;
  counts.engagement += more.engagement;
  return counts;
}

/** The cells of one visitor's active days, in order, counted `sign` times. */
function cellsOf(days: Day[], sign: 1 | -1): GapCell[] {
  return days.flatMap((d, i) => {
    const next = days[i + 1];
    // Days that are deleted by now still count as the ones before.
    const previous = days[i - 1]?.day ?? d.earlier;
    return [
      { ...d, forward: 0, known: 0, engagement: 0, predecessor: 0, gap: previous ? d.day - previous : 0, n: sign },
      { ...d, forward: 1, predecessor: previous ? 1 : 0, gap: next ? next.day - d.day : 0, n: sign },
    ];
  });
}

/** How the tail changes the cells: its visitors' cells with its days taken in, minus their cells as stored. */
async function readChange(events: D1Database, site: Site, tail: Tail): Promise<{ cells: GapCell[]; rowsRead: number }> {
  const fresh = new Map<number, Map<number, Day>>();
  for (const f of tail.facts) {
    const day = dayOf(site.zone, f.at);
    const days = fresh.get(f.visitor) ?? new Map<number, Day>();
    const known = isKnownAt(tail.acts.get(f.visitor), startOfDay(site.zone, day + 1), false) ? 1 : 0;
    const engagement = Math.max(days.get(day)?.engagement ?? 0, f.mode);
    days.set(day, { day, kind: f.kind, kiosk: f.kiosk, store: f.store, known, engagement, earlier: 0 });
    fresh.set(f.visitor, days);
  }
  if (fresh.size === 0) return { cells: [], rowsRead: 0 };
  const { results, meta } = await events
    .prepare(
      `SELECT v.visitor, v.day, v.kind, v.kiosk, v.store, v.known, v.engagement, v.earlier FROM json_each(?2) j
       CROSS JOIN visitor_days v ON v.site = ?1 AND v.visitor = j.value`,
    )
    .bind(site.id, JSON.stringify([...fresh.keys()]))
    .all<Day & { visitor: number }>();
  const stored = new Map<number, Day[]>();
  for (const row of results) stored.set(row.visitor, [...(stored.get(row.visitor) ?? []), row]);
  const cells: GapCell[] = [];
  for (const [visitor, days] of fresh) {
    const old = stored.get(visitor) ?? [];
    for (const d of old) {
      const same = days.get(d.day);
      if (!same) continue;
      same.engagement = Math.max(same.engagement, d.engagement);
      same.earlier = d.earlier;
    }
    const all = [...old.filter((d) => !days.has(d.day)), ...days.values()].sort((a, b) => a.day - b.day);
    cells.push(...cellsOf(all, 1), ...cellsOf(old, -1));
  }
  return { cells, rowsRead: meta.rows_read };
}

/** What one cell adds to a range: its visitor counts on the first active day in it, the state on the last one. */
function countCell(counts: VisitorCounts, c: GapCell, from: number, to: number): void {
  if (c.forward === 0) {
    if (c.gap !== 0 && c.gap <= c.day - from) return;
    counts.visitors += c.n;
    if (c.kind === PERSISTENT) counts.persistent += c.n;
  } else if (c.gap === 0 || c.gap > to - c.day) {
    if (c.known) counts.known += c.n;
    if (c.engagement) counts.engagement += c.n;
    if (c.predecessor && c.kind === PERSISTENT) counts.recurring += c.n;
  }
}

/**
 * @param ranges pairs of day numbers, both included; rows refer to them by position.
 * @param tail the facts that are not in the cells yet.
 */
export async function readVisitors(
  events: D1Database,
  site: Site,
  ranges: readonly (readonly [from: number, to: number])[],
  tail: Tail,
): Promise<{ rows: VisitorRow[]; rowsRead: number }> {
  if (ranges.length === 0) return { rows: [], rowsRead: 0 };
  const change = await readChange(events, site, tail);
  // Overlapping and touching ranges are read once; a comparison a year back is a second reading, not a year of days.
  const spans: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = spans.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  const read = await events.batch<GapCell>(
    spans.map(([from, to]) =>
      events
        .prepare(
          'SELECT day, forward, kind, kiosk, store, known, engagement, predecessor, gap, n FROM visitor_cells WHERE site = ?1 AND day BETWEEN ?2 AND ?3',
        )
        .bind(site.id, from, to),
    ),
  );
  const byDay = Map.groupBy([...read.flatMap((r) => r.results), ...change.cells], (c) => c.day);
  const rows: VisitorRow[] = [];
  ranges.forEach(([from, to], range) => {
    const byTouchpoint = new Map<string, VisitorRow>();
    for (let day = from; day <= to; day += 1) {
      for (const c of byDay.get(day) ?? []) {
        const key = `${c.store} ${c.kiosk}`;
        const row = byTouchpoint.get(key) ?? { range, kiosk: c.kiosk, store: c.store, counts: noVisitors() };
        countCell(row.counts, c, from, to);
        byTouchpoint.set(key, row);
      }
    }
    rows.push(...byTouchpoint.values());
  });
  return { rows, rowsRead: change.rowsRead + read.reduce((sum, r) => sum + r.meta.rows_read, 0) };
}
