/** Words of the reports that list values: pages, sources, campaigns and so on. */
import type { Words } from '../../collector/report/metric.ts';
import type { Report } from '../reports.ts';

export const reportNames: Record<Report, Words> = {
  pages: { fr: 'Pages', en: 'Pages' },
  sources: { fr: 'Sources', en: 'Sources' },
  campaigns: { fr: 'Campagnes', en: 'Campaigns' },
  touchpoints: { fr: 'Magasins', en: 'Stores' },
  places: { fr: 'Lieux', en: 'Places' },
  devices: { fr: 'Appareils', en: 'Devices' },
  visitors: { fr: 'Fidélité', en: 'Loyalty' },
  events: { fr: 'Événements', en: 'Events' },
};

export const lists = {
  reports: { fr: 'Rapports', en: 'Reports' },
  overview: { fr: "Vue d'ensemble", en: 'Overview' },
  kinds: { fr: 'Vues du rapport', en: 'Views of the report' },
  search: { fr: 'Chercher', en: 'Search' },
  find: { fr: 'Chercher', en: 'Search' },
  clear: { fr: 'Effacer la recherche', en: 'Clear the search' },
  compareStores: { fr: 'Comparer les magasins', en: 'Compare stores' },
  csv: { fr: 'Télécharger en CSV', en: 'Download as CSV' },
  change: { fr: 'Évolution', en: 'Change' },
  fresh: { fr: 'nouveau', en: 'new' },
  total: { fr: 'Ensemble', en: 'Overall' },
  totalNote: {
    fr: "« Ensemble » est compté à part : une même visite peut figurer sur plusieurs lignes, qui ne s'additionnent donc pas.",
    en: '“Overall” is counted on its own: one visit may be on several rows, so they do not add up.',
  },
  addVisitors: { fr: 'Compter aussi les visiteurs', en: 'Count visitors, too' },
  dropVisitors: { fr: 'Ne plus compter les visiteurs', en: 'Stop counting visitors' },
  sortBy: { fr: 'Trier par', en: 'Sort by' },
  ascending: { fr: 'croissant', en: 'ascending' },
  descending: { fr: 'décroissant', en: 'descending' },
  pages: { fr: 'Pages de la liste', en: 'Pages of the list' },
  previous: { fr: 'Précédentes', en: 'Previous' },
  next: { fr: 'Suivantes', en: 'Next' },
  inParts: { fr: 'Afficher par 50', en: 'Show 50 at a time' },
  more: { fr: 'Tout voir', en: 'See all' },
} satisfies Record<string, Words>;

export const listCounts = {
  found: (rows: string, one: boolean): Words => ({
    fr: one ? `${rows} ligne` : `${rows} lignes`,
    en: one ? `${rows} row` : `${rows} rows`,
  }),
  part: (first: string, last: string, total: string): Words => ({
    fr: `${first} à ${last} sur ${total}`,
    en: `${first} to ${last} of ${total}`,
  }),
  all: (total: string): Words => ({ fr: `Afficher les ${total} lignes`, en: `Show all ${total} rows` }),
  none: (search: string): Words => ({ fr: `Rien ne contient « ${search} ».`, en: `Nothing contains “${search}”.` }),
};
