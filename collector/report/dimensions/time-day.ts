/** time:day: days of the site's time zone, from midnight to midnight. */
import { timeDimension } from '../dimension.ts';

export const timeDay = timeDimension(
  {
    name: 'time:day',
    label: { fr: 'Jour', en: 'Day' },
    definition: {
      fr: 'Jours du fuseau du site, de minuit à minuit.',
      en: "Days of the site's time zone, from midnight to midnight.",
    },
  },
  'day',
);
