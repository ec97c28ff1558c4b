/** Words of the help pages' frame, and of the parts that are made from the registries. */
import type { Words } from '../../collector/report/metric.ts';

export const helpWords = {
  title: { fr: 'Aide', en: 'Help' },
  lead: {
    fr: 'Ce que Comptoir compte, comment, et ce qu’il ne fait jamais.',
    en: 'What Comptoir counts, how, and what it never does.',
  },
  contents: { fr: "Pages d'aide", en: 'Help pages' },
  formula: { fr: 'Calcul', en: 'Formula' },
  apiName: { fr: "Nom dans l'API", en: 'API name' },
  code: { fr: 'Code', en: 'Code' },
} satisfies Record<string, Words>;
