/** pageviews: pageviews. */
import type { Metric } from '../metric.ts';

export const pageviews: Metric = {
  name: 'pageviews',
  version: 1,
  unit: 'count',
  label: { fr: 'Pages vues', en: 'Pageviews' },
  definition: {
    fr: 'Nombre de pages montrées à une personne. Une page préchargée, ou un onglet jamais regardé, ne compte pas.',
    en: 'Pages shown to a person. A prefetched page, or a tab never looked at, does not count.',
  },
  formula: { fr: 'pages vues dans la période', en: 'pageviews in the period' },
  additive: true,
  better: 'up',
  counts: 'acts',
  value: ({ sums }) => sums.pageviews,
};
