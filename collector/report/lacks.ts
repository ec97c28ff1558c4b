/** Says of figures what they cannot say: nothing here is ever a zero. */
import { dayOf, startOfDay } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import { ADDITIVE } from '../store/visits-sql.ts';
import type { Answered } from './groups.ts';
import { keyOf } from './groups.ts';
import type { Figures } from './metric.ts';
import type { Span } from './period.ts';
import type { CutSpan, Question } from './question.ts';
import { dimensionsIn, isByTouchpoint, rollupOf } from './rollup-plan.ts';
import type { WhyCode } from './why.ts';

export function addLack(figures: Figures, what: keyof NonNullable<Figures['lacks']>, code: WhyCode): void {
  figures.lacks = { [what]: code, ...figures.lacks };
}

export const everywhere = (answered: Answered, what: keyof NonNullable<Figures['lacks']>, code: WhyCode): void => {
  for (const figures of [answered.total, ...answered.groups.values()]) addLack(figures, what, code);
};

export const isEmpty = ({ sums, visitors }: Figures) => ADDITIVE.every((name) => sums[name] === 0) && !visitors?.visitors;

/** Whether nothing can have been measured in a time at all, and why. Facts may be older than their site: a kiosk was offline. */
export function whyNever(site: Site, time: Span, figures: Figures, nowMs: number): WhyCode | null {
  if (!isEmpty(figures)) return null;
  if (time.start > nowMs) return 'future';
  return time.end <= startOfDay(site.zone, dayOf(site.zone, site.createdAt)) ? 'before_site' : null;
}

/** What no way of reading can tell for this query and this span. */
export function markLacks({ site, query, nowMs }: Question, { span, pieces }: CutSpan, answered: Answered): void {
  if (dimensionsIn(query).some((d) => d.unmeasured)) everywhere(answered, 'all', 'stage');
  if (!isByTouchpoint(rollupOf(query))) everywhere(answered, 'exposures', 'whole_site');
  const never = whyNever(site, span, answered.total, nowMs);
  if (never) addLack(answered.total, 'all', never);
  if (query.dimensions.some((d) => !d.bucket)) return;
  for (const piece of pieces) {
    const figures = answered.groups.get(keyOf(piece.labels));
    const why = figures && whyNever(site, piece, figures, nowMs);
    if (figures && why) addLack(figures, 'all', why);
  }
}
