/** Words of the page about what is kept, for how long, and the room it takes. */
import type { Words } from '../../collector/report/metric.ts';

export const collection = {
  title: { fr: 'Collecte', en: 'Collection' },
  lead: {
    fr: 'Ce que Comptoir garde de ce site, pendant combien de temps, et la place que cela prend.',
    en: 'What Comptoir keeps of this site, for how long, and the room it takes.',
  },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },

  storage: { fr: 'Place occupée', en: 'Storage' },
  storageNote: {
    fr: "Une base contient 10 Go, pas un octet de plus. Le trait marque l'alarme, à 70 %.",
    en: 'A database holds 10 GB and not a byte more. The line marks the alarm, at 70%.',
  },
  EVENTS: { fr: 'Mesures', en: 'Measurements' },
  eventsNote: {
    fr: 'Pages vues, événements, chiffres. Commune aux sites de la même base.',
    en: 'Pageviews, events, figures. Shared by the sites of the same database.',
  },
  PEOPLE: { fr: 'Personnes et réglages', en: 'People and settings' },
  peopleNote: {
    fr: "Comptes, bornes, inscriptions, adresses chiffrées. À part : des mesures trop nombreuses n'empêchent jamais une inscription.",
    en: 'Accounts, kiosks, opt-ins, sealed addresses. Kept apart: too many measurements never stop an opt-in.',
  },
  unmeasured: { fr: 'pas encore mesurée', en: 'not measured yet' },
  fine: { fr: 'Il reste de la place', en: 'Room left' },
  alarm: { fr: 'Bientôt pleine', en: 'Nearly full' },
  alarmWhat: {
    fr: 'Agissez maintenant : gardez le détail moins longtemps, ci-dessous, ou demandez à qui gère votre installation de déplacer un site dans une autre base. Une base pleine ne prend plus rien : les messages attendent dans une file, puis dans les navigateurs.',
    en: 'Act now: keep detail for less long, below, or ask whoever runs your installation to move a site to another database. A full database takes nothing more: messages wait in a queue, then in the browsers.',
  },

  keeping: { fr: 'Durée du détail', en: 'How long detail is kept' },
  keepingNote: {
    fr: "Le détail, c'est chaque page vue et chaque événement, un par un.",
    en: 'Detail is every pageview and every event, one by one.',
  },
  stays: { fr: 'Passé ce délai, il reste', en: 'After that, there still are' },
  staysWhat: {
    fr: 'Tous les chiffres jour par jour : visites, pages vues, temps, inscriptions, pour le site et par page, source, lieu, appareil, magasin et borne. Sans limite de durée. Les visiteurs distincts, pendant 14 mois.',
    en: 'All figures day by day: visits, pageviews, time, opt-ins, for the site and by page, source, place, device, store and kiosk. For good. Distinct visitors for 14 months.',
  },
  goes: { fr: 'Et on ne peut plus', en: 'And you can no longer' },
  goesWhat: {
    fr: "Filtrer ou croiser ces jours (les pages d'une source, les propriétés d'un événement), les recompter, ni les exporter ligne à ligne d'ici.",
    en: 'Filter or combine those days (the pages of one source, the properties of an event), count them again, or export them line by line from here.',
  },
  days: { fr: 'Garder le détail pendant, en jours', en: 'Keep detail for, in days' },
  save: { fr: 'Enregistrer', en: 'Save' },
  keep: { fr: 'Ne rien changer', en: 'Change nothing' },
  shortenWhy: {
    fr: 'Leurs chiffres jour par jour restent. Le détail, lui, ne revient pas, même si vous rallongez la durée ensuite.',
    en: 'Their daily figures stay. The detail does not come back, even if you choose a longer time later.',
  },

  history: { fr: 'Historique', en: 'History' },
  historyNote: {
    fr: "Avant d'être effacé, le détail est écrit en fichiers, jour par jour, dans votre espace R2 chez Cloudflare.",
    en: 'Before it is deleted, detail is written to files, day by day, in your own R2 storage at Cloudflare.',
  },
  written: { fr: "Écrit jusqu'au", en: 'Written up to' },
  final: { fr: "Définitif jusqu'au", en: 'Final up to' },
  nothingYet: {
    fr: 'rien encore : le premier jour est écrit le lendemain matin',
    en: 'nothing yet: the first day is written the next morning',
  },
  notFinal: {
    fr: 'rien encore : un jour est définitif 44 jours plus tard, quand plus rien ne peut lui arriver',
    en: 'nothing yet: a day is final 44 days later, when nothing can arrive for it any more',
  },
  late: { fr: "Messages arrivés après l'effacement de leur jour", en: 'Messages that arrived after their day was deleted' },
  filesStay: {
    fr: "Ces fichiers ne s'effacent pas tout seuls : fixez leur durée dans les règles de cycle de vie de l'espace R2, selon ce que vous avez annoncé à vos visiteurs.",
    en: 'These files are not deleted by themselves: set how long they live in the lifecycle rules of the R2 bucket, in line with what you told your visitors.',
  },
  noHistory: {
    fr: "Aucun espace d'historique n'est relié à cette installation : le détail n'est écrit nulle part ailleurs, et rien n'est effacé tant qu'il ne l'est pas.",
    en: 'No history storage is bound to this installation: detail is written nowhere else, and nothing is deleted until it is.',
  },
} satisfies Record<string, Words>;

