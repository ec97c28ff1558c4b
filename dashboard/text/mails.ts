/** Words of the page about mail: how it leaves, what waits for a decision, who confirms, and the demo's outbox. */
import type { HeldFor } from '../../collector/people/mail-quotas.ts';
import type { MailProblem, MailWay } from '../../collector/people/mail-way.ts';
import type { Words } from '../../collector/report/metric.ts';

export const mails = {
  title: { fr: 'E-mails', en: 'Mail' },
  lead: {
    fr: 'Les e-mails de confirmation : ce qui part, ce qui attend une décision, et qui confirme.',
    en: 'Confirmation mails: what leaves, what waits for a decision, and who confirms.',
  },
  help: { fr: 'Mettre l’envoi en service', en: 'Setting up sending' },
  state: { fr: 'Envoi', en: 'Sending' },
  stateNote: {
    fr: 'Les sept derniers jours. Aucune adresse n’est affichée ici.',
    en: 'The last seven days. No address is shown here.',
  },
  way: { fr: 'Par', en: 'By' },
  from: { fr: 'De', en: 'From' },
  waiting: { fr: 'En attente', en: 'Waiting' },
  sent: { fr: 'Envoyés', en: 'Sent' },
  failed: { fr: 'Abandonnés', en: 'Given up' },
  held: { fr: 'À décider', en: 'To decide' },
  heldNote: {
    fr: 'Ces personnes n’ont reçu aucun e-mail. Sans décision, leur adresse est effacée après 30 jours.',
    en: 'These people were sent no mail. Without a decision their address is deleted after 30 days.',
  },
  nothingHeld: { fr: 'Rien n’attend de décision.', en: 'Nothing waits for a decision.' },
  choose: { fr: 'Choix', en: 'Choice' },
  captured: { fr: 'Inscription', en: 'Sign-up' },
  received: { fr: 'Reçue', en: 'Received' },
  place: { fr: 'Lieu', en: 'Place' },
  wording: { fr: 'Texte', en: 'Wording' },
  send: { fr: 'Envoyer la confirmation', en: 'Send the confirmation' },
  drop: { fr: 'Abandonner', en: 'Drop' },
  dropForGood: { fr: 'Effacer ces adresses pour de bon', en: 'Delete these addresses for good' },
  noChoice: { fr: 'Cochez d’abord une inscription, ou « toutes ».', en: 'Tick a sign-up first, or “all”.' },
  settings: { fr: 'Qui confirme', en: 'Who confirms' },
  settingsNote: {
    fr: 'Un seul des deux envoie l’e-mail de confirmation, jamais les deux.',
    en: 'One of the two sends the confirmation mail, never both.',
  },
  byMail: { fr: 'Comptoir', en: 'Comptoir' },
  byMailWhat: {
    fr: 'envoie l’e-mail ; la personne confirme sur sa page.',
    en: 'sends the mail; the person confirms on its page.',
  },
  byTool: { fr: 'L’outil d’e-mails de la marque', en: 'The brand’s e-mail tool' },
  byToolWhat: {
    fr: 'envoie le sien et nous rappelle par l’API. Comptoir n’envoie rien.',
    en: 'sends its own and calls us back by the API. Comptoir sends nothing.',
  },
  hourly: { fr: 'E-mails par heure au plus', en: 'Mails an hour at most' },
  hourlyHint: {
    fr: 'Au-delà, les inscriptions attendent votre décision. Aucune n’est perdue.',
    en: 'Above it, sign-ups wait for your decision. None is lost.',
  },
  badHourly: { fr: 'Donnez un nombre entier entre 1 et 100 000.', en: 'Give a whole number from 1 to 100,000.' },
  save: { fr: 'Enregistrer', en: 'Save' },
  saved: { fr: 'C’est enregistré, pour les inscriptions à venir.', en: 'Saved, for sign-ups from now on.' },
  outbox: { fr: 'Boîte d’envoi de la démonstration', en: 'Outbox of the demo' },
  outboxNote: {
    fr: 'Cette démonstration n’envoie rien : les e-mails arrivent ici, pour que vous puissiez confirmer une inscription.',
    en: 'This demo sends nothing: mail arrives here, so that you can confirm an opt-in.',
  },
  none: {
    fr: 'Aucun e-mail. Inscrivez-vous sur le site de démonstration, il apparaîtra ici.',
    en: 'No mail yet. Sign up on the demo site and it will appear here.',
  },
  to: { fr: 'À', en: 'To' },
  asHtml: { fr: 'Voir l’e-mail tel qu’il s’affiche', en: 'See the mail as it is shown' },
} satisfies Record<string, Words>;

