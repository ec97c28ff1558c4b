/** Exact visitor counts of a span that is no whole days, from its facts: the definitions of `visitors.ts` without its cells. */
import { dayFinder, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { packTouchpoint, unpackTouchpoint } from '../store/visits-sql.ts';
import type { Span } from './period.ts';
import { isKnownAt, type Tail } from './tail.ts';
import { noVisitors, PERSISTENT, type VisitorRow } from './visitors.ts';

/**
 * @param tail facts from the beginning of the span on, at least.
 * @param range how the rows refer to the span.
 */
export function countSpan(site: Site, tail: Tail, span: Span, range: number): VisitorRow[] {
  const last = new Map<number, { day: number; kind: number; touchpoint: number; engagement: boolean }>();
  const first = new Map<number, number>();
  const dayOf = dayFinder(site.zone);
  for (const f of tail.facts) {
    const day = dayOf(f.at);
    first.set(f.visitor, Math.min(first.get(f.visitor) ?? day, day));
    if (f.at < span.start || f.at >= span.end) continue;
    const seen = last.get(f.visitor);
    const isSame = seen?.day === day;
    if (seen && day < seen.day) continue;
    last.set(f.visitor, {
      day,
      kind: f.kind,
      touchpoint: packTouchpoint(f.store, f.kiosk),
      engagement: f.mode === 1 || (isSame && seen.engagement),
    });
  }
  const rows = new Map<number, VisitorRow>();
  for (const [visitor, { day, kind, touchpoint, engagement }] of last) {
    const row = rows.get(touchpoint) ?? { range, ...unpackTouchpoint(touchpoint), counts: noVisitors() };
    rows.set(touchpoint, row);
    row.counts.visitors += 1;
    if (engagement) row.counts.engagement += 1;
    if (isKnownAt(tail.acts.get(visitor), startOfDay(site.zone, day + 1), false)) row.counts.known += 1;
    if (kind !== PERSISTENT) continue;
    row.counts.persistent += 1;
    const stored = tail.days.get(visitor);
    const began = Math.min(first.get(visitor) ?? day, stored ? stored.earlier || stored.day : day);
    if (began < day) row.counts.recurring += 1;
  }
  return [...rows.values()];
}
