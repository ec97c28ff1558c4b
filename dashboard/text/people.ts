/** Words of the people screens: opt-ins, their way, one person. */
import type { OptInState } from '../../collector/people/list-opt-ins.ts';
import type { FunnelBy } from '../../collector/people/opt-in-funnel.ts';
import type { KnownBy } from '../../collector/people/persons.ts';
import type { Words } from '../../collector/report/metric.ts';

export const people = {
  title: { fr: 'Personnes', en: 'People' },
  lead: {
    fr: "Qui s'est inscrit, à quoi, et jusqu'où. Les adresses restent scellées : une personne porte ici un nom de code.",
    en: 'Who asked for mail, for what, and how far it went. Addresses stay sealed: here a person has a code name.',
  },
  help: { fr: 'Comment une personne devient connue', en: 'How a person becomes known' },
  parts: { fr: 'Vues', en: 'Views' },
  optIns: { fr: 'Inscriptions', en: 'Opt-ins' },
  funnel: { fr: 'Parcours', en: 'Funnel' },
  persons: { fr: 'Toutes les personnes', en: 'Everybody' },
  everybody: { fr: 'Toutes', en: 'All' },
  browsers: { fr: 'Navigateurs et bornes', en: 'Browsers and kiosks' },
  notYet: { fr: "pas encore : l'inscription attend", en: 'not yet: the opt-in waits' },
  noPerson: { fr: "Personne ne s'est encore fait connaître ainsi.", en: 'Nobody has become known in this way yet.' },
  filter: { fr: 'Filtrer', en: 'Filter' },
  state: { fr: 'État', en: 'State' },
  any: { fr: 'Tous', en: 'All' },
  touchpoint: { fr: 'Point de contact', en: 'Touchpoint' },
  web: { fr: 'Web', en: 'Web' },
  kiosk: { fr: 'Borne', en: 'Kiosk' },
  wording: { fr: 'Texte', en: 'Wording' },
  search: { fr: 'Chercher', en: 'Search' },
  searchHint: { fr: "Page, texte ou code d'une personne", en: 'Page, wording or code of a person' },
  searchAddressHint: { fr: 'Page, texte, code ou adresse entière', en: 'Page, wording, code or a whole address' },
  show: { fr: 'Afficher', en: 'Show' },
  reset: { fr: 'Tout afficher', en: 'Show everything' },
  person: { fr: 'Personne', en: 'Person' },
  given: { fr: 'Donnée', en: 'Given' },
  where: { fr: 'Où', en: 'Where' },
  page: { fr: 'Page', en: 'Page' },
  store: { fr: 'Magasin', en: 'Store' },
  agreed: { fr: 'Accord', en: 'Agreed to' },
  nothing: { fr: 'Aucune inscription ne correspond.', en: 'No opt-in matches.' },
  none: {
    fr: "Personne ne s'est encore inscrit. Placez le formulaire sur une page ou une borne : les inscriptions paraîtront ici.",
    en: 'Nobody has opted in yet. Put the form on a page or a kiosk and opt-ins appear here.',
  },
  nobody: { fr: "Aucune personne n'a cette adresse ici.", en: 'Nobody here has this address.' },
  news: { fr: 'e-mails', en: 'e-mails' },
  link: { fr: 'visites reliées', en: 'visits linked' },
  previous: { fr: 'Page précédente', en: 'Previous page' },
  next: { fr: 'Page suivante', en: 'Next page' },
  by: { fr: 'Par', en: 'By' },
  period: { fr: 'Période', en: 'Period' },
  submitted: { fr: 'Demandées', en: 'Submitted' },
  confirmed: { fr: 'Confirmées', en: 'Confirmed' },
  withdrawn: { fr: 'Retirées ensuite', en: 'Withdrawn since' },
  waiting: { fr: 'En attente', en: 'Waiting' },
  lapsed: { fr: 'Sans suite', en: 'Lapsed' },
  confirmedShare: { fr: 'Part confirmée', en: 'Share confirmed' },
  funnelNote: {
    fr: "Inscriptions données dans la période, et ce qu'elles sont devenues jusqu'à maintenant.",
    en: 'Opt-ins given in the period, and what has become of them until now.',
  },
  whole: { fr: 'Ensemble', en: 'Total' },
  notMeasured: { fr: 'non mesuré', en: 'not measured' },
  // One person
  knownBy: { fr: 'Connue par', en: 'Known by' },
  since: { fr: 'Depuis', en: 'Since' },
  lastAct: { fr: 'Dernier acte', en: 'Last act' },
  address: { fr: 'Adresse', en: 'Address' },
  noAddress: { fr: 'Aucune adresse', en: 'No address' },
  sealed: { fr: 'Scellée', en: 'Sealed' },
  reveal: { fr: "Voir l'adresse", en: 'Show the address' },
  reason: { fr: 'Motif', en: 'Reason' },
  reasonHint: { fr: 'Il est conservé avec votre nom et la date.', en: 'It is kept with your name and the date.' },
  reasonShort: { fr: 'Dites pourquoi, en quelques mots.', en: 'Say why, in a few words.' },
  revealed: { fr: 'Adresse affichée une fois, consultation enregistrée.', en: 'Shown once; that you looked is on record.' },
  visits: { fr: 'Ce que cette personne a fait', en: 'What this person did' },
  visitsNote: {
    fr: "Seulement en mode engagement, et seulement pendant que le navigateur était à elle. Ce que les personnes n'ont pas relié n'y est pas.",
    en: 'In engagement mode only, and only while the browser was theirs. What a person did not link is not here.',
  },
  noVisit: { fr: 'Aucune visite reliée.', en: 'No linked visit.' },
  earlier: { fr: 'Plus ancien', en: 'Earlier' },
  links: { fr: 'Navigateurs et bornes', en: 'Browsers and kiosks' },
  linksNote: { fr: 'Un navigateur est à une seule personne à la fois.', en: 'A browser is one person at a time.' },
  noLink: { fr: "Rien n'est relié.", en: 'Nothing is linked.' },
  via: { fr: 'Par', en: 'Through' },
  from: { fr: 'Du', en: 'From' },
  until: { fr: 'Au', en: 'Until' },
  open: { fr: 'en cours', en: 'open' },
  ledger: { fr: 'Registre', en: 'Ledger' },
  ledgerNote: { fr: "Chaque acte, dans son ordre. Rien ne s'y efface.", en: 'Every act, in its order. Nothing is rubbed out.' },
  noLedger: { fr: 'Aucun consentement.', en: 'No consent.' },
  act: { fr: 'Acte', en: 'Act' },
  purpose: { fr: 'Finalité', en: 'Purpose' },
  acts: { fr: 'Actions', en: 'Actions' },
  withdraw: { fr: 'Retirer le consentement', en: 'Withdraw consent' },
  withdrawHint: {
    fr: 'À la demande de la personne. Le registre garde la trace du retrait.',
    en: "At the person's request. The ledger keeps the withdrawal.",
  },
  withdrawNews: { fr: 'E-mails et tout le reste', en: 'E-mails and everything else' },
  withdrawLink: { fr: 'Seulement les visites reliées', en: 'Only the linking of visits' },
  withdrawNow: { fr: 'Retirer maintenant', en: 'Withdraw now' },
  withdrawnNow: { fr: 'Le consentement est retiré.', en: 'The consent is withdrawn.' },
  nothingToWithdraw: { fr: "Il n'y avait rien à retirer.", en: 'There was nothing to withdraw.' },
  erase: { fr: 'Tout effacer', en: 'Erase everything' },
  eraseHint: {
    fr: "À la demande de la personne. Adresse, inscriptions, visites reliées et fichiers disparaissent, sans retour. Reste qu'un effacement a eu lieu.",
    en: "At the person's request. Address, opt-ins, linked visits and files go, for good. What stays is that an erasure took place.",
  },
  eraseSure: { fr: "J'ai vérifié que c'est la bonne personne.", en: 'I have checked that it is the right person.' },
  eraseNow: { fr: 'Effacer pour toujours', en: 'Erase for good' },
  erased: { fr: 'La personne est effacée partout.', en: 'The person is erased everywhere.' },
  erasedSoon: {
    fr: "La personne est effacée. Ses visites anciennes et les fichiers d'historique suivent en quelques minutes.",
    en: 'The person is erased. Older visits and files of the history follow within minutes.',
  },
  proof: { fr: 'Preuve du consentement', en: 'Proof of consent' },
} satisfies Record<string, Words>;

