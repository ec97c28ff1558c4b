/** visit_time: Σ active time of the visits ÷ visits. */
import { divide, type Metric } from '../metric.ts';

export const visitTime: Metric = {
  name: 'visit_time',
  version: 1,
  unit: 'seconds',
  label: { fr: 'Temps par visite', en: 'Visit time' },
  definition: {
    fr: 'Temps actif total des visites commencées dans la période, divisé par ces visites.',
    en: 'Active time of the visits begun in the period, divided by those visits.',
  },
  formula: { fr: 'Σ temps actif de ces visites ÷ visites', en: 'Σ active time of the visits ÷ visits' },
  additive: false,
  better: 'none',
  counts: 'visits',
  value: ({ sums }) => {
    const mean = divide(sums.visit_active_ms, sums.visits);
    return mean === null ? null : mean / 1000;
  },
};
