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
  window: { fr: 'Période', en: 'Window' },
  addsUp: { fr: 'les parties font le total', en: 'parts add up to the whole' },
  property: { fr: "Propriété d'un événement", en: 'Property of an event' },
  propertyIs: {
    fr: "Valeur d'une propriété d'un événement de la visite ; NAME est son nom.",
    en: 'Value of a property of an event of the visit; NAME is its name.',
  },
  clickId: { fr: 'Identifiant de clic', en: 'Click id' },
  network: { fr: 'Source', en: 'Source' },
  countsAs: { fr: 'Le clic est', en: 'The click is' },
  paid: { fr: 'payant', en: 'paid' },
  affiliate: { fr: "d'affiliation", en: 'from an affiliate' },
  unpaidToo: { fr: 'payant ou non : cela ne le dit pas', en: 'paid or not: it does not say' },
  payments: { fr: 'Pages de paiement', en: 'Payment pages' },
  signIns: { fr: 'Pages de connexion', en: 'Sign-in pages' },
} satisfies Record<string, Words>;

/** A figure's formula may change one day: then its version does. */
export const helpPhrases = {
  version: (n: string): Words => ({ fr: `version ${n}`, en: `version ${n}` }),
};
