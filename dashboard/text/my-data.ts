/** Words of the pages on which people see, take and erase what is known of them. Read by the public. */
import type { Words } from '../../collector/report/metric.ts';

export const myData = {
  title: { fr: 'Mes données', en: 'My data' },
  address: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  addressHint: {
    fr: 'Nous ne l’enregistrons pas : nous regardons seulement si nous la connaissons.',
    en: 'We do not store it: we only look whether we know it.',
  },
  send: { fr: 'M’envoyer le lien', en: 'Send me the link' },
  sent: { fr: 'Regardez vos e-mails', en: 'Look at your mail' },
  sentLead: {
    fr: 'Si cette adresse est connue ici, un lien vient de lui être envoyé. Il arrive en une minute ou deux et s’ouvre une seule fois, pendant 30 minutes.',
    en: 'If this address is known here, a link has just been sent to it. It arrives within a minute or two and opens once, within 30 minutes.',
  },
  openLead: {
    fr: 'Un geste encore : le lien de votre e-mail ne sert qu’une fois.',
    en: 'One more step: the link in your mail works once only.',
  },
  open: { fr: 'Voir mes données', en: 'See my data' },
  openHint: { fr: 'La page se referme d’elle-même après 15 minutes.', en: 'The page closes by itself after 15 minutes.' },
  over: { fr: 'Ce lien ne s’ouvre plus', en: 'This link no longer opens' },
  overLead: {
    fr: 'Il a déjà servi, ou plus de 30 minutes ont passé. Demandez-en un autre.',
    en: 'It was used already, or more than 30 minutes have passed. Ask for another one.',
  },
  closed: { fr: 'La page est refermée', en: 'The page is closed' },
  closedLead: {
    fr: 'Vos 15 minutes sont passées, ou vous avez terminé. Demandez un autre lien pour revenir.',
    en: 'Your 15 minutes are over, or you are done. Ask for another link to come back.',
  },
  again: { fr: 'Demander un lien', en: 'Ask for a link' },
  profile: { fr: 'Vous', en: 'You' },
  noAddress: { fr: 'aucune', en: 'none' },
  knownSince: { fr: 'Connu depuis', en: 'Known since' },
  consents: { fr: 'Ce que vous avez accepté', en: 'What you agreed to' },
  noConsent: { fr: 'Vous n’avez rien accepté.', en: 'You agreed to nothing.' },
  given: { fr: 'Donné', en: 'Given' },
  state: { fr: 'État', en: 'State' },
  where: { fr: 'Où', en: 'Where' },
  ticked: { fr: 'Vous avez coché', en: 'You ticked' },
  unticked: { fr: 'Vous n’avez pas coché', en: 'You did not tick' },
  withdraw: { fr: 'Ne plus recevoir d’e-mails', en: 'Receive no more e-mails' },
  unlink: { fr: 'Ne plus relier mes visites', en: 'Stop linking my visits' },
  withdrawn: { fr: 'C’est retiré. La marque en est informée.', en: 'It is withdrawn. The brand is told.' },
  nothing: { fr: 'Il n’y avait rien à retirer.', en: 'There was nothing to withdraw.' },
  acts: { fr: 'Chaque acte, dans son ordre', en: 'Every act, in its order' },
  visits: { fr: 'Vos visites', en: 'Your visits' },
  visitsNote: {
    fr: 'Seulement celles que vous avez accepté de relier. Les statistiques anonymes ne sont à personne.',
    en: 'Only those that you agreed to link. Anonymous statistics are nobody’s.',
  },
  noVisit: { fr: 'Aucune visite n’est reliée à vous.', en: 'No visit is linked to you.' },
  measured: { fr: 'Ce qui est compté de vous', en: 'What is counted of you' },
  pageviews: { fr: 'Pages vues', en: 'Pages seen' },
  time: { fr: 'Temps d’attention', en: 'Time of attention' },
  events: { fr: 'Gestes comptés', en: 'Acts counted' },
  kioskVisits: { fr: 'Passages à une borne', en: 'Kiosk visits' },
  score: { fr: 'Note ou profil', en: 'Score or profile' },
  noScore: { fr: 'aucune', en: 'none' },
  recipients: { fr: 'À qui c’est transmis', en: 'Who is told' },
  noRecipient: { fr: 'À personne.', en: 'Nobody.' },
  take: { fr: 'Emporter', en: 'Take it with you' },
  takeNote: {
    fr: 'Tout ce qui est sur cette page, dans un fichier que d’autres programmes lisent.',
    en: 'Everything on this page, in a file that other programs read.',
  },
  download: { fr: 'Télécharger (JSON)', en: 'Download (JSON)' },
  erase: { fr: 'Tout effacer', en: 'Erase everything' },
  eraseNote: {
    fr: 'Votre adresse, vos accords et vos visites reliées disparaissent partout, sans retour. Il reste une trace sans nom qu’un effacement a eu lieu.',
    en: 'Your address, your consents and your linked visits go everywhere, for good. What stays is a nameless trace that an erasure took place.',
  },
  eraseAsk: { fr: 'Tout effacer, vraiment ?', en: 'Really erase everything?' },
  eraseYes: { fr: 'Oui, tout effacer pour toujours', en: 'Yes, erase everything for good' },
  eraseNo: { fr: 'Non, revenir', en: 'No, go back' },
  erased: { fr: 'C’est effacé', en: 'It is erased' },
  erasedLead: {
    fr: 'Nous ne savons plus qui vous êtes. Les copies de sauvegarde de la base expirent en 30 jours ; si l’une était remise en place, l’effacement y serait refait. Cet ordinateur garde peut-être encore un numéro anonyme : videz les données du site pour l’ôter aussi.',
    en: 'We no longer know who you are. Backups of the database expire within 30 days; were one restored, the erasure would be done there again. This computer may still keep an anonymous number: clear the site’s data to remove that, too.',
  },
  close: { fr: 'J’ai terminé', en: 'I am done' },
} satisfies Record<string, Words>;

export const myDataPhrases = {
  ask: (site: string): Words => ({
    fr: `Voyez ce que ${site} sait de vous, emportez-le ou effacez-le. Sans mot de passe : un lien vous est envoyé.`,
    en: `See what ${site} knows about you, take it with you, or erase it. No password: you are sent a link.`,
  }),
  until: (time: string): Words => ({ fr: `Cette page se referme à ${time}.`, en: `This page closes at ${time}.` }),
};
