/** opt_ins: submitted opt-ins. */
import type { Metric } from '../metric.ts';

export const optIns: Metric = {
  name: 'opt_ins',
  version: 1,
  unit: 'count',
  label: { fr: 'Inscriptions', en: 'Opt-ins' },
  definition: {
    fr: 'Demandes de recevoir les e-mails, envoyées par formulaire ou sur une borne.',
    en: 'Requests to receive e-mails, sent by a form or on a kiosk.',
  },
  formula: { fr: 'inscriptions demandées', en: 'submitted opt-ins' },
  additive: true,
  better: 'up',
  counts: 'acts',
  persons: { count: ({ sums }) => sums.opt_ins, most: () => Number.POSITIVE_INFINITY },
  value: ({ sums }) => sums.opt_ins,
};
