/** recurring_visitors: visitors whose last active day has an earlier one. */
import { divide, type Metric } from '../metric.ts';

export const recurringVisitors: Metric = {
  name: 'recurring_visitors',
  version: 1,
  unit: 'count',
  label: { fr: 'Visiteurs récurrents', en: 'Recurring visitors' },
  definition: {
    fr: 'Visiteurs déjà venus un jour précédent, pendant ou avant la période. Mesuré seulement pour les navigateurs qui gardent leur identifiant.',
    en: 'Visitors who had already come on an earlier day, in or before the period. Measured only for browsers that keep their id.',
  },
  formula: {
    fr: 'visiteurs dont le dernier jour actif en suit un autre',
    en: 'visitors whose last active day has an earlier one',
  },
  additive: false,
  better: 'up',
  counts: 'visitors',
  needs: 'first_days',
  whyNull: () => 'no_persistent_id',
  value: ({ visitors }) => (visitors && visitors.persistent > 0 ? visitors.recurring : null),
  coverage: ({ visitors }) => (visitors ? divide(visitors.persistent, visitors.visitors) : null),
};
