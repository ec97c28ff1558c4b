/** time:hour: hours of the site's time zone; the one repeated in autumn makes two rows. */
import { timeDimension } from '../dimension.ts';

export const timeHour = timeDimension(
  {
    name: 'time:hour',
    label: { fr: 'Heure', en: 'Hour' },
    definition: {
      fr: 'Heures du fuseau du site ; celle qui se répète en automne fait deux lignes.',
      en: "Hours of the site's time zone; the one repeated in autumn makes two rows.",
    },
  },
  'hour',
);
