/** Words of the frame around every page. */
import type { Words } from '../../collector/report/metric.ts';

export const shell = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  menu: { fr: 'Menu', en: 'Menu' },
  navigation: { fr: 'Navigation principale', en: 'Main navigation' },
  overview: { fr: 'Rapports', en: 'Reports' },
  channels: { fr: 'Canaux', en: 'Channels' },
  kiosks: { fr: 'Bornes', en: 'Kiosks' },
  mails: { fr: 'E-mails', en: 'Mail' },
  wordings: { fr: 'Textes', en: 'Wordings' },
  collection: { fr: 'Collecte', en: 'Collection' },
  imports: { fr: 'Import', en: 'Import' },
  connections: { fr: 'Connexions', en: 'Connections' },
  tokens: { fr: 'API', en: 'API' },
  help: { fr: 'Aide', en: 'Help' },
  sites: { fr: 'Changer de site', en: 'Change site' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  language: { fr: 'Langue', en: 'Language' },
  otherLanguage: { fr: 'English', en: 'Français' },
  theme: { fr: 'Apparence', en: 'Appearance' },
  auto: { fr: 'Automatique', en: 'Automatic' },
  light: { fr: 'Claire', en: 'Light' },
  dark: { fr: 'Sombre', en: 'Dark' },
  promise: { fr: 'Chiffres exacts, sans échantillonnage ni profilage.', en: 'Exact figures: no sampling, no profiling.' },
  close: { fr: 'Fermer', en: 'Close' },
} satisfies Record<string, Words>;
