/** time_on_page_median: the active time that half of the measured pageviews do not exceed. */
import { quantileOf } from '../../store/times.ts';
import { divide, type Metric } from '../metric.ts';

export const timeOnPageMedian: Metric = {
  name: 'time_on_page_median',
  version: 1,
  unit: 'seconds',
  label: { fr: 'Temps par page, médiane', en: 'Time on page, median' },
  definition: {
    fr: 'La moitié des pages vues ont un temps actif plus court, la moitié un plus long. Quelques pages restées ouvertes très longtemps ne la déplacent pas. À 1,6 % près.',
    en: 'Half of the pageviews have a shorter active time, half a longer one. A few pages that stayed open very long do not move it. Known to 1.6%.',
  },
  formula: {
    fr: 'temps actif que 50 % des pages vues dont le temps est mesuré ne dépassent pas',
    en: 'active time that 50% of the pageviews with a measured time do not exceed',
  },
  additive: false,
  better: 'none',
  counts: 'acts',
  needs: 'times',
  whyNull: ({ sums }) => (sums.timed > 0 ? 'no_distribution' : 'empty'),
  value: ({ sums }) => {
    const ms = quantileOf(sums.times, 0.5, sums.timed);
    return ms === null ? null : ms / 1000;
  },
  coverage: ({ sums }) => divide(sums.timed, sums.pageviews),
};
