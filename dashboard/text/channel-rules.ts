/** Words of the page where a site's channel rules are tried and edited. */
import type { EditProblem } from '../../collector/acquisition/edit-rules.ts';
import type { Aside } from '../../collector/acquisition/origin.ts';
import type { RuleProblem } from '../../collector/acquisition/read-rule.ts';
import type { TrialProblem } from '../../collector/acquisition/try-address.ts';
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

export const asides: Record<Aside, (host: string) => Words> = {
  own: (host) => ({
    fr: `${host} est votre propre site : ce n’est pas une provenance.`,
    en: `${host} is your own site: nobody comes from there.`,
  }),
  payment: (host) => ({
    fr: `${host} est une page de paiement : elle ramène des visiteurs sans les avoir envoyés.`,
    en: `${host} is a payment page: it brings visitors back without having sent them.`,
  }),
  sign_in: (host) => ({
    fr: `${host} est une page de connexion : elle ramène des visiteurs sans les avoir envoyés.`,
    en: `${host} is a sign-in page: it brings visitors back without having sent them.`,
  }),
  own_rule: (host) => ({
    fr: `${host} est laissé de côté par une de vos règles.`,
    en: `${host} is left aside by one of your rules.`,
  }),
};

export const trialProblems: Record<TrialProblem, Words> = {
  bad_address: { fr: "Cette adresse n'est pas celle d'une page web.", en: 'This is not the address of a web page.' },
  wrong_host: {
    fr: "Ce domaine n'est pas dans la liste de ce site : la visite serait refusée.",
    en: 'This domain is not on this site’s list: the visit would be refused.',
  },
  bad_referrer: {
    fr: "Cette provenance n'est ni un site ni une application Android (android-app://…).",
    en: 'This is neither a website nor an Android app (android-app://…).',
  },
};

export const ruleProblems: Record<RuleProblem | EditProblem | 'changed', Words> = {
  no_condition: { fr: 'Dites au moins quand la règle s’applique.', en: 'Say at least when the rule applies.' },
  no_effect: {
    fr: 'Cette règle ne changerait rien : choisissez un canal ou donnez un nom.',
    en: 'This rule would change nothing: choose a channel or give a name.',
  },
  bad_referrer: {
    fr: 'Ce n’est pas un domaine. Écrivez par exemple partenaire.fr ou *.partenaire.*',
    en: 'This is not a domain. Write for example partner.com or *.partner.*',
  },
  own_referrer: {
    fr: 'C’est votre propre site : il n’est jamais une provenance.',
    en: 'This is your own site: nobody ever comes from there.',
  },
  aside_already: {
    fr: 'Cette page de paiement ou de connexion est déjà laissée de côté.',
    en: 'This payment or sign-in page is left aside already.',
  },
  aside_needs_referrer: {
    fr: 'Pour laisser un référent de côté, dites lequel.',
    en: 'To leave a referrer aside, say which one.',
  },
  too_long: { fr: 'Ce texte est trop long.', en: 'This text is too long.' },
  unknown_channel: { fr: 'Choisissez un canal de la liste.', en: 'Choose a channel from the list.' },
  too_many: {
    fr: 'La liste est pleine : supprimez une règle, ou réunissez-en deux avec une étoile.',
    en: 'The list is full: delete a rule, or make one of two with a star.',
  },
  gone: { fr: 'Cette règle n’existe plus.', en: 'This rule is not there any more.' },
  same: {
    fr: 'Une autre règle demande déjà exactement cela : modifiez-la.',
    en: 'Another rule asks for exactly this already: edit that one.',
  },
  changed: {
    fr: 'Quelqu’un d’autre vient de changer les règles : voici la liste à jour. Recommencez s’il le faut.',
    en: 'Somebody else has just changed the rules: here is the list as it is now. Try again if you need to.',
  },
};
