/** recurring: visits of browsers that had come on an earlier day; not measured for kiosks and without storage. */
import { type Dimension, NO, NOT_MEASURED, YES } from '../dimension.ts';

export const recurring: Dimension = {
  name: 'recurring',
  label: { fr: 'Récurrent', en: 'Recurring' },
  definition: {
    fr: 'Visites de navigateurs déjà venus un jour précédent ; non mesuré pour les bornes et sans stockage.',
    en: 'Visits of browsers that had come on an earlier day; not measured for kiosks and without storage.',
  },
  scope: 'person',
  rollup: null,
  of: (seen) => (seen.recurring === null ? NOT_MEASURED : seen.recurring ? YES : NO),
  needs: 'first_days',
  countsVisitors: false,
};
