/** page: path of the page where the act happened. A visit counts once on each of its pages. */
import { pageDimension } from '../dimension.ts';

export const page = pageDimension(
  {
    name: 'page',
    label: { fr: 'Page', en: 'Page' },
    definition: {
      fr: "Chemin de la page où l'acte a eu lieu. Une visite compte une fois sur chacune de ses pages.",
      en: 'Path of the page where the act happened. A visit counts once on each of its pages.',
    },
  },
  'page',
  'path',
);
