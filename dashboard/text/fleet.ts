/** Words about the state of kiosks and the settings of a store. */
import type { Reason, State } from '../../collector/fleet/kiosk-state.ts';
import type { Words } from '../../collector/report/metric.ts';

export const tones: Record<State['tone'], Words> = {
  green: { fr: 'Allumée, elle envoie', en: 'On and sending' },
  amber: { fr: 'À surveiller', en: 'Needs a look' },
  red: { fr: 'En panne', en: 'Out of order' },
  asleep: { fr: 'Éteinte, magasin fermé', en: 'Off, store closed' },
  waiting: { fr: 'Pas encore enregistrée', en: 'Not enrolled yet' },
  revoked: { fr: 'Révoquée', en: 'Revoked' },
};

export const reasons: Record<Reason, Words> = {
  silent: { fr: 'silencieuse', en: 'silent' },
  never_heard: { fr: "n'a encore rien envoyé", en: 'has sent nothing yet' },
  cloned: { fr: 'deux écrans sous ce nom : tout est mis de côté', en: 'two screens under this name: everything is set aside' },
  storage_none: { fr: 'rien ne peut y être gardé', en: 'nothing can be stored on it' },
  storage_resets: { fr: 'sa mémoire est effacée', en: 'its storage is wiped' },
  queue_old: { fr: "des envois attendent depuis plus d'une heure", en: 'messages have waited for over an hour' },
  refused: { fr: 'des inscriptions ont été refusées', en: 'opt-ins were refused' },
  skew: { fr: 'horloge fausse', en: 'wrong clock' },
  errors: { fr: 'erreurs du script', en: 'script errors' },
  test: { fr: 'mode test', en: 'test mode' },
};

export const fleet = {
  queue: { fr: 'En attente', en: 'Waiting' },
  details: { fr: 'Détails', en: 'Details' },
  store: { fr: 'Magasin', en: 'Store' },
  settings: { fr: 'Réglages du magasin', en: 'Store settings' },
  addStore: { fr: 'Ajouter un magasin', en: 'Add a store' },
  addKiosk: { fr: 'Ajouter une borne', en: 'Add a kiosk' },
  name: { fr: 'Nom', en: 'Name' },
  zone: { fr: 'Fuseau horaire', en: 'Time zone' },
  zoneHint: { fr: 'Par exemple Europe/Paris.', en: 'For instance Europe/Paris.' },
  add: { fr: 'Ajouter', en: 'Add' },
  save: { fr: 'Enregistrer', en: 'Save' },
  saved: { fr: 'Enregistré. Les bornes le sauront dans deux minutes.', en: 'Saved. The kiosks will know within two minutes.' },
  wrong: { fr: "Rien n'a été enregistré : vérifiez ce champ.", en: 'Nothing was saved: check this field.' },
  secretTitle: { fr: 'Secret de mise en service', en: 'Provisioning secret' },
  secretHow: {
    fr: "Pour une borne dont la mémoire est effacée : l'adresse de démarrage se termine ainsi, pour toujours.",
    en: 'For a kiosk whose storage is wiped: its start address ends like this, for good.',
  },
  secretOnce: {
    fr: "Notez-le maintenant. Un nouveau secret met fin à celui d'avant.",
    en: 'Note it now. A new secret ends the one before.',
  },
  newSecret: { fr: 'Nouveau secret', en: 'New secret' },
  revoke: { fr: 'Révoquer : borne volée ou retirée', en: 'Revoke: stolen or removed' },
  revokeForGood: { fr: 'Oui, révoquer cette borne', en: 'Yes, revoke this kiosk' },
  revokeHint: {
    fr: "Ses clés ne reviennent pas. Ce qu'elle garde est chiffré ; un nouveau code la remet en service.",
    en: 'Its keys never come back. What it keeps is sealed; a new code puts it back into service.',
  },
  release: { fr: 'Il n’y a qu’un écran : tout compter', en: 'There is one screen: count everything' },
  health: { fr: 'Santé', en: 'Health' },
  lastSeen: { fr: 'Vue', en: 'Seen' },
  version: { fr: 'Version', en: 'Version' },
  storage: { fr: 'Mémoire', en: 'Storage' },
  skew: { fr: "Écart d'horloge", en: 'Clock skew' },
  oldest: { fr: 'Le plus ancien', en: 'Oldest' },
  refused: { fr: 'Refusées, gardées', en: 'Refused, kept' },
  setAside: { fr: 'Mises de côté', en: 'Set aside' },
  alerts: { fr: 'Alertes', en: 'Alerts' },
  noAlert: { fr: 'Aucune.', en: 'None.' },
  offline: { fr: 'Hors service', en: 'Out of order' },
  online: { fr: 'De retour', en: 'Back' },
  hours: { fr: "Heures d'ouverture", en: 'Opening hours' },
  hoursHint: { fr: 'Laissez vide un jour de fermeture.', en: 'Leave a closed day empty.' },
  from: { fr: 'ouvre', en: 'opens' },
  to: { fr: 'ferme', en: 'closes' },
  idle: { fr: "Remise à zéro après (secondes sans toucher l'écran)", en: 'Reset after (seconds without a touch)' },
  language: { fr: 'Langue après une remise à zéro', en: 'Language after a reset' },
  asPage: { fr: 'celle de la page', en: "the page's" },
  wordings: { fr: "Textes d'inscription, un par langue", en: 'Opt-in wordings, one per language' },
  invitation: { fr: "Proposer l'inscription", en: 'Offer the opt-in' },
  test: { fr: "Mode test : rien n'est compté ni enregistré", en: 'Test mode: nothing is counted or stored' },
  pin: { fr: 'Code du personnel (4 à 12 chiffres)', en: 'Staff PIN (4 to 12 digits)' },
  pinHint: {
    fr: 'Vide : inchangé. Trois secondes dans le coin en haut à gauche, puis ce code.',
    en: 'Empty: unchanged. Three seconds in the upper left corner, then this PIN.',
  },
} satisfies Record<string, Words>;

export const days: Words[] = [
  { fr: 'Lundi', en: 'Monday' },
  { fr: 'Mardi', en: 'Tuesday' },
  { fr: 'Mercredi', en: 'Wednesday' },
  { fr: 'Jeudi', en: 'Thursday' },
  { fr: 'Vendredi', en: 'Friday' },
  { fr: 'Samedi', en: 'Saturday' },
  { fr: 'Dimanche', en: 'Sunday' },
];
export const storageWords: Record<'persistent' | 'resets' | 'none', Words> = {
  persistent: { fr: 'durable', en: 'persistent' },
  resets: { fr: 'effacée', en: 'wiped' },
  none: { fr: 'aucune', en: 'none' },
};
