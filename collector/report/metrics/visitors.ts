/** visitors: distinct visitor ids. */
import type { Metric } from '../metric.ts';

export const visitors: Metric = {
  name: 'visitors',
  version: 1,
  unit: 'count',
  label: { fr: 'Visiteurs', en: 'Visitors' },
  definition: {
    fr: 'Nombre de visiteurs distincts sur la période. Sur le web : un navigateur ; sur une borne : une personne, le temps de sa visite.',
    en: 'Distinct visitors in the period. On the web: a browser; on a kiosk: one person for one visit.',
  },
  formula: { fr: 'identifiants de visiteurs distincts', en: 'distinct visitor ids' },
  additive: false,
  better: 'up',
  counts: 'visitors',
  value: ({ visitors }) => visitors?.visitors ?? null,
};
