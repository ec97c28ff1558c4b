/** An independent model of the product's definitions: plain loops over plain rows, nothing shared with the SQL it judges. */

export type ModelFact = {
  what: 'pageview' | 'event' | 'opt-in' | 'identify';
  id: string;
  at: number;
  visitor: string;
  page: string;
  source: string;
  mode: 'audience' | 'engagement';
  activeMs: number | null;
  foregroundMs: number;
  /** Opt-ins only: counted as an identifying act from the submission on. */
  confirmed: boolean;
};
export type ModelVisit = { visitor: string; began: number; last: number; facts: ModelFact[] };

const MINUTE = 60_000;

/** Runs of a visitor's facts in which none starts 30 minutes or more after everything before it ended. */
export function visitsOf(facts: ModelFact[]): ModelVisit[] {
  const visits: ModelVisit[] = [];
  const byVisitor = new Map<string, ModelFact[]>();
  for (const f of facts) byVisitor.set(f.visitor, [...(byVisitor.get(f.visitor) ?? []), f]);
  for (const [visitor, own] of byVisitor) {
    own.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    let open = Number.NEGATIVE_INFINITY;
    let visit: ModelVisit | null = null;
    for (const f of own) {
      if (!visit || f.at - open >= 30 * MINUTE) {
        visit = { visitor, began: f.at, last: f.at, facts: [] };
        visits.push(visit);
      }
      visit.facts.push(f);
      visit.last = f.at;
      open = Math.max(open, f.at + (f.what === 'pageview' ? f.foregroundMs : 0));
    }
  }
  return visits;
}

const isAct = (f: ModelFact) => f.what === 'identify' || (f.what === 'opt-in' && f.confirmed);

/** The figures of `[start, end)`, which spans whole site-local days; `dayOf` numbers them. */
export function figuresOf(
  facts: ModelFact[],
  start: number,
  end: number,
  dayOf: (at: number) => number,
  endOfDay: (day: number) => number,
) {
  const inside = facts.filter((f) => f.at >= start && f.at < end);
  const views = inside.filter((f) => f.what === 'pageview');
  const begun = visitsOf(facts).filter((v) => v.began >= start && v.began < end);
  const reach = (v: ModelVisit) => v.facts.filter((f) => f.at < v.began + 24 * 60 * MINUTE);
  const count = (v: ModelVisit, what: ModelFact['what']) => reach(v).filter((f) => f.what === what).length;
  const active = (v: ModelVisit) => reach(v).reduce((sum, f) => sum + (f.what === 'pageview' ? (f.activeMs ?? 0) : 0), 0);
  const timed = views.filter((f) => f.activeMs !== null);
  const visitors = [...new Set(inside.map((f) => f.visitor))];
  const lastDay = (visitor: string) => Math.max(...inside.filter((f) => f.visitor === visitor).map((f) => dayOf(f.at)));
  const known = visitors.filter((id) => facts.some((f) => f.visitor === id && isAct(f) && f.at < endOfDay(lastDay(id))));
  const recurring = visitors.filter((id) => facts.some((f) => f.visitor === id && dayOf(f.at) < lastDay(id)));
  const ratio = (a: number, b: number) => (b === 0 ? null : a / b);
  return {
    visitors: visitors.length,
    visits: begun.length,
    pageviews: views.length,
    pages_per_visit: ratio(
      begun.reduce((sum, v) => sum + count(v, 'pageview'), 0),
      begun.length,
    ),
    time_on_page: timed.length === 0 ? null : timed.reduce((sum, f) => sum + (f.activeMs ?? 0), 0) / timed.length / 1000,
    visit_time: begun.length === 0 ? null : begun.reduce((sum, v) => sum + active(v), 0) / begun.length / 1000,
    engaged_visits: begun.filter(
      (v) => active(v) >= 10_000 || count(v, 'pageview') >= 2 || count(v, 'event') + count(v, 'opt-in') >= 1,
    ).length,
    known_visitors: known.length,
    known_visits: begun.filter((v) => {
      const last = Math.max(...reach(v).map((f) => f.at));
      return facts.some((f) => f.visitor === v.visitor && isAct(f) && f.at <= last);
    }).length,
    recurring_visitors: visitors.length === 0 ? null : recurring.length,
    opt_ins: inside.filter((f) => f.what === 'opt-in').length,
    opt_ins_confirmed: inside.filter((f) => f.what === 'opt-in' && f.confirmed).length,
    opt_in_rate: ratio(begun.filter((v) => count(v, 'opt-in') > 0).length, begun.length),
    events: inside.filter((f) => f.what === 'event').length,
  };
}
