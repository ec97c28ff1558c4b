/** exit_page: last page of the visit. */
import { pageDimension } from '../dimension.ts';

export const exitPage = pageDimension(
  {
    name: 'exit_page',
    label: { fr: 'Page de sortie', en: 'Exit page' },
    definition: {
      fr: 'Dernière page de la visite.',
      en: 'Last page of the visit.',
    },
  },
  'exit_page',
  'path',
);
