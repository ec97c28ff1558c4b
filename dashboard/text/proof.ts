/** Words of a proof of consent, on screen and on paper. */
import type { Words } from '../../collector/report/metric.ts';

export const proof = {
  title: { fr: 'Preuve de consentement', en: 'Proof of consent' },
  lead: {
    fr: 'Ce qui a été montré à cette personne, ce qu’elle a fait, et de quoi le vérifier sans nous.',
    en: 'What this person was shown, what they did, and what it takes to check it without us.',
  },
  help: { fr: 'Ce que vaut une preuve', en: 'What a proof is worth' },
  reason: { fr: 'Pourquoi cette preuve est-elle demandée ?', en: 'Why is this proof asked for?' },
  reasonHint: {
    fr: 'Gardé avec votre nom et l’heure : une preuve contient l’adresse de la personne.',
    en: 'Kept with your name and the time: a proof contains the person’s address.',
  },
  reasonShort: {
    fr: 'Dites pourquoi, en cinq signes au moins. Rien n’a été ouvert.',
    en: 'Say why, in at least five characters. Nothing was opened.',
  },
  asPage: { fr: 'Afficher, pour lire et imprimer', en: 'Show it, to read and print' },
  asFile: { fr: 'Télécharger le fichier vérifiable (JSON)', en: 'Download the file that can be checked (JSON)' },
  back: { fr: 'Retour à la personne', en: 'Back to the person' },
  person: { fr: 'Personne', en: 'Person' },
  address: { fr: 'Adresse', en: 'Address' },
  noAddress: { fr: 'effacée', en: 'erased' },
  site: { fr: 'Site', en: 'Site' },
  made: { fr: 'Preuve établie', en: 'Proof made' },
  checked: { fr: 'Vérification', en: 'Check' },
  sound: { fr: 'Rien n’a été modifié.', en: 'Nothing was altered.' },
  unsound: { fr: 'Quelque chose ne tient pas :', en: 'Something does not hold:' },
  shown: { fr: 'Ce qui était affiché', en: 'What was shown' },
  privacy: { fr: 'Page de confidentialité', en: 'Privacy page' },
  acts: { fr: 'Ce qui a été fait', en: 'What was done' },
  row: { fr: 'ligne', en: 'row' },
  ticked: { fr: 'Cochée', en: 'Ticked' },
  unticked: { fr: 'Laissée vide', en: 'Left empty' },
  wasTicked: { fr: 'déjà cochée à l’affichage', en: 'ticked when shown' },
  wasUnticked: { fr: 'vide à l’affichage', en: 'empty when shown' },
  gone: { fr: 'détail effacé avec la personne', en: 'detail erased with the person' },
  signed: { fr: 'Journées signées', en: 'Signed days' },
  unsigned: {
    fr: 'Aucune journée n’est encore signée : elle l’est le lendemain.',
    en: 'No day is signed yet: each is on the next day.',
  },
  key: { fr: 'Clé de signature', en: 'Signing key' },
  hash: { fr: 'Empreinte du texte', en: 'Hash of the text' },
  verify: {
    fr: 'Pour vérifier soi-même : le fichier JSON et la commande « npm run verify-proof -- fichier.json ». Ni base de données ni réseau.',
    en: 'To check it yourself: the JSON file and the command “npm run verify-proof -- file.json”. No database, no network.',
  },
} satisfies Record<string, Words>;

/** What a detail of the ledger is called. Names that are not here are shown as they are. */
export const detailWords: Record<string, Words> = {
  wording: { fr: 'Texte', en: 'Wording' },
  language: { fr: 'Langue', en: 'Language' },
  method: { fr: 'Geste', en: 'Act' },
  touchpoint: { fr: 'Point de contact', en: 'Touchpoint' },
  store: { fr: 'Magasin', en: 'Store' },
  kiosk: { fr: 'Borne', en: 'Kiosk' },
  host: { fr: 'Site', en: 'Host' },
  path: { fr: 'Page', en: 'Page' },
  capturedRawAt: { fr: 'Horloge de l’appareil', en: 'Device’s clock' },
  capturedAt: { fr: 'Horloge corrigée', en: 'Clock, corrected' },
  receivedAt: { fr: 'Reçu par le serveur', en: 'Received by the server' },
  held: { fr: 'Retenu pour décision', en: 'Held for a decision' },
  tagVersion: { fr: 'Version de la balise', en: 'Version of the tag' },
  sentTo: { fr: 'Envoyé à', en: 'Sent to' },
};
export const detailValues: Record<string, Words> = {
  'checkbox+button': { fr: 'case cochée, puis bouton', en: 'box ticked, then button' },
  'POST button': { fr: 'bouton de la page ouverte par le lien', en: 'button of the page behind the link' },
  'the address itself': { fr: 'l’adresse elle-même', en: 'the address itself' },
  'one-click': { fr: 'désinscription en un clic', en: 'one-click unsubscribe' },
  page: { fr: 'page de désinscription', en: 'unsubscribe page' },
  'my-data': { fr: 'page « Mes données »', en: 'page “My data”' },
  'not me': { fr: '« Ce n’est pas moi »', en: '“This was not me”' },
  mail: { fr: 'e-mail de confirmation', en: 'confirmation mail' },
  web: { fr: 'web', en: 'web' },
  kiosk: { fr: 'borne', en: 'kiosk' },
  true: { fr: 'oui', en: 'yes' },
  false: { fr: 'non', en: 'no' },
};
