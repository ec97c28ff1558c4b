/** pages_per_visit: pageviews of the visits ÷ visits. */
import { divide, type Metric } from '../metric.ts';

export const pagesPerVisit: Metric = {
  name: 'pages_per_visit',
  version: 1,
  unit: 'decimal',
  label: { fr: 'Pages par visite', en: 'Pages per visit' },
  definition: {
    fr: 'Pages vues pendant les visites commencées dans la période, divisées par ces visites.',
    en: 'Pages viewed during the visits begun in the period, divided by those visits.',
  },
  formula: { fr: 'pages vues de ces visites ÷ visites', en: 'pageviews of the visits ÷ visits' },
  additive: false,
  better: 'none',
  counts: 'visits',
  value: ({ sums }) => divide(sums.visit_pageviews, sums.visits),
};
