/** Words of the page where a site's channel rules are tried and edited. */
import type { Words } from '../../collector/report/metric.ts';

export const rules = {
  title: { fr: 'Canaux', en: 'Channels' },
  lead: {
    fr: "D'où viennent les visites. Chacune compte dans un seul canal : celui de la première règle qui convient à sa première page.",
    en: 'Where visits come from. Each counts in one channel: that of the first rule that fits its first page.',
  },
  help: { fr: 'Comment un canal est décidé', en: 'How a channel is decided' },
  tryTitle: { fr: 'Essayer une adresse', en: 'Try an address' },
  tryNote: {
    fr: "Collez l'adresse d'une page et celle du site qui y mène. Rien n'est compté, rien n'est enregistré.",
    en: 'Paste the address of a page and of the website that leads to it. Nothing is counted, nothing is stored.',
  },
  address: { fr: 'Adresse de la page', en: 'Address of the page' },
  from: { fr: 'Site ou application de provenance', en: 'Website or app it is reached from' },
  mode: { fr: 'Mode de mesure', en: 'Mode' },
  engagement: { fr: 'Engagement : campagnes lues', en: 'Engagement: campaigns read' },
  audience: { fr: 'Audience : campagnes ignorées', en: 'Audience: campaigns ignored' },
  try: { fr: 'Essayer', en: 'Try' },
  result: { fr: 'Cette visite compterait dans', en: 'This visit would count in' },
  source: { fr: 'Source', en: 'Source' },
  unread: {
    fr: "L'adresse porte une campagne, mais le mode audience ne la lit pas.",
    en: 'The address carries a campaign, but audience mode does not read it.',
  },
  spam: {
    fr: 'Ce référent est un spammeur connu : la visite serait refusée.',
    en: 'This referrer is a known spammer: the visit would be refused.',
  },
  ownTitle: { fr: 'Vos règles', en: 'Your rules' },
  ownNote: {
    fr: 'Elles passent avant les règles communes, dans cet ordre. Elles valent pour les pages vues à partir de la minute qui suit ; ce qui est déjà compté ne change pas.',
    en: 'They come before the built-in rules, in this order. They hold for pages viewed from the next minute on; what is counted already does not change.',
  },
  none: {
    fr: "Aucune règle : les règles communes suffisent à la plupart des sites. Ajoutez-en une pour nommer un partenaire, une campagne aux paramètres particuliers, ou la page de paiement d'une banque.",
    en: 'No rules: the built-in ones are enough for most sites. Add one to name a partner, a campaign with parameters of its own, or the payment page of a bank.',
  },
  add: { fr: 'Ajouter une règle', en: 'Add a rule' },
  edit: { fr: 'Modifier', en: 'Edit' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  up: { fr: 'Monter', en: 'Move up' },
  down: { fr: 'Descendre', en: 'Move down' },
  save: { fr: 'Enregistrer', en: 'Save' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  when: { fr: 'Quand', en: 'When' },
  whenNote: {
    fr: 'Remplissez une case ou plusieurs : toutes doivent convenir. * remplace n’importe quel texte ; les majuscules ne comptent pas.',
    en: 'Fill in one field or more: all of them must fit. * stands for any text; case does not matter.',
  },
  outcome: { fr: 'La visite compte dans', en: 'The visit counts in' },
  asBuiltIn: { fr: 'le canal des règles communes', en: 'the channel of the built-in rules' },
  aside: { fr: 'rien : le référent est laissé de côté', en: 'nothing: the referrer is left aside' },
  leftAside: { fr: 'le référent est laissé de côté', en: 'the referrer is left aside' },
  asideNote: {
    fr: 'Laisser de côté convient à une page de paiement ou de connexion, qui ramène des visiteurs sans les avoir envoyés.',
    en: 'Leaving aside is for a payment or sign-in page, which brings visitors back without having sent them.',
  },
  name: { fr: 'Sous le nom', en: 'Under the name' },
  nameNote: { fr: 'Facultatif : le nom de la source dans les tableaux.', en: 'Optional: the name of the source in the tables.' },
  builtInTitle: { fr: 'Les règles communes', en: 'The built-in rules' },
  builtInNote: {
    fr: 'La première qui convient l’emporte. Payant : `utm_medium` contient `cp` (cpc, cpa…), vaut `ppc` ou `retargeting`, ou commence par `paid`, ou bien le clic porte l’identifiant d’une régie.',
    en: 'The first that fits wins. Paid: `utm_medium` contains `cp` (cpc, cpa…), is `ppc` or `retargeting`, or begins with `paid`, or else the click carries the id of an ad network.',
  },
  readOnly: {
    fr: 'Seul un administrateur du site peut changer les règles.',
    en: 'Only an administrator of the site can change the rules.',
  },
} satisfies Record<string, Words>;

/** The conditions of a rule, as labels of the form and in the list. */
export const conditions = {
  referrer: {
    label: { fr: 'Site référent', en: 'Referring website' },
    hint: { fr: 'partenaire.fr : ce domaine et ses sous-domaines', en: 'partner.com: that domain and its subdomains' },
  },
  source: {
    label: { fr: 'Source', en: 'Source' },
    hint: { fr: 'utm_source, ou le nom de la source', en: 'utm_source, or the name of the source' },
  },
  medium: { label: { fr: 'Support', en: 'Medium' }, hint: { fr: 'utm_medium', en: 'utm_medium' } },
  campaign: { label: { fr: 'Campagne', en: 'Campaign' }, hint: { fr: 'utm_campaign : soldes-*', en: 'utm_campaign: sales-*' } },
} satisfies Record<string, { label: Words; hint: Words }>;

export const rulePhrases = {
  builtIn: (position: string): Words => ({ fr: `Règle commune ${position}`, en: `Built-in rule ${position}` }),
  own: (position: string): Words => ({ fr: `Votre règle ${position}`, en: `Your rule ${position}` }),
  left: (count: string, of: string): Words => ({
    fr: `${count} règles sur ${of} au plus`,
    en: `${count} of at most ${of} rules`,
  }),
  moveUp: (position: string): Words => ({ fr: `Monter la règle ${position}`, en: `Move rule ${position} up` }),
  moveDown: (position: string): Words => ({ fr: `Descendre la règle ${position}`, en: `Move rule ${position} down` }),
  edit: (position: string): Words => ({ fr: `Modifier la règle ${position}`, en: `Edit rule ${position}` }),
  remove: (position: string): Words => ({ fr: `Supprimer la règle ${position}`, en: `Delete rule ${position}` }),
};
