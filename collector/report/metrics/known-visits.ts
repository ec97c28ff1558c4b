/** known_visits: visits in or before which an identifying act happened. */
import type { Metric } from '../metric.ts';

export const knownVisits: Metric = {
  name: 'known_visits',
  version: 1,
  unit: 'count',
  label: { fr: 'Visites connues', en: 'Known visits' },
  definition: {
    fr: "Visites pendant lesquelles, ou avant lesquelles, le visiteur s'est fait connaître.",
    en: 'Visits in which, or before which, the visitor became known.',
  },
  formula: {
    fr: "visites pendant ou avant lesquelles le visiteur s'est fait connaître",
    en: 'visits in or before which an identifying act happened',
  },
  additive: true,
  better: 'up',
  counts: 'visits',
  needs: 'acts',
  persons: { count: ({ sums }) => sums.known_visits, most: ({ sums }) => sums.visits },
  value: ({ sums }) => sums.known_visits,
};