export const wayWords: Record<MailWay['kind'], Words> = {
  outbox: { fr: 'la boîte d’envoi de la démonstration', en: 'the outbox of the demo' },
  cloudflare: { fr: 'Cloudflare Email Service', en: 'Cloudflare Email Service' },
  http: { fr: 'le fournisseur par HTTP', en: 'the provider by HTTP' },
};

export const problemWords: Record<MailProblem, Words> = {
  no_way: { fr: 'Aucun envoi n’est en service : MAIL_WAY est vide.', en: 'No sending is set up: MAIL_WAY is empty.' },
  unknown_way: { fr: 'MAIL_WAY doit être « cloudflare » ou « http ».', en: 'MAIL_WAY must be “cloudflare” or “http”.' },
  outbox_is_for_demos: {
    fr: 'MAIL_WAY dit « outbox » : la boîte d’envoi lisible est réservée à la démonstration.',
    en: 'MAIL_WAY says “outbox”: the readable outbox is for the demo only.',
  },
  bad_sender: { fr: 'MAIL_FROM n’est pas une adresse e-mail.', en: 'MAIL_FROM is no e-mail address.' },
  no_binding: {
    fr: 'Il manque [[send_email]] dans wrangler.toml, sous le nom MAIL.',
    en: '[[send_email]] named MAIL is missing in wrangler.toml.',
  },
  no_key: { fr: 'Il manque le secret MAIL_API_KEY.', en: 'The secret MAIL_API_KEY is missing.' },
  bad_url: { fr: 'MAIL_URL doit être une adresse https.', en: 'MAIL_URL must be an https address.' },
};

export const heldWords: Record<HeldFor, Words> = {
  late: { fr: 'Plus de 30 jours', en: 'More than 30 days old' },
  device: { fr: 'Trop d’inscriptions sur une borne en une heure', en: 'Too many sign-ups on one kiosk in an hour' },
  network: { fr: 'Trop d’inscriptions d’un même réseau en une heure', en: 'Too many sign-ups from one network in an hour' },
  site: { fr: 'Au-delà des e-mails par heure du site', en: 'Above the site’s mails an hour' },
};

export const mailPhrases = {
  waits: (problem: string): Words => ({
    fr: `${problem} Les e-mails attendent, chiffrés.`,
    en: `${problem} Mail waits, sealed.`,
  }),
  next: (when: string): Words => ({ fr: `le prochain ${when}`, en: `the next ${when}` }),
  all: (n: string): Words => ({ fr: `Toutes (${n})`, en: `All (${n})` }),
  one: (when: string, place: string): Words => ({ fr: `Inscription du ${when}, ${place}`, en: `Sign-up of ${when}, ${place}` }),
  sent: (n: string, isOne: boolean, left: string): Words => ({
    fr: `${isOne ? 'Une confirmation partira.' : `${n} confirmations partiront.`}${left === '' ? '' : ` Il reste ${left} inscriptions à décider.`}`,
    en: `${isOne ? 'One confirmation will leave.' : `${n} confirmations will leave.`}${left === '' ? '' : ` ${left} sign-ups are left to decide.`}`,
  }),
  dropped: (n: string, isOne: boolean, left: string): Words => ({
    fr: `${isOne ? 'Une inscription abandonnée, son adresse effacée.' : `${n} inscriptions abandonnées, leurs adresses effacées.`}${left === '' ? '' : ` Il en reste ${left} à décider.`}`,
    en: `${isOne ? 'One sign-up dropped, its address deleted.' : `${n} sign-ups dropped, their addresses deleted.`}${left === '' ? '' : ` ${left} are left to decide.`}`,
  }),
};
