/** time_on_page_p75: the active time that three quarters of the measured pageviews do not exceed. */
import { quantileOf } from '../../store/times.ts';
import { divide, type Metric } from '../metric.ts';

export const timeOnPageP75: Metric = {
  name: 'time_on_page_p75',
  version: 1,
  unit: 'seconds',
  label: { fr: 'Temps par page, 3e quartile', en: 'Time on page, 75th percentile' },
  definition: {
    fr: 'Trois pages vues sur quatre ont un temps actif plus court. À 1,6 % près.',
    en: 'Three pageviews of four have a shorter active time. Known to 1.6%.',
  },
  formula: {
    fr: 'temps actif que 75 % des pages vues dont le temps est mesuré ne dépassent pas',
    en: 'active time that 75% of the pageviews with a measured time do not exceed',
  },
  additive: false,
  better: 'none',
  counts: 'acts',
  needs: 'times',
  whyNull: ({ sums }) => (sums.timed > 0 ? 'no_distribution' : 'empty'),
  value: ({ sums }) => {
    const ms = quantileOf(sums.times, 0.75, sums.timed);
    return ms === null ? null : ms / 1000;
  },
  coverage: ({ sums }) => divide(sums.timed, sums.pageviews),
};
