/** entry_page: first page of the visit. */
import { pageDimension } from '../dimension.ts';

export const entryPage = pageDimension(
  {
    name: 'entry_page',
    label: { fr: "Page d'entrée", en: 'Entry page' },
    definition: {
      fr: 'Première page de la visite.',
      en: 'First page of the visit.',
    },
  },
  'entry_page',
  'path',
);
