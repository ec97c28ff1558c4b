/** Words of the page of connections: e-mail tools and webhooks, and of one of them with its log. */
import type { Outcome } from '../../collector/notify/outlets/attempt.ts';
import type { ConnectorKind } from '../../collector/notify/outlets/outlet.ts';
import type { AnnouncementType } from '../../collector/notify/webhooks/announcement-types.ts';
import type { WebhookProblem } from '../../collector/notify/webhooks/make-webhook.ts';
import type { Words } from '../../collector/report/metric.ts';

export const connections = {
  title: { fr: 'Connexions', en: 'Connections' },
  lead: {
    fr: "Ce qui se passe ici, dit à vos autres outils : l'outil qui envoie vos e-mails, et vos propres programmes.",
    en: 'What happens here, told to your other tools: the one that sends your e-mails, and your own programs.',
  },
  help: { fr: "Mode d'emploi", en: 'How it works' },
  tools: { fr: "Outils d'e-mail", en: 'E-mail tools' },
  toolsNote: {
    fr: "Une inscription confirmée devient un contact abonné ; un retrait le désabonne ; un effacement l'y efface. L'adresse n'est ouverte que pour l'envoi, et chaque ouverture est notée.",
    en: 'A confirmed opt-in becomes a subscribed contact; a withdrawal unsubscribes it; an erasure deletes it there. The address is opened for sending only, and each opening is written down.',
  },
  noTools: { fr: "Aucun outil d'e-mail.", en: 'No e-mail tool.' },
  addTool: { fr: "Relier un outil d'e-mail", en: 'Connect an e-mail tool' },
  tool: { fr: 'Outil', en: 'Tool' },
  key: { fr: "Clé d'API", en: 'API key' },
  keyHint: {
    fr: 'Chiffrée dès sa réception, et plus jamais affichée. Mailchimp : elle finit par le centre de données, « -us21 ».',
    en: 'Encrypted on receipt, and never shown again. Mailchimp: it ends with the data centre, “-us21”.',
  },
  target: { fr: 'Liste', en: 'List' },
  targetHint: {
    fr: "Brevo : numéro de la liste. Mailchimp : identifiant de l'audience. HubSpot : numéro du type d'abonnement.",
    en: 'Brevo: number of the list. Mailchimp: id of the audience. HubSpot: number of the subscription type.',
  },
  connect: { fr: 'Relier', en: 'Connect' },
  hooks: { fr: 'Webhooks', en: 'Webhooks' },
  hooksNote: {
    fr: "Un message signé à chaque événement choisi, à une adresse de vos développeurs. Il ne contient que des identifiants, jamais d'adresse e-mail.",
    en: 'A signed message for every event you choose, to an address of your developers. It has ids only, never an e-mail address.',
  },
  noHooks: { fr: 'Aucun webhook.', en: 'No webhook.' },
  addHook: { fr: 'Nouveau webhook', en: 'New webhook' },
  url: { fr: 'Adresse', en: 'Address' },
  urlHint: { fr: 'En https, sur un nom public.', en: 'With https, on a public name.' },
  types: { fr: 'Événements', en: 'Events' },
  erasedToo: {
    fr: 'Qui apprend une inscription apprend aussi l’effacement de la personne.',
    en: 'Who is told of an opt-in is told of the person’s erasure, too.',
  },
  name: { fr: 'Nom', en: 'Name' },
  optional: { fr: 'Facultatif.', en: 'Optional.' },
  make: { fr: 'Créer le webhook', en: 'Make the webhook' },
  state: { fr: 'État', en: 'State' },
  goesTo: { fr: 'Vers', en: 'To' },
  worked: { fr: 'Dernier succès', en: 'Last success' },
  never: { fr: 'aucun encore', en: 'none yet' },
  waiting: { fr: 'En attente', en: 'Waiting' },
  active: { fr: 'en service', en: 'on' },
  troubled: { fr: 'des échecs, retentés', en: 'failures, tried again' },
  paused: { fr: 'en pause', en: 'paused' },
  gone: { fr: 'arrêté : le destinataire a répondu qu’il n’existe plus (410)', en: 'ended: the receiver said it is gone (410)' },
  failing: { fr: 'arrêté : rien n’est arrivé depuis des jours', en: 'ended: nothing arrived for days' },
  resting: { fr: 'le destinataire a demandé une pause', en: 'the receiver asked for a rest' },
  fresh: { fr: 'Son secret', en: 'Its secret' },
  once: {
    fr: 'Copiez-le maintenant : il ne sera plus affiché. Il sert à vérifier la signature de chaque message.',
    en: 'Copy it now: it will not be shown again. It checks the signature of every message.',
  },
  test: { fr: 'Envoyer un test', en: 'Send a test' },
  tested: {
    fr: 'Le test est parti. Rechargez la page pour voir la réponse dans le journal.',
    en: 'The test is on its way. Reload the page to see the answer in the log.',
  },
  all: { fr: 'Envoyer les inscrits d’avant', en: 'Send those from before' },
  allNote: {
    fr: 'Toutes les personnes qui ont confirmé, 7 000 par heure au plus. Le refaire ne change rien.',
    en: 'Everybody who confirmed, 7,000 an hour at most. Doing it again changes nothing.',
  },
  rotate: { fr: 'Changer le secret', en: 'Change the secret' },
  rotateNote: {
    fr: 'Changer le secret ne coupe rien : pendant 24 heures, les messages portent les deux signatures.',
    en: 'Changing the secret breaks nothing: for 24 hours messages carry both signatures.',
  },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre', en: 'Resume' },
  remove: { fr: 'Supprimer', en: 'Remove' },
  removeForGood: { fr: 'Supprimer pour de bon', en: 'Remove for good' },
  removeNote: {
    fr: "Les contacts déjà envoyés restent dans l'outil ; un effacement demandé ensuite n'y arrivera plus.",
    en: 'Contacts that were sent stay in the tool; an erasure asked for later will not reach it any more.',
  },
  removed: { fr: 'C’est supprimé.', en: 'It is removed.' },
  saved: { fr: 'C’est fait.', en: 'Done.' },
  replayed: { fr: 'C’est renvoyé, sous le même identifiant.', en: 'It is sent again, under the same id.' },
  notNow: { fr: 'Impossible maintenant : reprenez d’abord.', en: 'Not possible now: resume it first.' },
  settings: { fr: 'Réglages', en: 'Settings' },
  returns: { fr: 'Retour des désinscriptions', en: 'Unsubscribes back' },
  returnsNote: {
    fr: 'À coller dans Mailchimp, sous « Webhooks ». À traiter comme un mot de passe.',
    en: 'To paste in Mailchimp, under “Webhooks”. To be treated like a password.',
  },
  log: { fr: 'Journal', en: 'Log' },
  logNote: {
    fr: 'Les 50 derniers messages de 30 jours. Un échec est retenté dix fois en trois jours.',
    en: 'The last 50 messages of 30 days. A failure is tried ten times in three days.',
  },
  noLog: { fr: 'Rien encore. Envoyez un test.', en: 'Nothing yet. Send a test.' },
  message: { fr: 'Message', en: 'Message' },
  attempts: { fr: 'Tentatives', en: 'Attempts' },
  again: { fr: 'Renvoyer', en: 'Send again' },
  pending: { fr: 'en attente', en: 'waiting' },
  delivered: { fr: 'arrivé', en: 'delivered' },
  failed: { fr: 'échoué', en: 'failed' },
  tooMany: { fr: 'Un site a au plus 20 connexions.', en: 'A site has at most 20 connections.' },
  badKey: {
    fr: 'Cette clé ne peut pas être une clé de cet outil.',
    en: 'This key cannot be a key of this tool.',
  },
  badList: { fr: 'Cette liste ne peut pas en être une de cet outil.', en: 'This list cannot be one of this tool.' },
  back: { fr: 'Toutes les connexions', en: 'All connections' },
} satisfies Record<string, Words>;

