/** stickiness: mean daily visitors ÷ visitors, over the 28 days that end with the period. */
import { divide, type Metric } from '../metric.ts';

export const stickiness: Metric = {
  name: 'stickiness',
  version: 1,
  unit: 'ratio',
  label: { fr: 'Assiduité', en: 'Stickiness' },
  definition: {
    fr: "Part des visiteurs de 28 jours qui viennent un jour moyen : 20 % veut dire qu'ils viennent environ 6 jours sur 28. Les 28 jours s'arrêtent avec la période, hier au plus tard. Mesurée seulement pour les navigateurs qui gardent leur identifiant.",
    en: 'Share of the visitors of 28 days who come on a mean day: 20% means that they come on about 6 days of 28. The 28 days end with the period, yesterday at the latest. Measured only for browsers that keep their id.',
  },
  formula: {
    fr: 'moyenne des visiteurs par jour ÷ visiteurs, sur 28 jours',
    en: 'mean daily visitors ÷ visitors, over 28 days',
  },
  additive: false,
  better: 'up',
  counts: 'days',
  whyNull: () => 'no_persistent_id',
  value: ({ days }) => (days ? divide(days.daily / 28, days.visitors) : null),
};
