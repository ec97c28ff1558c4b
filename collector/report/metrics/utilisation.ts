/** utilisation: Σ length of kiosk visits ÷ opening hours of the screens in service. */
import { divide, type Metric } from '../metric.ts';

export const utilisation: Metric = {
  name: 'utilisation',
  version: 1,
  unit: 'ratio',
  label: { fr: "Taux d'occupation", en: 'Utilisation' },
  definition: {
    fr: "Part des heures d'ouverture pendant laquelle les bornes étaient en visite, du premier toucher au dernier. Une borne compte depuis sa mise en service ; les heures sont celles des réglages du magasin aujourd'hui.",
    en: 'Share of the opening hours during which the kiosks were in a visit, from the first touch to the last. A kiosk counts from when it was first enrolled; the hours are those of the store’s settings today.',
  },
  formula: {
    fr: "Σ durée des visites commencées pendant l'ouverture, jusqu'à la fermeture ÷ Σ heures d'ouverture de chaque borne",
    en: 'Σ length of the visits begun in opening hours, until closing ÷ Σ opening hours of each kiosk',
  },
  additive: false,
  better: 'up',
  counts: 'kiosk_visits',
  whyNull: ({ kiosks }) => (kiosks ? 'no_hours' : 'no_kiosk'),
  value: ({ kiosks }) => (kiosks ? divide(kiosks.usedMs, kiosks.openMs) : null),
  coverage: ({ kiosks }) => (kiosks ? divide(kiosks.withHours, kiosks.screens) : null),
};
