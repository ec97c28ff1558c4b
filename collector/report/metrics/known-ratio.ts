/** known_ratio: known_visitors ÷ visitors. */
import { divide, type Metric } from '../metric.ts';

export const knownRatio: Metric = {
  name: 'known_ratio',
  version: 1,
  unit: 'ratio',
  label: { fr: 'Part de visiteurs connus', en: 'Known-user ratio' },
  definition: {
    fr: "Visiteurs connus divisés par tous les visiteurs. À côté : la part des visiteurs qui ont accepté la mesure d'engagement.",
    en: 'Known visitors divided by all visitors. Beside it: the share of visitors in engagement mode.',
  },
  formula: { fr: 'visiteurs connus ÷ visiteurs', en: 'known_visitors ÷ visitors' },
  additive: false,
  better: 'up',
  counts: 'visitors',
  needs: 'acts',
  persons: { count: ({ visitors }) => visitors?.known ?? null, most: ({ visitors }) => visitors?.visitors ?? 0 },
  whyNull: () => 'no_engagement',
  // Where nobody can be known, nobody being known says nothing.
  value: ({ visitors }) =>
    visitors && visitors.engagement + visitors.known > 0 ? divide(visitors.known, visitors.visitors) : null,
  coverage: ({ visitors }) => (visitors ? divide(visitors.engagement, visitors.visitors) : null),
};