export const kindNames: Record<ConnectorKind, string> = { brevo: 'Brevo', mailchimp: 'Mailchimp', hubspot: 'HubSpot' };

export const typeWords: Record<AnnouncementType | 'test', Words> = {
  'optin.submitted': { fr: 'Inscription déposée', en: 'Opt-in submitted' },
  'optin.confirmed': { fr: 'Inscription confirmée', en: 'Opt-in confirmed' },
  'optin.withdrawn': { fr: 'Inscription retirée', en: 'Opt-in withdrawn' },
  'person.erased': { fr: 'Personne effacée', en: 'Person erased' },
  'kiosk.offline': { fr: 'Borne hors ligne', en: 'Kiosk offline' },
  'kiosk.online': { fr: 'Borne de retour', en: 'Kiosk back online' },
  test: { fr: 'Test', en: 'Test' },
};

export const outcomeWords: Record<Outcome, Words> = {
  delivered: { fr: 'arrivé', en: 'delivered' },
  gone: { fr: 'n’existe plus', en: 'gone' },
  redirected: { fr: 'redirection, non suivie', en: 'redirected, not followed' },
  refused: { fr: 'refusé', en: 'refused' },
  limited: { fr: 'trop de demandes, attend', en: 'too many requests, waits' },
  timeout: { fr: 'pas de réponse à temps', en: 'no answer in time' },
  network: { fr: 'injoignable', en: 'not reachable' },
  bad_target: { fr: 'adresse refusée', en: 'address refused' },
  no_secret: { fr: 'clé illisible : reliez-le à nouveau', en: 'key not readable: connect it again' },
  broken: { fr: 'message incompris', en: 'message not understood' },
};

