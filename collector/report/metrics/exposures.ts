/** exposures: exposures. */
import type { Metric } from '../metric.ts';

export const exposures: Metric = {
  name: 'exposures',
  version: 1,
  unit: 'count',
  label: { fr: 'Expositions', en: 'Exposures' },
  definition: {
    fr: "Écrans de borne affichés sans que personne ne touche : de la portée, jamais de l'engagement.",
    en: 'Kiosk screens shown with nobody touching: reach, never engagement.',
  },
  formula: { fr: 'expositions', en: 'exposures' },
  additive: true,
  better: 'none',
  counts: 'exposures',
  value: ({ sums }) => sums.exposures,
};
