/**
 * The product's definitions once more, as plain loops over what must be stored: an oracle for every report. It knows kiosks, hours and
 * pages, which `tests/collector/model.ts` leaves out, and shares no code with the collector's two derivations.
 */
import type { Stored } from './books.ts';
import { type Days, dayIndex } from './days.ts';

const MINUTE = 60_000;
const REACH = 24 * 60 * MINUTE;
export type Visit = { began: number; last: number; facts: Stored[]; known: boolean };
export type Figures = Record<string, number | null>;

const isAct = (f: Stored) => f.what === 'identify' || (f.what === 'opt-in' && f.confirmedAt !== null);
const endOf = (f: Stored) => f.at + (f.what === 'pageview' ? (f.foregroundMs ?? 0) : f.what === 'visit' ? (f.lengthMs ?? 0) : 0);
const ratio = (a: number, b: number) => (b > 0 ? a / b : null);

/** Everything that is worked out once for a state of the books. */
export class Model {
  private readonly facts: Stored[];
  private readonly visits: Visit[] = [];
  private readonly byVisitor = new Map<number, Stored[]>();

  constructor(
    stored: Iterable<Stored>,
    private readonly days: Days,
  ) {
    this.facts = [...stored].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    for (const f of this.facts) {
      if (f.what === 'exposure') continue;
      const own = this.byVisitor.get(f.key) ?? [];
      own.push(f);
      this.byVisitor.set(f.key, own);
    }
    for (const own of this.byVisitor.values()) this.splitVisits(own);
  }

  /** A fact 30 minutes or more after everything before it ended begins another visit; on a kiosk the visitor is the visit. */
  private splitVisits(own: Stored[]): void {
    let visit: Visit | null = null;
    let until = 0;
    for (const f of own) {
      if (!visit || (f.kind !== 2 && f.at - until >= 30 * MINUTE)) {
        visit = { began: f.at, last: f.at, facts: [], known: false };
        this.visits.push(visit);
        until = endOf(f);
      }
      until = Math.max(until, endOf(f));
      if (f.at >= visit.began + REACH) continue;
      visit.facts.push(f);
      visit.last = f.at;
      visit.known = own.some((a) => isAct(a) && a.at <= f.at);
    }
  }

  /** Figures of `[start, end)`, of everything or of one page, touchpoint or entry page. */
  figures(start: number, end: number, group?: { by: 'page' | 'touchpoint' | 'entry_page'; value: string }): Figures {
    const touchpoint = (f: Stored) => (f.kiosk === 0 ? 'web' : 'kiosk');
    const entry = (v: Visit) => (v.facts.find((f) => f.what === 'pageview') ?? v.facts[0])?.page;
    const isIn = (f: Stored) =>
      group?.by === 'page'
        ? f.page === group.value && f.what !== 'visit'
        : group?.by === 'touchpoint'
          ? touchpoint(f) === group.value
          : true;
    const inside = this.facts.filter((f) => f.at >= start && f.at < end && isIn(f));
    const begun = this.visits.filter(
      (v) => v.began >= start && v.began < end && v.facts.some(isIn) && (group?.by !== 'entry_page' || entry(v) === group.value),
    );
    const views = group?.by === 'entry_page' ? [] : inside.filter((f) => f.what === 'pageview');
    const count = (what: Stored['what']) => inside.filter((f) => f.what === what).length;
    const timed = views.filter((f) => f.activeMs !== null);
    const scrolled = views.filter((f) => f.scroll !== null);
    const sum = (list: Stored[], of: (f: Stored) => number) => list.reduce((total, f) => total + of(f), 0);
    const active = (f: Stored) => (f.what === 'pageview' ? (f.activeMs ?? 0) : 0);
    const isEngaged = (v: Visit) =>
      sum(v.facts, active) >= 10_000 ||
      v.facts.filter((f) => f.what === 'pageview').length >= 2 ||
      v.facts.some((f) => f.what === 'event' || f.what === 'opt-in');
    const theirs = begun.flatMap((v) => v.facts.filter(isIn));
    const engaged = begun.filter(isEngaged).length;
    const optedIn = begun.filter((v) => v.facts.some((f) => f.what === 'opt-in' && isIn(f))).length;
    return {
      visits: begun.length,
      pageviews: views.length,
      pages_per_visit: ratio(theirs.filter((f) => f.what === 'pageview').length, begun.length),
      time_on_page: timed.length === 0 ? null : sum(timed, active) / timed.length / 1000,
      time_coverage: ratio(timed.length, views.length),
      visit_time: begun.length === 0 ? null : sum(theirs, active) / begun.length / 1000,
      scroll_depth: scrolled.length === 0 ? null : sum(scrolled, (f) => f.scroll ?? 0) / scrolled.length,
      engaged_visits: engaged,
      engagement_rate: ratio(engaged, begun.length),
      bounce_rate: begun.length === 0 ? null : 1 - engaged / begun.length,
      known_visits: begun.filter((v) => v.known).length,
      opt_ins: count('opt-in'),
      opt_ins_confirmed: inside.filter((f) => f.what === 'opt-in' && f.confirmedAt !== null).length,
      opt_in_rate: ratio(optedIn, begun.length),
      events: count('event'),
      exposures: group?.by === 'page' ? null : count('exposure'),
      ...this.visitorFigures(inside.filter((f) => f.what !== 'exposure')),
    };
  }

  /** Distinct visitors of some facts, which span whole days. */
  private visitorFigures(inside: Stored[]): Figures {
    const lastDay = new Map<number, number>();
    for (const f of inside) lastDay.set(f.key, Math.max(lastDay.get(f.key) ?? 0, dayIndex(this.days, f.at)));
    let [known, recurring, persistent, engagement] = [0, 0, 0, 0];
    for (const [key, day] of lastDay) {
      const own = this.byVisitor.get(key) ?? [];
      const ends = this.days.starts[day + 1] ?? Number.POSITIVE_INFINITY;
      if (own.some((f) => f.mode === 1 && dayIndex(this.days, f.at) === day)) engagement += 1;
      if (own.some((f) => isAct(f) && f.at < ends)) known += 1;
      if (own[0]?.kind !== 0) continue;
      persistent += 1;
      if (own.some((f) => dayIndex(this.days, f.at) < day)) recurring += 1;
    }
    return {
      visitors: lastDay.size,
      known_visitors: known,
      known_ratio: engagement + known > 0 ? ratio(known, lastDay.size) : null,
      recurring_visitors: persistent === 0 ? null : recurring,
      recurring_ratio: ratio(recurring, persistent),
    };
  }
}

export const VISITOR_METRICS = ['visitors', 'known_visitors', 'known_ratio', 'recurring_visitors', 'recurring_ratio'] as const;
export const SUM_METRICS = [
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'time_coverage',
  'visit_time',
  'scroll_depth',
  'engaged_visits',
  'engagement_rate',
  'bounce_rate',
  'known_visits',
  'opt_ins',
  'opt_ins_confirmed',
  'opt_in_rate',
  'events',
  'exposures',
] as const;
