/** hostname: host of the page where the act happened. */
import { pageDimension } from '../dimension.ts';

export const hostname = pageDimension(
  {
    name: 'hostname',
    label: { fr: 'Domaine', en: 'Hostname' },
    definition: {
      fr: "Domaine de la page où l'acte a eu lieu.",
      en: 'Host of the page where the act happened.',
    },
  },
  'page',
  'host',
);