export const targetProblems: Record<WebhookProblem, Words> = {
  no_url: { fr: "Ce n'est pas une adresse.", en: 'This is not an address.' },
  not_https: { fr: 'Seules les adresses en https sont prises.', en: 'Only https addresses are taken.' },
  credentials: {
    fr: "L'adresse contient un nom ou un mot de passe. Vérifiez plutôt la signature.",
    en: 'The address has a user name or a password. Check the signature instead.',
  },
  port: { fr: 'Seuls les ports 443 et 8443 sont pris.', en: 'Only ports 443 and 8443 are taken.' },
  address: { fr: "L'hôte est une adresse IP. Donnez-lui un nom.", en: 'The host is an IP address. Give it a name.' },
  private_name: { fr: "Ce nom n'existe pas sur l'internet public.", en: 'This name does not exist on the public Internet.' },
  own_host: { fr: "C'est notre propre hôte.", en: 'This is our own host.' },
  unresolved: {
    fr: 'Ce nom ne mène nulle part, ou le DNS ne répond pas.',
    en: 'This name leads nowhere, or DNS does not answer.',
  },
  private_address: {
    fr: "Ce nom mène à une adresse qui n'est pas publique.",
    en: 'This name leads to an address that is not public.',
  },
  no_types: { fr: 'Choisissez au moins un événement.', en: 'Choose at least one event.' },
  too_many: connections.tooMany,
};

export const connectionPhrases = {
  all: (count: string): Words => ({
    fr: `En file d'attente : ${count} personnes.`,
    en: `Queued: ${count} persons.`,
  }),
  next: (when: string): Words => ({ fr: `prochaine tentative : ${when}`, en: `next attempt: ${when}` }),
  attempt: (when: string, outcome: string, status: number | null, ms: string): Words => ({
    fr: `${when} : ${outcome}${status === null ? '' : ` (${status})`}, ${ms} ms`,
    en: `${when}: ${outcome}${status === null ? '' : ` (${status})`}, ${ms} ms`,
  }),
  both: (until: string): Words => ({
    fr: `L'ancien secret signe encore jusqu'au ${until}.`,
    en: `The old secret signs along until ${until}.`,
  }),
  removeNamed: (name: string): Words => ({ fr: `Supprimer ${name}`, en: `Remove ${name}` }),
};
