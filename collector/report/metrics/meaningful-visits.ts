/** meaningful_visits: kiosk visits with ≥ 2 touches. */
import type { Metric } from '../metric.ts';

export const meaningfulVisits: Metric = {
  name: 'meaningful_visits',
  version: 1,
  unit: 'count',
  label: { fr: 'Visites utiles', en: 'Meaningful visits' },
  definition: {
    fr: "Visites de bornes d'au moins deux touchers. Un seul toucher réveille l'écran, souvent par hasard.",
    en: 'Kiosk visits of at least two touches. One touch wakes the screen, often by chance.',
  },
  formula: { fr: 'visites de bornes de 2 touchers ou plus', en: 'kiosk visits with ≥ 2 touches' },
  additive: true,
  better: 'up',
  counts: 'kiosk_visits',
  whyNull: () => 'no_kiosk',
  value: ({ kiosks }) => kiosks?.meaningful ?? null,
};