export const stateWords: Record<OptInState, Words> = {
  pending: { fr: 'en attente', en: 'waiting' },
  held: { fr: 'retenue', en: 'held' },
  confirmed: { fr: 'confirmée', en: 'confirmed' },
  withdrawn: { fr: 'retirée', en: 'withdrawn' },
  expired: { fr: 'expirée', en: 'expired' },
};

export const knownByWords: Record<KnownBy, Words> = {
  'opt-in': { fr: 'inscription', en: 'opt-in' },
  signed: { fr: 'compte du site, signé', en: 'account of the site, signed' },
  unsigned: { fr: 'compte du site, non signé', en: 'account of the site, unsigned' },
};

export const funnelByWords: Record<FunnelBy | 'source', Words> = {
  source: { fr: 'Source', en: 'Source' },
  page: { fr: 'Page', en: 'Page' },
  store: { fr: 'Magasin', en: 'Store' },
  wording: { fr: 'Texte', en: 'Wording' },
  touchpoint: { fr: 'Point de contact', en: 'Touchpoint' },
};

export const viaWords: Record<'identify' | 'link' | 'opt-in', Words> = {
  identify: { fr: 'connexion au site', en: 'log-in on the site' },
  link: { fr: "lien d'un e-mail", en: 'link of a mail' },
  'opt-in': { fr: 'inscription', en: 'opt-in' },
};

