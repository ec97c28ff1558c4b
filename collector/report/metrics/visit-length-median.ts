/** visit_length_median: the length, first touch to last, that half of the kiosk visits do not exceed. */
import { quantileOf } from '../../store/times.ts';
import type { Metric } from '../metric.ts';

export const visitLengthMedian: Metric = {
  name: 'visit_length_median',
  version: 1,
  unit: 'seconds',
  label: { fr: 'Durée de visite, médiane', en: 'Visit length, median' },
  definition: {
    fr: "La moitié des visites de bornes sont plus courtes, la moitié plus longues. Du premier toucher au dernier : l'attente qui suit ne compte jamais. À 1,6 % près.",
    en: 'Half of the kiosk visits are shorter, half are longer. From the first touch to the last: the wait after it never counts. Known to 1.6%.',
  },
  formula: {
    fr: 'durée que 50 % des visites de bornes ne dépassent pas',
    en: 'length that 50% of the kiosk visits do not exceed',
  },
  additive: false,
  better: 'none',
  counts: 'kiosk_visits',
  whyNull: ({ kiosks }) => (kiosks ? 'empty' : 'no_kiosk'),
  value: ({ kiosks }) => {
    const ms = kiosks ? quantileOf(kiosks.lengths, 0.5, kiosks.visits) : null;
    return ms === null ? null : ms / 1000;
  },
};
