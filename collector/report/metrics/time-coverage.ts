/** time_coverage: pageviews with a measured time ÷ pageviews. */
import { divide, type Metric } from '../metric.ts';

export const timeCoverage: Metric = {
  name: 'time_coverage',
  version: 1,
  unit: 'ratio',
  label: { fr: 'Part du temps mesurée', en: 'Time coverage' },
  definition: {
    fr: 'Part des pages vues dont le temps a pu être mesuré.',
    en: 'Share of pageviews whose time could be measured.',
  },
  formula: { fr: 'pages vues dont le temps est mesuré ÷ pages vues', en: 'pageviews with a measured time ÷ pageviews' },
  additive: false,
  better: 'none',
  counts: 'acts',
  value: ({ sums }) => divide(sums.timed, sums.pageviews),
};
