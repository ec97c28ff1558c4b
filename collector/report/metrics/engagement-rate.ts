/** engagement_rate: engaged_visits ÷ visits. */
import { divide, type Metric } from '../metric.ts';

export const engagementRate: Metric = {
  name: 'engagement_rate',
  version: 1,
  unit: 'ratio',
  label: { fr: "Taux d'engagement", en: 'Engagement rate' },
  definition: {
    fr: 'Part des visites qui sont engagées.',
    en: 'Share of visits that are engaged.',
  },
  formula: { fr: 'visites engagées ÷ visites', en: 'engaged_visits ÷ visits' },
  additive: false,
  better: 'up',
  counts: 'visits',
  value: ({ sums }) => divide(sums.engaged_visits, sums.visits),
};
