/** recurring_ratio: recurring_visitors ÷ visitors with a persistent web id. */
import { divide, type Metric } from '../metric.ts';

export const recurringRatio: Metric = {
  name: 'recurring_ratio',
  version: 1,
  unit: 'ratio',
  label: { fr: 'Part de visiteurs récurrents', en: 'Recurring ratio' },
  definition: {
    fr: "Visiteurs récurrents divisés par les visiteurs dont le navigateur garde l'identifiant.",
    en: 'Recurring visitors divided by the visitors whose browser keeps its id.',
  },
  formula: {
    fr: "visiteurs récurrents ÷ visiteurs dont le navigateur garde l'identifiant",
    en: 'recurring_visitors ÷ visitors with a persistent web id',
  },
  additive: false,
  better: 'up',
  counts: 'visitors',
  needs: 'first_days',
  whyNull: () => 'no_persistent_id',
  value: ({ visitors }) => (visitors ? divide(visitors.recurring, visitors.persistent) : null),
  coverage: ({ visitors }) => (visitors ? divide(visitors.persistent, visitors.visitors) : null),
};
