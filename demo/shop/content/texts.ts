/** Short texts of the template, in both languages. */
import type { Bilingual, Language } from './products.ts';

const texts = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  menu: { fr: 'Navigation principale', en: 'Main navigation' },
  teas: { fr: 'Thés', en: 'Teas' },
  tableware: { fr: 'Vaisselle', en: 'Tableware' },
  studio: { fr: 'Atelier', en: 'Blend studio' },
  journal: { fr: 'Journal', en: 'Journal' },
  stores: { fr: 'Boutiques', en: 'Stores' },
  letter: { fr: 'La lettre', en: 'Newsletter' },
  other: { fr: 'English', en: 'Français' },
  basket: { fr: 'Panier', en: 'Basket' },
  tagline: { fr: 'Thés et vaisselle, depuis 2009', en: 'Teas and tableware since 2009' },
  heroTitle: { fr: 'Le thé, et ce qui l’entoure', en: 'Tea, and everything around it' },
  heroLead: {
    fr: 'Quatre compositions, quatre pièces de vaisselle, trois boutiques. Peu de choses, choisies longtemps.',
    en: 'Four blends, four pieces of tableware, three stores. Few things, chosen slowly.',
  },
  seeTeas: { fr: 'Découvrir les thés', en: 'Discover the teas' },
  seeAll: { fr: 'Toute la vaisselle', en: 'All tableware' },
  season: { fr: 'Les essentiels d’automne', en: 'Autumn essentials' },
  studioTitle: { fr: 'Composez votre mélange', en: 'Compose your own blend' },
  studioLead: {
    fr: 'Une base, deux ou trois notes, une boîte gravée à votre nom. L’atelier prépare votre thé à la main, en quarante-huit heures.',
    en: 'A base, two or three notes, a tin with your name. The studio blends your tea by hand within forty-eight hours.',
  },
  studioOpen: { fr: 'Entrer dans l’atelier', en: 'Enter the studio' },
  journalTitle: { fr: 'Le journal', en: 'The journal (in French)' },
  journalLead: { fr: 'Des histoires d’eau, de feu et de patience.', en: 'Stories of water, fire and patience.' },
  read: { fr: 'Lire', en: 'Read' },
  minutes: { fr: 'min de lecture', en: 'min read' },
  storesTitle: { fr: 'Trois boutiques', en: 'Three stores' },
  storesLead: {
    fr: 'On y goûte, on y touche, on y reste. Une borne y présente toute la maison.',
    en: 'Taste, touch, stay a while. A screen in each store shows the whole house.',
  },
  storesLink: { fr: 'Adresses et horaires', en: 'Addresses and hours' },
  hours: { fr: 'Horaires', en: 'Opening hours' },
  letterTitle: { fr: 'Une lettre par mois', en: 'One letter a month' },
  letterLead: {
    fr: 'Les nouvelles compositions, les dégustations près de chez vous, et rien d’autre.',
    en: 'New blends, tastings near you, and nothing else.',
  },
  letterLink: { fr: 'Recevoir la lettre', en: 'Receive the letter' },
  email: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  send: { fr: 'M’inscrire', en: 'Sign up' },
  privacy: { fr: 'Confidentialité', en: 'Privacy' },
  privacyMore: { fr: 'Ce que nous faisons de vos données', en: 'What we do with your data' },
  thanksTitle: { fr: 'Merci.', en: 'Thank you.' },
  thanks: {
    fr: 'Un e-mail part vers vous : un clic y confirmera votre inscription.',
    en: 'An e-mail is on its way: one click in it confirms your subscription.',
  },
  sending: { fr: 'Envoi en cours…', en: 'Sending…' },
  letterFailed: {
    fr: 'L’inscription n’a pas pu être envoyée. Vérifiez l’adresse et les cases, puis réessayez.',
    en: 'We could not send your sign-up. Check the address and the boxes, then try again.',
  },
  add: { fr: 'Ajouter au panier', en: 'Add to basket' },
  added: {
    fr: 'Ajouté au panier. Ici s’arrête la démonstration : rien ne sera débité.',
    en: 'Added to your basket. The demonstration ends here: nothing will be charged.',
  },
  also: { fr: 'Dans la même collection', en: 'From the same collection' },
  back: { fr: 'Retour', en: 'Back' },
  home: { fr: 'Accueil', en: 'Home' },
  brochure: { fr: 'Carnet d’automne (PDF)', en: 'Autumn booklet (PDF, in French)' },
  consent: { fr: 'Mesure d’audience', en: 'Audience measurement' },
  allow: { fr: 'Autoriser la mesure d’engagement', en: 'Allow engagement measurement' },
  refuse: { fr: 'Refuser', en: 'Refuse' },
  allowed: { fr: 'Mesure d’engagement autorisée', en: 'Engagement measurement allowed' },
  refused: { fr: 'Mesure anonyme seulement', en: 'Anonymous measurement only' },
  fiction: {
    fr: 'Maison Amarante est une marque imaginaire : la démonstration de Comptoir.',
    en: 'Maison Amarante is an imaginary brand: the demonstration of Comptoir.',
  },
  lostTitle: { fr: 'Cette page a infusé trop longtemps', en: 'This page has brewed for too long' },
  lostLead: { fr: 'Elle n’existe pas, ou n’existe plus.', en: 'It does not exist, or no longer does.' },
} satisfies Record<string, Bilingual>;

export type TextName = keyof typeof texts;
export const text = (name: TextName, language: Language): string => texts[name][language];

/** What the privacy page says: true for this demonstration. */
export const privacy: { heading: Bilingual; text: Bilingual }[] = [
  {
    heading: { fr: 'Mesure d’audience', en: 'Audience measurement' },
    text: {
      fr: 'Nous comptons les pages vues et le temps passé avec Comptoir, installé sur nos propres serveurs. Par défaut, la mesure est anonyme. La mesure d’engagement (campagnes, visites reliées) n’a lieu que si vous l’autorisez, en bas de chaque page ; vous pouvez la refuser au même endroit.',
      en: 'We count page views and time spent with Comptoir, running on our own servers. By default the measurement is anonymous. Engagement measurement (campaigns, linked visits) happens only if you allow it, at the foot of every page; you can refuse it in the same place.',
    },
  },
  {
    heading: { fr: 'La lettre', en: 'The newsletter' },
    text: {
      fr: 'Votre adresse sert à vous écrire, et à rien d’autre si vous ne cochez que la première case. Elle est conservée chiffrée, à part des statistiques. Chaque e-mail porte un lien de désinscription.',
      en: 'Your address is used to write to you, and for nothing else if you tick only the first box. It is kept encrypted, apart from the statistics. Every e-mail carries an unsubscribe link.',
    },
  },
  {
    heading: { fr: 'En boutique', en: 'In store' },
    text: {
      fr: 'Nos bornes oublient chaque personne avant la suivante. Elles ne retiennent rien que ce que vous leur confiez dans le formulaire.',
      en: 'Our screens forget each person before the next one. They keep nothing but what you give them in the form.',
    },
  },
];
