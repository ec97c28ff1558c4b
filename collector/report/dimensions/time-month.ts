/** time:month: calendar months, named by their first day; the period may cut the first and the last. */
import { timeDimension } from '../dimension.ts';

export const timeMonth = timeDimension(
  {
    name: 'time:month',
    label: { fr: 'Mois', en: 'Month' },
    definition: {
      fr: 'Mois du calendrier, nommés par leur premier jour ; le premier et le dernier peuvent être coupés par la période.',
      en: 'Calendar months, named by their first day; the period may cut the first and the last.',
    },
  },
  'month',
);
