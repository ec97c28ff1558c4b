/** Words of the overview. */
import type { Words } from '../../collector/report/metric.ts';

export const overview = {
  figures: { fr: 'Chiffres clés', en: 'Key figures' },
  traffic: { fr: 'Fréquentation', en: 'Traffic' },
  relation: { fr: 'Relation', en: 'Relationship' },
  notMeasured: { fr: 'non mesuré', en: 'not measured' },
  hidden: { fr: 'masqué', en: 'hidden' },
  hiddenWhy: {
    fr: 'Moins de dix personnes, ou la plus petite des autres cases, sans laquelle une soustraction les trahirait.',
    en: 'Fewer than ten persons, or the smallest of the other cells, without which subtraction would give them away.',
  },
  hiddenNote: {
    fr: "Masqué : sous plusieurs angles à la fois, un chiffre sur moins de dix personnes n'est pas montré.",
    en: 'Hidden: seen from several sides at once, a figure about fewer than ten persons is not shown.',
  },
  notApplicable: { fr: 'sans objet', en: 'not applicable' },
  definition: { fr: 'Définition', en: 'Definition' },
  formula: { fr: 'Calcul', en: 'Formula' },
  coverage: { fr: 'Mesuré sur', en: 'Measured on' },
  why: { fr: "Pourquoi il n'est pas mesuré", en: 'Why it is not measured' },
  interval: { fr: 'Intervalle à 95 %', en: '95% interval' },
  allDefinitions: { fr: 'Tout ce que nous comptons', en: 'Everything we count' },
  up: { fr: 'en hausse de', en: 'up' },
  down: { fr: 'en baisse de', en: 'down' },
  unchanged: { fr: 'stable', en: 'no change' },
  updating: { fr: 'Mise à jour en cours', en: 'Updating' },
  updatingWhy: {
    fr: 'Des visites arrivées en retard, une borne hors ligne par exemple, sont en cours d’ajout.',
    en: 'Visits that arrived late, from an offline kiosk for example, are being added.',
  },
  over: { fr: 'Au fil du temps', en: 'Over time' },
  chartMetric: { fr: 'Chiffre du graphique', en: 'Figure on the chart' },
  chartTable: { fr: 'Les chiffres du graphique', en: 'The figures of the chart' },
  date: { fr: 'Date', en: 'Date' },
  incomplete: { fr: 'en cours', en: 'not over yet' },
  explore: { fr: 'Parcourir le graphique avec les flèches', en: 'Walk along the chart with the arrow keys' },
  hourVisitors: {
    fr: 'Les visiteurs distincts se comptent par jour, pas par heure.',
    en: 'Distinct visitors are counted by day, not by hour.',
  },
  empty: { fr: 'Aucune visite sur cette période.', en: 'No visit in this period.' },
  emptyFiltered: { fr: 'Aucune visite de cette vue sur cette période.', en: 'No visit of this view in this period.' },
  emptyToday: { fr: "Voir aujourd'hui", en: 'Show today' },
  importedOnly: {
    fr: "Rien n'a encore été mesuré ici : tous ces chiffres viennent de votre ancien outil.",
    en: 'Nothing was measured here yet: all these figures come from your former tool.',
  },
  install: { fr: 'Poser la balise', en: 'Install the tag' },
  channelRules: { fr: "Comment un canal est décidé, et comment l'ajuster", en: 'How a channel is decided, and how to adjust it' },
  touchpoints: { fr: 'Le web et les magasins', en: 'Web and stores' },
  touchpointsNote: {
    fr: "Mêmes définitions, mêmes colonnes, aucun classement. Quand deux intervalles du taux d'inscription se recouvrent, l'écart peut n'être que du hasard.",
    en: 'Same definitions, same columns, no ranking. Where two intervals of the opt-in rate overlap, the difference may be chance alone.',
  },
  touchpoint: { fr: 'Point de contact', en: 'Touchpoint' },
  web: { fr: 'Site web', en: 'Website' },
  pages: { fr: 'Les pages', en: 'Pages' },
  pagesNote: { fr: 'Les plus vues de la période.', en: 'The most viewed in the period.' },
  sources: { fr: "D'où viennent les visites", en: 'Where visits come from' },
  sourcesNote: {
    fr: "La source est l'endroit d'où part la première page de la visite. « Accès direct » : une adresse tapée, un favori, ou un lien qui ne dit pas d'où il vient.",
    en: 'The source is where the first page of the visit was reached from. “Direct”: a typed address, a bookmark, or a link that does not say where it came from.',
  },
  nothing: { fr: "Rien à afficher pour l'instant.", en: 'Nothing to show yet.' },
  optIns: { fr: 'Les inscriptions', en: 'Opt-ins' },
  optInsNote: {
    fr: "Une inscription est « demandée » à l'envoi du formulaire, puis « confirmée » par un clic dans l'e-mail reçu. Les adresses restent à part : elles ne sont pas affichées ici.",
    en: 'An opt-in is “requested” when the form is sent, then “confirmed” by a click in the mail. Addresses are kept apart and are not shown here.',
  },
  submitted: { fr: 'demandées', en: 'requested' },
  confirmed: { fr: 'confirmées', en: 'confirmed' },
  latest: { fr: 'Les dernières, toutes périodes confondues', en: 'The latest, whatever the period' },
  noOptIn: { fr: 'Aucune inscription pour le moment.', en: 'No opt-in yet.' },
  refused: { fr: 'Ce qui n’a pas été compté', en: 'What was not counted' },
  refusedNote: {
    fr: 'Sur les 7 derniers jours. Les robots sont normaux ; un mauvais domaine se corrige. Nombres approchés.',
    en: 'Over the last 7 days. Bots are normal; a wrong domain can be mended. Approximate counts.',
  },
  about: { fr: 'environ', en: 'about' },
  noRefusal: {
    fr: 'Rien à signaler : tout ce qui est arrivé a été compté.',
    en: 'Nothing to report: everything that arrived was counted.',
  },
  whyMissing: { fr: 'Pourquoi une visite peut manquer', en: 'Why a visit may be missing' },
  none: { fr: '(sans nom)', en: '(unnamed)' },
  median: { fr: 'médiane', en: 'median' },
  p75: { fr: '3 sur 4 sous', en: '3 in 4 below' },
} satisfies Record<string, Words>;

export const overviewCounts = {
  coverage: (share: string): Words => ({ fr: `mesuré sur ${share}`, en: `measured on ${share}` }),
  from: (value: string): Words => ({ fr: `contre ${value}`, en: `from ${value}` }),
  partOf: (shown: string, total: string): Words => ({ fr: `${shown} sur ${total}`, en: `${shown} of ${total}` }),
  confirmedShare: (share: string): Words => ({ fr: `soit ${share} des demandes`, en: `${share} of requests` }),
  lastSeen: (when: string): Words => ({ fr: `dernier : ${when}`, en: `latest: ${when}` }),
};

/** States of an opt-in. */
export const optInStates: Record<string, Words> = {
  pending: { fr: 'à confirmer', en: 'to be confirmed' },
  confirmed: { fr: 'confirmée', en: 'confirmed' },
  withdrawn: { fr: 'retirée', en: 'withdrawn' },
  expired: { fr: 'expirée', en: 'expired' },
  held: { fr: 'en attente de votre décision', en: 'waiting for your decision' },
};
