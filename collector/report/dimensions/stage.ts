/** stage: stage of the relationship; not measured yet. */
import { type Dimension, NOT_MEASURED } from '../dimension.ts';

export const stage: Dimension = {
  name: 'stage',
  label: { fr: 'Étape', en: 'Stage' },
  definition: {
    fr: 'Étape de la relation ; pas encore mesurée.',
    en: 'Stage of the relationship; not measured yet.',
  },
  scope: 'person',
  rollup: null,
  of: () => NOT_MEASURED,
  countsVisitors: false,
  unmeasured: true,
};
