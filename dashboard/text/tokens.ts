/** Words of the page of API tokens. */
import type { Scope } from '../../collector/access/tokens.ts';
import type { Words } from '../../collector/report/metric.ts';

export const tokens = {
  signing: { fr: 'Signer les connexions', en: 'Signing log-ins' },
  signingNote: {
    fr: "Avec ce secret, votre serveur se porte garant de l'identifiant d'un client.",
    en: "With this secret your server vouches for a customer's id.",
  },
  showSigning: { fr: 'Afficher le secret', en: 'Show the secret' },
  signingKeep: {
    fr: "Il ne quitte jamais votre serveur : dans une page, n'importe qui pourrait signer.",
    en: 'It never leaves your server: in a page, anybody could sign.',
  },
  signingHelp: { fr: 'Comment signer', en: 'How to sign' },
  title: { fr: "Jetons d'API", en: 'API tokens' },
  lead: {
    fr: 'Un jeton ouvre les chiffres de vos sites à un programme. Il vaut un mot de passe.',
    en: "A token opens your sites' figures to a program. It is worth a password.",
  },
  list: { fr: 'Jetons en service', en: 'Tokens in use' },
  listNote: {
    fr: 'Un jeton révoqué ne fonctionne plus, tout de suite et partout.',
    en: 'A revoked token stops working at once, everywhere.',
  },
  none: { fr: 'Aucun jeton pour ce site.', en: 'No token for this site.' },
  name: { fr: 'Nom', en: 'Name' },
  nameHint: { fr: 'Ce qui s’en servira : « Rapport du lundi ».', en: 'What will use it: “Monday report”.' },
  scopes: { fr: 'Droits', en: 'Scopes' },
  sites: { fr: 'Sites', en: 'Sites' },
  made: { fr: 'Créé', en: 'Made' },
  used: { fr: 'Dernier usage', en: 'Last use' },
  never: { fr: 'jamais', en: 'never' },
  action: { fr: 'Révocation', en: 'Revocation' },
  revoke: { fr: 'Révoquer', en: 'Revoke' },
  revokeForGood: { fr: 'Révoquer pour de bon', en: 'Revoke for good' },
  revoked: { fr: 'Le jeton est révoqué.', en: 'The token is revoked.' },
  create: { fr: 'Nouveau jeton', en: 'New token' },
  createNote: {
    fr: 'Donnez-lui le moins de droits possible, et un jeton à chaque programme.',
    en: 'Give it as little as it needs, and each program a token of its own.',
  },
  submit: { fr: 'Créer le jeton', en: 'Make the token' },
  fresh: { fr: 'Votre nouveau jeton', en: 'Your new token' },
  once: {
    fr: 'Copiez-le maintenant : il ne sera plus affiché. Nous n’en gardons qu’une empreinte.',
    en: 'Copy it now: it will not be shown again. We keep only a hash of it.',
  },
  tryIt: { fr: 'Pour l’essayer :', en: 'To try it:' },
  incomplete: {
    fr: 'Donnez un nom, au moins un droit et au moins un site.',
    en: 'Give a name, at least one scope and at least one site.',
  },
  help: { fr: "Mode d'emploi de l'API", en: 'How to use the API' },
} satisfies Record<string, Words>;

export const scopeWords: Record<Scope, { label: Words; what: Words }> = {
  read: {
    label: { fr: 'Lire', en: 'Read' },
    what: {
      fr: 'tous les chiffres, les exports de tableaux, magasins et bornes',
      en: 'all figures, exports of tables, stores and kiosks',
    },
  },
  export: {
    label: { fr: 'Exporter le détail', en: 'Export details' },
    what: {
      fr: 'chaque page vue et chaque événement, un par un, sous pseudonyme',
      en: 'every pageview and event, one by one, under a pseudonym',
    },
  },
  write: {
    label: { fr: 'Envoyer', en: 'Send' },
    what: {
      fr: 'des pages vues et des événements depuis un serveur, et les désinscriptions d’un outil d’e-mail',
      en: 'pageviews and events from a server, and the unsubscribes of an e-mail tool',
    },
  },
  admin: {
    label: { fr: 'Administrer', en: 'Manage' },
    what: {
      fr: 'les jetons, les imports, les webhooks, la liste des membres',
      en: 'tokens, imports, webhooks, the list of members',
    },
  },
};

export const tokenPhrases = {
  revoke: (name: string): Words => ({ fr: `Révoquer ${name}`, en: `Revoke ${name}` }),
  by: (name: string): Words => ({ fr: `par ${name}`, en: `by ${name}` }),
};
