/** scroll_depth: Σ furthest percent ÷ pageviews with a measured depth. */
import { divide, type Metric } from '../metric.ts';

export const scrollDepth: Metric = {
  name: 'scroll_depth',
  unit: 'percent',
  label: { fr: 'Profondeur de lecture', en: 'Scroll depth' },
  definition: {
    fr: 'Point le plus bas atteint dans la page, en pourcentage de sa hauteur, en moyenne.',
    en: 'Furthest point reached on the page, in percent of its height, on average.',
  },
  formula: 'Σ furthest percent ÷ pageviews with a measured depth',
  additive: false,
  better: 'none',
  countsVisitors: false,
  value: ({ sums }) => divide(sums.scroll, sums.scrolled),
  coverage: ({ sums }) => divide(sums.scrolled, sums.pageviews),
};
