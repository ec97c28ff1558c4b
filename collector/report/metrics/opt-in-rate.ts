/** opt_in_rate: visits with ≥ 1 submitted opt-in ÷ visits. */
import { divide, type Metric, wilson } from '../metric.ts';

export const optInRate: Metric = {
  name: 'opt_in_rate',
  version: 1,
  unit: 'ratio',
  label: { fr: "Taux d'inscription", en: 'Opt-in rate' },
  definition: {
    fr: "Part des visites avec au moins une inscription. L'intervalle dit entre quelles valeurs le vrai taux se trouve, avec 95 % de confiance.",
    en: 'Share of visits with at least one opt-in. The interval says between which values the true rate lies, with 95 % confidence.',
  },
  formula: { fr: 'visites avec au moins une inscription ÷ visites', en: 'visits with ≥ 1 submitted opt-in ÷ visits' },
  additive: false,
  better: 'up',
  counts: 'visits',
  persons: { count: ({ sums }) => sums.opt_in_visits, most: ({ sums }) => sums.visits },
  value: ({ sums }) => divide(sums.opt_in_visits, sums.visits),
  interval: ({ sums }) => wilson(sums.opt_in_visits, sums.visits),
};
