/** engaged_visits: visits with ≥ 10 s active time, ≥ 2 pageviews, or ≥ 1 event or opt-in. */
import type { Metric } from '../metric.ts';

export const engagedVisits: Metric = {
  name: 'engaged_visits',
  version: 1,
  unit: 'count',
  label: { fr: 'Visites engagées', en: 'Engaged visits' },
  definition: {
    fr: "Visites d'au moins 10 secondes actives, ou 2 pages, ou une action (événement, inscription).",
    en: 'Visits with at least 10 active seconds, or 2 pages, or one act (event, opt-in).',
  },
  formula: {
    fr: 'visites de 10 s actives ou plus, de 2 pages ou plus, ou avec un événement ou une inscription',
    en: 'visits with ≥ 10 s active time, ≥ 2 pageviews, or ≥ 1 event or opt-in',
  },
  additive: true,
  better: 'up',
  counts: 'visits',
  value: ({ sums }) => sums.engaged_visits,
};
