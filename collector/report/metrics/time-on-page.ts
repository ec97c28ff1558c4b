/** time_on_page: Σ active time ÷ pageviews with a measured time. */
import { divide, type Metric } from '../metric.ts';

export const timeOnPage: Metric = {
  name: 'time_on_page',
  version: 1,
  unit: 'seconds',
  label: { fr: 'Temps par page', en: 'Time on page' },
  definition: {
    fr: "Temps actif moyen par page : page visible, fenêtre au premier plan et moins de 30 secondes depuis le dernier geste. Le temps s'arrête quand la personne s'éloigne.",
    en: 'Mean active time per page: page visible, window in front, and less than 30 seconds since the last sign of life. The clock stops when the person walks away.',
  },
  formula: { fr: 'Σ temps actif ÷ pages vues dont le temps est mesuré', en: 'Σ active time ÷ pageviews with a measured time' },
  additive: false,
  better: 'none',
  counts: 'acts',
  value: ({ sums }) => {
    const mean = divide(sums.active_ms, sums.timed);
    return mean === null ? null : mean / 1000;
  },
  coverage: ({ sums }) => divide(sums.timed, sums.pageviews),
};
