/** browser: browser of the first page of the visit, without its version. */
import { BROWSERS } from '../../store/technology-names.ts';
import { unpackTechnology } from '../../store/visits-sql.ts';
import { technologyDimension } from '../dimension.ts';

export const browser = technologyDimension(
  {
    name: 'browser',
    label: { fr: 'Navigateur', en: 'Browser' },
    definition: {
      fr: 'Navigateur de la première page de la visite, sans version.',
      en: 'Browser of the first page of the visit, without its version.',
    },
  },
  (value) => BROWSERS[unpackTechnology(value).browser] ?? 'unknown',
);
