/** Words of signing in, and of pages that cannot be shown. */
import type { Words } from '../../collector/report/metric.ts';

export const login = {
  title: { fr: 'Connexion', en: 'Sign in' },
  lead: { fr: 'Vos visiteurs, en ligne et en magasin, côte à côte.', en: 'Your visitors, online and in store, side by side.' },
  email: { fr: 'Adresse e-mail', en: 'E-mail address' },
  password: { fr: 'Mot de passe', en: 'Password' },
  submit: { fr: 'Se connecter', en: 'Sign in' },
  wrong: { fr: 'Adresse ou mot de passe incorrect.', en: 'Wrong address or password.' },
  demo: { fr: 'Démonstration : connectez-vous avec', en: 'Demo: sign in with' },
} satisfies Record<string, Words>;

export const loginWait = (minutes: string): Words => ({
  fr: `Trop d'essais. Réessayez dans ${minutes} min.`,
  en: `Too many attempts. Try again in ${minutes} min.`,
});

export const errors = {
  missing: { fr: 'Cette page n’existe pas', en: 'There is no such page' },
  missingLead: {
    fr: "L'adresse est peut-être incomplète, ou cette page n'est pas ouverte à votre compte.",
    en: 'The address may be cut short, or this page is not open to your account.',
  },
  denied: { fr: 'Votre compte ne peut pas faire cela', en: 'Your account cannot do this' },
  deniedLead: {
    fr: 'Demandez à la personne qui gère ce site de vous en donner le droit.',
    en: 'Ask the person who manages this site for the right to do it.',
  },
  broken: { fr: 'Nous n’avons pas pu afficher cette page', en: 'We could not show this page' },
  brokenLead: {
    fr: "Rien n'est perdu : la mesure continue. Réessayez dans un instant.",
    en: 'Nothing is lost: counting goes on. Try again in a moment.',
  },
  noSite: { fr: 'Aucun site pour ce compte', en: 'No site for this account' },
  noSiteLead: {
    fr: "Votre compte existe, mais aucun site ne lui est ouvert pour l'instant.",
    en: 'Your account exists, but no site is open to it yet.',
  },
  back: { fr: "Retour à l'accueil", en: 'Back to the start' },
} satisfies Record<string, Words>;
