/** Words of the comparison of stores, and of the figures of one store or kiosk. */
import type { Words } from '../../collector/report/metric.ts';

export const stores = {
  title: { fr: 'Comparer les magasins', en: 'Compare stores' },
  figures: { fr: 'Chiffres', en: 'Figures' },
  byKiosk: { fr: 'Chiffres par borne', en: 'Figures by kiosk' },
  ranked: {
    fr: "Rangés par taux d'inscription, là où les intervalles à 95 % sont séparés. Des magasins dont les intervalles se recouvrent ne sont pas départageables : ils se suivent par ordre alphabétique, avec les mêmes rangs possibles. Le mode test ne compte nulle part.",
    en: 'Ranked by opt-in rate, where the 95% intervals are apart. Stores whose intervals overlap cannot be told apart: they follow each other in alphabetical order, with the same possible ranks. Test mode counts nowhere.',
  },
  figuresNote: {
    fr: "Ce que les personnes ont fait devant l'écran. Les expositions sont de la portée, jamais de l'engagement. Le mode test ne compte nulle part.",
    en: 'What people did at the screen. Exposures are reach, never engagement. Test mode counts nowhere.',
  },
  store: { fr: 'Magasin', en: 'Store' },
  rank: { fr: 'Rang', en: 'Rank' },
  all: { fr: 'Ensemble', en: 'Overall' },
  none: { fr: 'Aucun magasin pour le moment.', en: 'No store yet.' },
  noRank: { fr: 'pas de visite', en: 'no visit' },
  setHours: {
    fr: "Le taux d'occupation demande les heures d'ouverture : elles sont dans les réglages du magasin.",
    en: 'Utilisation needs the opening hours: they are in the settings of the store.',
  },
} satisfies Record<string, Words>;

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const english = (n: number) =>
  `${n}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' }[ORDINALS.select(n)]}`;
const french = (n: number) => (n === 1 ? '1er' : `${n}e`);

export const storePhrases = {
  /** A rank that is certain, at 95 %. */
  rank: (n: number): Words => ({ fr: french(n), en: english(n) }),
  /** Several stores share these. */
  between: (from: number, to: number): Words => ({
    fr: `${french(from)} à ${french(to)}, non départageables`,
    en: `${english(from)} to ${english(to)}, not separable`,
  }),
};