export const factWords: Record<'pageview' | 'event' | 'opt-in' | 'identify' | 'visit', Words> = {
  pageview: { fr: 'Page', en: 'Page' },
  event: { fr: 'Événement', en: 'Event' },
  'opt-in': { fr: 'Inscription', en: 'Opt-in' },
  identify: { fr: 'Se fait connaître', en: 'Becomes known' },
  visit: { fr: 'Borne touchée', en: 'Kiosk touched' },
};

export const ledgerWords: Record<string, Words> = {
  submitted: { fr: 'demandé', en: 'submitted' },
  pending: { fr: 'e-mail envoyé', en: 'mail sent' },
  confirmed: { fr: 'confirmé', en: 'confirmed' },
  withdrawn: { fr: 'retiré', en: 'withdrawn' },
  bounced: { fr: 'e-mail refusé', en: 'bounced' },
  complained: { fr: 'plainte', en: 'complained' },
  erased: { fr: 'effacé', en: 'erased' },
};

export const purposeWords: Record<string, Words> = {
  news: { fr: 'e-mails', en: 'e-mails' },
  link: { fr: 'visites reliées', en: 'visits linked' },
  all: { fr: 'tout', en: 'everything' },
};

export const peopleCounts = {
  browser: (n: number): Words => ({ fr: `Navigateur ${n}`, en: `Browser ${n}` }),
  pages: (n: number, count: string, time: string): Words => ({
    fr: `${count} ${n > 1 ? 'pages' : 'page'}, ${time} d'attention`,
    en: `${count} ${n === 1 ? 'page' : 'pages'}, ${time} of attention`,
  }),
  linkEnded: (day: string): Words => ({ fr: `visites déliées le ${day}`, en: `visits unlinked on ${day}` }),
  personOf: (code: string): Words => ({ fr: `Personne ${code}`, en: `Person ${code}` }),
};
