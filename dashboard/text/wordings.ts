/** Words of the wording editor. */
import type { Words } from '../../collector/report/metric.ts';

export const wordings = {
  title: { fr: 'Textes d’inscription', en: 'Wordings' },
  lead: {
    fr: 'Ce que les gens lisent et acceptent en laissant leur adresse. Un texte enregistré ne change plus jamais : il fait preuve. Pour en changer, on en écrit un nouveau.',
    en: 'What people read and agree to when they leave their address. A registered text never changes again: it is proof. To change it, write a new one.',
  },
  help: { fr: 'Bien écrire un texte', en: 'How to write one' },
  list: { fr: 'Textes en service', en: 'Wordings in use' },
  retiredList: { fr: 'Textes retirés', en: 'Retired wordings' },
  retiredNote: {
    fr: 'Ils restent lisibles : des preuves les citent. Une inscription qui arrive encore sous un texte retiré est gardée, telle qu’elle a été montrée.',
    en: 'They stay readable: proofs cite them. An opt-in that still arrives under a retired wording is kept, as it was shown.',
  },
  none: { fr: 'Aucun texte : le formulaire ne peut pas encore s’afficher.', en: 'No wording: the form cannot be shown yet.' },
  id: { fr: 'Identifiant', en: 'Id' },
  idHint: {
    fr: 'Celui que le site et les bornes citent. Minuscules, chiffres et traits d’union.',
    en: 'The one that the site and the kiosks name. Small letters, digits and hyphens.',
  },
  language: { fr: 'Langue du texte', en: 'Language of the text' },
  fr: { fr: 'Français', en: 'French' },
  en: { fr: 'Anglais', en: 'English' },
  heading: { fr: 'Titre', en: 'Title' },
  news: { fr: 'Case « recevoir les e-mails »', en: 'Box “receive e-mails”' },
  newsHint: {
    fr: 'Ce que la personne accepte en la cochant, en une phrase entière.',
    en: 'What the person agrees to by ticking it, as one whole sentence.',
  },
  link: { fr: 'Case « relier mes visites »', en: 'Box “link my visits”' },
  linkHint: {
    fr: 'Facultative, et indépendante de la première : sans elle, les visites ne sont reliées à personne.',
    en: 'Optional, and independent of the first: without it, visits are linked to nobody.',
  },
  more: { fr: 'Autre case', en: 'Another box' },
  moreName: { fr: 'Son nom technique', en: 'Its technical name' },
  moreHint: {
    fr: 'Facultative ; par exemple « J’ai 15 ans ou plus », nom age15.',
    en: 'Optional; for instance “I am 15 or older”, named age15.',
  },
  note: { fr: 'Note sous les cases', en: 'Note below the boxes' },
  privacy: { fr: 'Adresse de la page de confidentialité', en: 'Address of the privacy page' },
  privacyHint: {
    fr: 'Une copie de cette page est gardée à l’enregistrement : elle dira un jour ce qu’on pouvait y lire.',
    en: 'A copy of this page is kept when you register: one day it will say what could be read there.',
  },
  create: { fr: 'Nouveau texte', en: 'New wording' },
  createNote: { fr: 'Vous verrez d’abord ce que verra le visiteur.', en: 'You will first see what the visitor will see.' },
  preview: { fr: 'Voir le résultat', en: 'Preview' },
  previewTitle: { fr: 'Ce que verra le visiteur', en: 'What the visitor will see' },
  previewNote: {
    fr: 'Aucune case n’est cochée d’avance, et rien ne peut le changer. Relisez : une fois enregistré, ce texte ne se corrige plus.',
    en: 'No box is ticked beforehand, and nothing can change that. Read it again: once registered, this text can no longer be corrected.',
  },
  register: { fr: 'Enregistrer pour de bon', en: 'Register for good' },
  edit: { fr: 'Corriger', en: 'Change it' },
  email: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  privacyLink: { fr: 'Confidentialité', en: 'Privacy' },
  send: { fr: 'S’inscrire', en: 'Subscribe' },
  registered: { fr: 'Le texte est enregistré.', en: 'The wording is registered.' },
  retired: { fr: 'Le texte est retiré du choix.', en: 'The wording is no longer offered.' },
  removed: { fr: 'Le texte est supprimé : personne ne l’avait accepté.', en: 'The wording is deleted: nobody had agreed to it.' },
  used: {
    fr: 'Quelqu’un a accepté ce texte : il fait partie d’une preuve et reste. Vous pouvez le retirer.',
    en: 'Somebody agreed to this text: it is part of a proof and stays. You can retire it.',
  },
  exists: {
    fr: 'Cet identifiant a déjà un autre texte. Un nouveau texte prend un nouvel identifiant.',
    en: 'This id already has another text. A new text takes a new id.',
  },
  optIns: { fr: 'Inscriptions', en: 'Opt-ins' },
  last: { fr: 'Dernière', en: 'Latest' },
  made: { fr: 'Enregistré', en: 'Registered' },
  hash: { fr: 'Empreinte', en: 'Hash' },
  privacyCopy: { fr: 'Copie de la page de confidentialité', en: 'Copy of the privacy page' },
  noCopy: { fr: 'non gardée : la page n’a pas pu être lue', en: 'not kept: the page could not be read' },
  never: { fr: 'jamais', en: 'never' },
  newVersion: { fr: 'Nouvelle version', en: 'New version' },
  retire: { fr: 'Retirer', en: 'Retire' },
  retireForGood: { fr: 'Retirer du choix', en: 'Offer it no longer' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  stillUsed: {
    fr: 'Des inscriptions arrivent encore sous ce texte retiré : une page ou une borne le montre toujours.',
    en: 'Opt-ins still arrive under this retired wording: a page or a kiosk still shows it.',
  },
} satisfies Record<string, Words>;

/** What is wrong, by the part of the wording. */
export const wordingProblems: Record<string, Words> = {
  id: {
    fr: 'L’identifiant : minuscules, chiffres et traits d’union, 60 signes au plus.',
    en: 'The id: small letters, digits and hyphens, at most 60 of them.',
  },
  language: { fr: 'Choisissez la langue.', en: 'Choose the language.' },
  title: { fr: 'Le titre : de 1 à 120 signes.', en: 'The title: 1 to 120 characters.' },
  boxes: {
    fr: 'Les cases : « recevoir les e-mails » a besoin de son texte, de 1 000 signes au plus ; une autre case, d’un texte et d’un nom à elle, en minuscules.',
    en: 'The boxes: “receive e-mails” needs its text, of at most 1,000 characters; another box needs a text and a name of its own, in small letters.',
  },
  note: { fr: 'La note : 2 000 signes au plus.', en: 'The note: at most 2,000 characters.' },
  privacyUrl: {
    fr: 'L’adresse de la page de confidentialité commence par https://.',
    en: 'The address of the privacy page begins with https://.',
  },
};
export const wordingPhrases = {
  of: (id: string): Words => ({ fr: `Nouvelle version de ${id}`, en: `New version of ${id}` }),
};
