/** bounce_rate: 1 − engagement_rate. */
import { divide, type Metric } from '../metric.ts';

export const bounceRate: Metric = {
  name: 'bounce_rate',
  version: 1,
  unit: 'ratio',
  label: { fr: 'Taux de rebond', en: 'Bounce rate' },
  definition: {
    fr: 'Part des visites qui ne sont pas engagées.',
    en: 'Share of visits that are not engaged.',
  },
  formula: { fr: "1 − taux d'engagement", en: '1 − engagement_rate' },
  additive: false,
  better: 'down',
  counts: 'visits',
  value: ({ sums }) => divide(sums.visits - sums.engaged_visits, sums.visits),
};
