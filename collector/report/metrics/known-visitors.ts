/** known_visitors: visitors known at the end of their last day in the period. */
import type { Metric } from '../metric.ts';

export const knownVisitors: Metric = {
  name: 'known_visitors',
  version: 1,
  unit: 'count',
  label: { fr: 'Visiteurs connus', en: 'Known visitors' },
  definition: {
    fr: 'Visiteurs qui se sont fait connaître : identification par le site, lien reçu par e-mail, ou inscription confirmée.',
    en: 'Visitors who made themselves known: identified by the site, through an e-mail link, or by a confirmed opt-in.',
  },
  formula: {
    fr: 'visiteurs connus à la fin de leur dernier jour dans la période',
    en: 'visitors known at the end of their last day in the period',
  },
  additive: false,
  better: 'up',
  counts: 'visitors',
  needs: 'acts',
  persons: { count: ({ visitors }) => visitors?.known ?? null, most: ({ visitors }) => visitors?.visitors ?? 0 },
  value: ({ visitors }) => visitors?.known ?? null,
};
