/** Why a figure is not measured: stable codes for programs, words for people. */
import type { Words } from './words.ts';

const WHY = {
  empty: {
    fr: "Il n'y a rien à diviser sur cette période.",
    en: 'There is nothing to divide by in this period.',
  },
  no_distribution: {
    fr: 'Des jours de la période datent d’avant que la répartition des temps soit gardée.',
    en: 'Some days of this period are from before the distribution of times was kept.',
  },
  no_persistent_id: {
    fr: "Aucun visiteur de la période n'a un navigateur qui garde son identifiant.",
    en: 'No visitor in this period has a browser that keeps its id.',
  },
  no_engagement: {
    fr: "Aucun visiteur de la période n'a accepté la mesure d'engagement ni confirmé une inscription.",
    en: 'No visitor in this period was in engagement mode or confirmed an opt-in.',
  },
  not_28_days: {
    fr: 'Il faut 28 jours de mesure pour le calculer.',
    en: 'It takes 28 days of measurement to work out.',
  },
  whole_site: {
    fr: 'Se compte pour le site entier, par période, point de contact, magasin ou borne.',
    en: 'Counted for the whole site, by time, touchpoint, store or kiosk.',
  },
  over_budget: {
    fr: 'Il faudrait lire trop de lignes pour cette période. Demandez moins de jours.',
    en: 'This period would take too many rows to read. Ask for fewer days.',
  },
  visitors_purged: {
    fr: 'Les visiteurs sont gardés 13 mois et 30 jours.',
    en: 'Visitors are kept for 13 months and 30 days.',
  },
  facts_purged: {
    fr: 'Le détail de ces jours est effacé : la durée de conservation du site est passée.',
    en: 'The details of these days are deleted: they are older than the site keeps them.',
  },
  no_kiosk: {
    fr: "Aucune borne n'y était en service.",
    en: 'No kiosk was in service there.',
  },
  no_hours: {
    fr: "Le magasin n'a pas d'heures d'ouverture dans ses réglages, ou il était fermé.",
    en: 'The store has no opening hours in its settings, or it was closed.',
  },
  before_site: {
    fr: "Le site n'était pas encore mesuré.",
    en: 'The site was not measured yet.',
  },
  future: {
    fr: "Ce moment n'est pas encore arrivé.",
    en: 'This time has not come yet.',
  },
  stage: {
    fr: "L'étape n'est pas encore mesurée.",
    en: 'The stage is not measured yet.',
  },
  imported_by_day: {
    fr: "Des jours viennent d'un autre outil, qui compte les visiteurs jour par jour : ils ne s'additionnent pas.",
    en: 'Some days come from another tool, which counts visitors day by day: they do not add up.',
  },
  not_imported: {
    fr: "Ces jours viennent d'un autre outil, qui ne le mesure pas.",
    en: 'These days come from another tool, which does not measure it.',
  },
} satisfies Record<string, Words>;

export type WhyCode = keyof typeof WHY;
export const WHY_CODES = Object.keys(WHY).filter((code): code is WhyCode => code in WHY);
export type Why = { code: WhyCode } & Words;

export const why = (code: WhyCode): Why => ({ code, ...WHY[code] });
