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
  when: { fr: 'Quand (UTC)', en: 'When (UTC)' },
  act: { fr: 'Acte', en: 'Act' },
  about: { fr: 'Portant sur', en: 'About' },
  how: { fr: 'Comment et où', en: 'How and where' },
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
