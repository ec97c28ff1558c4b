/** Words of filters: what a part of the view says, and the form that adds one. */
import type { Operator } from '../../collector/report/filters/filter.ts';
import type { Words } from '../../collector/report/metric.ts';

/** What stands between a dimension and its values. */
export const operatorWords: Record<Operator, Words> = {
  is: { fr: ' :', en: ':' },
  is_not: { fr: ' : tout sauf', en: ': all but' },
  contains: { fr: ' contient', en: ' contains' },
  contains_not: { fr: ' ne contient pas', en: ' does not contain' },
  matches_wildcard: { fr: ' comme', en: ' like' },
};

/** The same as choices of a form. */
export const operatorNames: Record<Operator, Words> = {
  is: { fr: 'est', en: 'is' },
  is_not: { fr: "n'est pas", en: 'is not' },
  contains: { fr: 'contient', en: 'contains' },
  contains_not: { fr: 'ne contient pas', en: 'does not contain' },
  matches_wildcard: { fr: 'ressemble à (* et **)', en: 'matches (* and **)' },
};

export const filters = {
  label: { fr: 'Filtres', en: 'Filters' },
  add: { fr: 'Filtrer', en: 'Filter' },
  dimension: { fr: 'Critère', en: 'Property' },
  operator: { fr: 'Condition', en: 'Condition' },
  value: { fr: 'Valeur', en: 'Value' },
  apply: { fr: 'Ajouter le filtre', en: 'Add the filter' },
  help: { fr: 'Comment filtrer', en: 'How to filter' },
  remove: { fr: 'Retirer le filtre', en: 'Remove the filter' },
  clear: { fr: 'Tout retirer', en: 'Remove all' },
  only: { fr: 'N’afficher que :', en: 'Show only:' },
  or: { fr: 'ou', en: 'or' },
  and: { fr: 'et', en: 'and' },
  not: { fr: 'sauf', en: 'not' },
  unread: { fr: "Le filtre de cette adresse n'a pas pu être lu.", en: 'The filter in this address could not be read.' },
  unreadThen: { fr: 'Voici tous les chiffres, sans filtre.', en: 'These are all figures, without a filter.' },
  tooMuch: { fr: 'Trop de lignes à lire pour cette vue', en: 'Too many rows to read for this view' },
  tooMuchWhy: {
    fr: 'Un filtre relit chaque page vue de la période. Raccourcissez-la, retirez la comparaison ou un filtre.',
    en: 'A filter reads every page view of the period again. Shorten it, or remove the comparison or a filter.',
  },
  noCompare: { fr: 'Sans comparaison', en: 'Without comparison' },
  whole: { fr: 'Voir tout le trafic', en: 'Show all traffic' },
} satisfies Record<string, Words>;
