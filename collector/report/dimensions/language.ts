/** language: preferred language of the browser, in two letters. */
import { spellLanguage } from '../../store/technology-names.ts';
import { unpackTechnology } from '../../store/visits-sql.ts';
import { technologyDimension } from '../dimension.ts';

export const language = technologyDimension(
  {
    name: 'language',
    label: { fr: 'Langue', en: 'Language' },
    definition: {
      fr: 'Langue préférée du navigateur, en deux lettres.',
      en: 'Preferred language of the browser, in two letters.',
    },
  },
  (value) => spellLanguage(unpackTechnology(value).language) ?? 'unknown',
);
