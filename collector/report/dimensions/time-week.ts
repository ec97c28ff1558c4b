/** time:week: weeks from Monday to Sunday, named by their first day; the period may cut the first and the last. */
import { timeDimension } from '../dimension.ts';

export const timeWeek = timeDimension(
  {
    name: 'time:week',
    label: { fr: 'Semaine', en: 'Week' },
    definition: {
      fr: 'Semaines du lundi au dimanche, nommées par leur premier jour ; la première et la dernière peuvent être coupées par la période.',
      en: 'Weeks from Monday to Sunday, named by their first day; the period may cut the first and the last.',
    },
  },
  'week',
);
