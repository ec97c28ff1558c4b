/**
 * An oracle for every report: the product's definitions over what must be stored. Sealed days are as they were when they were
 * sealed. It knows kiosks, hours and pages, which `tests/collector/model.ts` leaves out, and shares no code with the collector.
 */
import type { Stored } from './books.ts';
import { type Days, dayIndex } from './days.ts';
import { type Derived, derive, isAct } from './derive.ts';
import { addSums, type Figures, type Group, metricsOf, noSums, ratio, sumsOf } from './figures.ts';

const HALF_HOUR = 1_800_000;
export const VISITOR_METRICS = ['visitors', 'known_visitors', 'known_ratio', 'recurring_visitors', 'recurring_ratio'];

/** One visitor's active day, as the segment it is in has it. */
type Active = { day: number; kind: Stored['kind']; known: boolean; engagement: boolean };

export class Model {
  private readonly segments: { from: number; until: number; derived: Derived }[] = [];
  private readonly days: Days;
  private readonly active = new Map<number, Active[]>();

  /** @param segments time up to each `until`, by what was stored when that was sealed; the last one is open. */
  constructor(segments: readonly { until: number; facts: Iterable<Stored> }[], days: Days) {
    this.days = days;
    let from = Number.NEGATIVE_INFINITY;
    for (const { until, facts } of segments) {
      const derived = derive(facts);
      this.segments.push({ from, until, derived });
      for (const [key, own] of derived.byVisitor) this.addDays(key, own, from, until);
      from = until;
    }
  }

  private addDays(key: number, own: Stored[], from: number, until: number): void {
    const inside = own.filter((f) => f.at >= from && f.at < until);
    for (const day of new Set(inside.map((f) => dayIndex(this.days, f.at)))) {
      const ends = this.days.starts[day + 1] ?? Number.POSITIVE_INFINITY;
      const known = own.some((f) => isAct(f) && f.at < ends);
      const engagement = inside.some((f) => f.mode === 1 && dayIndex(this.days, f.at) === day);
      this.active.set(key, [...(this.active.get(key) ?? []), { day, kind: own[0]?.kind ?? 0, known, engagement }]);
    }
  }

  /** Whether a visit that began before a cut may still go on at an instant: half an hour after it ended it does not. */
  mayGoOn(cut: number, instant: number): boolean {
    const visits = this.segments.at(-1)?.derived.visits ?? [];
    return visits.some((v) => v.began < cut && v.ends + HALF_HOUR > instant);
  }

  /** Figures of `[start, end)`, which spans whole days where visitors are asked for. */
  figures(start: number, end: number, group?: Group): Figures {
    let sums = noSums();
    for (const { from, until, derived } of this.segments)
      if (from < end && until > start) sums = addSums(sums, sumsOf(derived, Math.max(start, from), Math.min(end, until), group));
    return { ...metricsOf(sums, group), ...this.visitorFigures(start, end, group) };
  }

  /** Distinct visitors of some days: what each was on the last of them. */
  private visitorFigures(start: number, end: number, group?: Group): Figures {
    const [first, last] = [dayIndex(this.days, start), dayIndex(this.days, end - 1)];
    const n = { visitors: 0, known: 0, recurring: 0, persistent: 0, engagement: 0 };
    for (const days of this.active.values()) {
      const found = days.filter(({ day }) => day >= first && day <= last).at(-1);
      if (!found || (group && (found.kind === 2 ? 'kiosk' : 'web') !== group.value)) continue;
      n.visitors += 1;
      if (found.known) n.known += 1;
      if (found.engagement) n.engagement += 1;
      if (found.kind !== 0) continue;
      n.persistent += 1;
      if (days.some(({ day }) => day < found.day)) n.recurring += 1;
    }
    return {
      visitors: n.visitors,
      known_visitors: n.known,
      known_ratio: n.engagement + n.known > 0 ? ratio(n.known, n.visitors) : null,
      recurring_visitors: n.persistent === 0 ? null : n.recurring,
      recurring_ratio: ratio(n.recurring, n.persistent),
    };
  }
}
