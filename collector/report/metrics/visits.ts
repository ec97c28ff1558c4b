/** visits: visits. */
import type { Metric } from '../metric.ts';

export const visits: Metric = {
  name: 'visits',
  version: 1,
  unit: 'count',
  label: { fr: 'Visites', en: 'Visits' },
  definition: {
    fr: "Suite d'actions d'un visiteur sans pause de 30 minutes. Sur une borne : du premier toucher jusqu'à « Terminer » ou l'inactivité. Comptée le jour où elle commence.",
    en: "A run of one visitor's acts without a break of 30 minutes. On a kiosk: from the first touch to “Done” or idle. Counted on the day it began.",
  },
  formula: { fr: 'visites commencées dans la période', en: 'visits begun in the period' },
  additive: true,
  better: 'up',
  counts: 'visits',
  value: ({ sums }) => sums.visits,
};