export const collectionPhrases = {
  of: (bytes: string, limit: string): Words => ({ fr: `${bytes} sur ${limit}`, en: `${bytes} of ${limit}` }),
  measured: (when: string): Words => ({ fr: `mesurée ${when}`, en: `measured ${when}` }),
  kept: (days: string, since: string): Words => ({
    fr: `Le détail est gardé ${days} jours. Ce site en a depuis le ${since}.`,
    en: `Detail is kept for ${days} days. This site has it since ${since}.`,
  }),
  bounds: (least: string, most: string, standard: string): Words => ({
    fr: `De ${least} à ${most} jours. Six mois font 183 jours, treize mois ${standard} (la durée habituelle), vingt-cinq mois ${most} : le plus long que la CNIL admet pour la mesure d'audience.`,
    en: `From ${least} to ${most} days. Six months are 183 days, thirteen months ${standard} (the usual time), twenty-five months ${most}: the longest the French CNIL allows for audience measurement.`,
  }),
  outOfBounds: (least: string, most: string): Words => ({
    fr: `Donnez un nombre entier de jours, de ${least} à ${most}. Rien n'a été changé.`,
    en: `Give a whole number of days, from ${least} to ${most}. Nothing was changed.`,
  }),
  shorten: (days: string): Words => ({ fr: `Raccourcir à ${days} jours ?`, en: `Shorten to ${days} days?` }),
  shortenYes: (days: string): Words => ({ fr: `Raccourcir à ${days} jours`, en: `Shorten to ${days} days` }),
  loses: (before: string, pageviews: string): Words => ({
    fr: `Le détail d'avant le ${before} sera effacé de la base dans l'heure, dès qu'il est dans l'historique : ${pageviews}.`,
    en: `Detail before ${before} will be deleted from the database within the hour, once it is in the history: ${pageviews}.`,
  }),
  pageviews: (count: string, one: boolean): Words => ({
    fr: one ? `${count} page vue` : `${count} pages vues`,
    en: one ? `${count} pageview` : `${count} pageviews`,
  }),
  parked: (count: string, one: boolean): Words => ({
    fr: one
      ? `${count} message est mis de côté : aucune base n'a pu le prendre. Il n'est pas perdu ; qui gère votre installation le trouve, avec la raison, dans la table parked.`
      : `${count} messages sont mis de côté : aucune base n'a pu les prendre. Ils ne sont pas perdus ; qui gère votre installation les trouve, avec la raison, dans la table parked.`,
    en: one
      ? `${count} message is set aside: no database could take it. It is not lost; whoever runs your installation finds it, with the reason, in the table parked.`
      : `${count} messages are set aside: no database could take them. They are not lost; whoever runs your installation finds them, with the reason, in the table parked.`,
  }),
};
