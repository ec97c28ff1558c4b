/** events: events. */
import type { Metric } from '../metric.ts';

export const events: Metric = {
  name: 'events',
  version: 1,
  unit: 'count',
  label: { fr: 'Événements', en: 'Events' },
  definition: {
    fr: 'Actions nommées par le site : téléchargement, ajout au panier…',
    en: 'Acts named by the site: download, add to basket…',
  },
  formula: { fr: 'événements', en: 'events' },
  additive: true,
  better: 'up',
  counts: 'events',
  value: ({ sums }) => sums.events,
};
