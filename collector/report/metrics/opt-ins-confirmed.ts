/** opt_ins_confirmed: confirmed opt-ins, by day of submission. */
import type { Metric } from '../metric.ts';

export const optInsConfirmed: Metric = {
  name: 'opt_ins_confirmed',
  version: 1,
  unit: 'count',
  label: { fr: 'Inscriptions confirmées', en: 'Confirmed opt-ins' },
  definition: {
    fr: "Inscriptions confirmées depuis l'e-mail de confirmation, comptées le jour de la demande.",
    en: 'Opt-ins confirmed from the confirmation mail, counted on the day of the request.',
  },
  formula: {
    fr: 'inscriptions confirmées, comptées le jour de la demande',
    en: 'confirmed opt-ins, counted on the day of submission',
  },
  additive: true,
  better: 'up',
  counts: 'acts',
  persons: { count: ({ sums }) => sums.opt_ins_confirmed, most: () => Number.POSITIVE_INFINITY },
  value: ({ sums }) => sums.opt_ins_confirmed,
};
