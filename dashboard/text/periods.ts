/** Names of periods and comparisons. */
import type { Words } from '../../collector/report/metric.ts';
import type { Compare, Period } from '../../collector/report/query.ts';

export const periodNames: Record<Period, Words> = {
  day: { fr: "Aujourd'hui", en: 'Today' },
  yesterday: { fr: 'Hier', en: 'Yesterday' },
  '24h': { fr: '24 heures', en: '24 hours' },
  '7d': { fr: '7 jours', en: '7 days' },
  '28d': { fr: '28 jours', en: '28 days' },
  '91d': { fr: '91 jours', en: '91 days' },
  month: { fr: 'Ce mois-ci', en: 'This month' },
  last_month: { fr: 'Le mois dernier', en: 'Last month' },
  '6mo': { fr: '6 mois', en: '6 months' },
  '12mo': { fr: '12 mois', en: '12 months' },
  year: { fr: 'Cette année', en: 'This year' },
  all: { fr: 'Depuis le début', en: 'All time' },
};

export const compareNames: Record<NonNullable<Compare> | 'none', Words> = {
  previous_period: { fr: 'Période précédente', en: 'Previous period' },
  year: { fr: 'Année précédente', en: 'Previous year' },
  none: { fr: 'Aucune', en: 'None' },
};

export const periods = {
  label: { fr: 'Période', en: 'Period' },
  other: { fr: 'Autres dates', en: 'Other dates' },
  custom: { fr: 'Dates choisies', en: 'Chosen dates' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'au', en: 'to' },
  show: { fr: 'Afficher', en: 'Show' },
  compare: { fr: 'Comparer à', en: 'Compare with' },
  sameWeekdays: { fr: 'mêmes jours de la semaine', en: 'same days of the week' },
  takeOff: { fr: 'Ne plus comparer aux', en: 'Stop comparing with the' },
  open: { fr: 'en cours', en: 'not over yet' },
  early: (day: string): Words => ({
    fr: `pas de comparaison : mesuré depuis le ${day}`,
    en: `no comparison: measured since ${day}`,
  }),
  compared: (range: string): Words => ({ fr: `comparé à : ${range}`, en: `compared with ${range}` }),
  zone: (city: string): Words => ({ fr: `heure de ${city}`, en: `${city} time` }),
} satisfies Record<string, Words | ((text: string) => Words)>;
