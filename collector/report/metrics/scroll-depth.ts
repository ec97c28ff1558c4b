/** scroll_depth: Σ furthest percent ÷ pageviews with a measured depth. */
import { divide, type Metric } from '../metric.ts';

export const scrollDepth: Metric = {
  name: 'scroll_depth',
  version: 1,
  unit: 'percent',
  label: { fr: 'Profondeur de lecture', en: 'Scroll depth' },
  definition: {
    fr: 'Point le plus bas atteint dans la page, en pourcentage de sa hauteur, en moyenne.',
    en: 'Furthest point reached on the page, in percent of its height, on average.',
  },
  formula: {
    fr: 'Σ point le plus bas en % ÷ pages vues dont la profondeur est mesurée',
    en: 'Σ furthest percent ÷ pageviews with a measured depth',
  },
  additive: false,
  better: 'none',
  counts: 'acts',
  value: ({ sums }) => divide(sums.scroll, sums.scrolled),
  coverage: ({ sums }) => divide(sums.scrolled, sums.pageviews),
};
